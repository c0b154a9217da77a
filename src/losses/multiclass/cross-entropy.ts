import { defineRowLoss } from '../define.ts';
import { classes, logits, logProbs, oneOf, probs } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { heldRows } from '../math/probabilities.ts';
import { indexOfMax, logTail, negativeLog } from '../math/softmax.ts';
import { classCounts, classWeight, ignoreIndex, labelSmoothing, number, renormalize, temperature } from '../params.ts';

export const crossEntropy = defineRowLoss({
  name: 'cross-entropy',
  aliases: [
    'ce',
    'softmax-cross-entropy',
    'softmax-cross-entropy-with-integer-labels',
    'categorical-cross-entropy',
    'sparse-categorical-crossentropy',
    'multiclass',
    'mlogloss',
    'multi-logloss',
    'multiclass-log-loss',
  ],
  task: 'multiclass',
  summary: 'Negative log-likelihood of the class under the predicted distribution: the loss classifiers are trained with.',
  inputs: {
    target: classes('class index, or a probability for each class'),
    scores: oneOf({
      logits: logits('a score for each class, before softmax'),
      probs: probs('a probability for each class'),
      logProbs: logProbs('a log-probability for each class'),
    }),
  },
  params: {
    classWeight,
    classCounts,
    labelSmoothing,
    ignoreIndex,
    eps: number('probabilities are held in [eps, 1 - eps], logits and log-probabilities are not', 0, { min: 0, max: 0.5 }),
    renormalize,
    temperature,
  },
  bestConstant: ({ classWeight, labelSmoothing }) => (classWeight || labelSmoothing ? undefined : 'mean'),
  formula: {
    text: 'sum over classes of w_c q_c (-ln p_c);  p = softmax(logits), q = one-hot(target) (1 - e) + e / C with e = labelSmoothing',
    latex: String.raw`-\sum_c w_c\,q_c\ln p_c,\quad p=\operatorname{softmax}(z),\quad q=(1-\epsilon)\,\mathbb 1_y+\epsilon/C`,
  },
  unit: 'nats',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Good (1952), Rational Decisions', url: 'https://doi.org/10.1111/j.2517-6161.1952.tb00104.x' },
    {
      title: 'Szegedy et al. (2016), Rethinking the Inception Architecture: label smoothing',
      url: 'https://arxiv.org/abs/1512.00567',
    },
  ],
  pitfalls: [
    'Probabilities passed as logits go through softmax twice: with C classes the value then cannot fall below ln(e + C - 1) - 1, 1.46 for ten.',
    'With class weights the mean divides by the weights of the targets (PyTorch). For targets given as probabilities it divides by rows: ' +
      'one-hot and index targets then differ.',
    'In label smoothing the smoothed part carries the weight of its own class, the denominator only that of the target: as PyTorch.',
    'A masked class (logit -inf) is fine until it is the target or label smoothing gives it a share: then the loss is infinite.',
    'Rows with the ignored index leave the mean; their class stays in the softmax of the others.',
    'scikit-learn calls both this and bce log_loss; here log-loss is bce. LightGBM and CatBoost call bce cross_entropy and CrossEntropy.',
    'ln C is what guessing costs: 0.693 for 2 classes, 2.303 for 10, 6.908 for 1000.',
  ],
  equivalents: {
    torch: {
      call: 'torch.nn.CrossEntropyLoss(weight=None, ignore_index=-100, label_smoothing=0.0)',
      note: 'from log-probabilities torch.nn.NLLLoss()',
    },
    keras: {
      call: 'keras.losses.SparseCategoricalCrossentropy(from_logits=False)',
      params: { eps: 1e-7, renormalize: true },
      note:
        'CategoricalCrossentropy where the target is a distribution; logits with from_logits=True; on TensorFlow sparse targets divide ' +
        'rows after the clip, which moves probabilities by up to 1e-7',
    },
    sklearn: {
      call: 'sklearn.metrics.log_loss(target, probs)',
      params: { eps: 2 ** -52 },
      note: 'before 1.5 it also divided rows by their sums; eps is that of float64, of float32 it is 1.2e-7',
    },
    optax: {
      call: 'optax.softmax_cross_entropy_with_integer_labels(logits, target)',
      note: 'softmax_cross_entropy where the target is a distribution',
    },
    smp: {
      call: 'segmentation_models_pytorch.losses.SoftCrossEntropyLoss(smooth_factor=0.0, ignore_index=-100)',
      differs: 'its mean divides by all rows, those with the ignored index too; without such rows it is the value here',
    },
  },
  examples: [
    {
      inputs: {
        target: [0, 2],
        logits: [
          [2, 0.5, -1],
          [0, 1, 0],
        ],
      },
      losses: [0.24131129665715706, 1.551444713932051],
      value: 0.8963780052946041,
    },
    {
      inputs: {
        target: [0, 2],
        logits: [
          [2, 0.5, -1],
          [0, 1, 0],
        ],
      },
      params: { labelSmoothing: 0.1 },
      value: 0.9547113386279376,
    },
    {
      inputs: {
        target: [0, 1, 2],
        logits: [
          [2, 0.5, -1],
          [0, 1, 0],
          [0.2, -0.1, 1.5],
        ],
      },
      params: { classWeight: [1, 2, 3] },
      value: 0.4181686185457462,
      note: 'divided by 1 + 2 + 3',
    },
  ],
  kernel({ target, scores }, { classWeight, labelSmoothing, eps, renormalize }, n, out, norm) {
    const { role, width } = scores;
    const data = role === 'probs' ? heldRows(scores.data, n, width, { renormalize, least: eps, most: 1 - eps }) : scores.data;
    const byIndex = target.width === 1;
    const kept = 1 - labelSmoothing;
    const share = labelSmoothing / width;
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const y = target.data[i]; // the class, if targets are indices
      const weight = byIndex && classWeight ? classWeight[y] : 1;
      if (byIndex) norm[i] = weight;
      let top = 0;
      let tail = 0;
      if (role === 'logits') {
        const at = indexOfMax(data, start, width);
        top = data[at];
        tail = logTail(data, start, width, at);
      }
      if (byIndex && labelSmoothing === 0) {
        out[i] = times(weight, negativeLog(role, data[start + y], top, tail));
        continue;
      }
      let loss = byIndex ? 0 * y : 0; // a missing class has no loss
      for (let c = 0; c < width; c++) {
        const q = share + kept * (byIndex ? (c === y ? 1 : 0) : target.data[start + c]);
        loss += times(classWeight ? classWeight[c] * q : q, negativeLog(role, data[start + c], top, tail));
      }
      out[i] = loss;
    }
  },
});
