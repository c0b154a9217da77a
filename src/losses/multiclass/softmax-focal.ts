import { defineRowLoss } from '../define.ts';
import { classes } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { heldRows } from '../math/probabilities.ts';
import { boolean, labelSmoothing, list, number, renormalize, temperature } from '../params.ts';
import { classScores, complement, eachLikelihood } from './of-likelihood.ts';

export const softmaxFocal = defineRowLoss({
  name: 'softmax-focal',
  aliases: ['categorical-focal-crossentropy', 'multiclass-focal', 'categorical-focal'],
  task: 'multiclass',
  summary: 'Cross-entropy that fades out rows the model already gets right: for many classes, of which some are rare or hard.',
  inputs: { target: classes('class index, or a probability for each class'), scores: classScores },
  params: {
    gamma: number('how fast easy rows fade: 0 is plain cross-entropy', 2, { min: 0 }),
    alpha: number('factor on every row', 1, { min: 0 }),
    classAlpha: list('factor of each class, in class order; the mean still divides by rows', 'class', { min: 0 }),
    labelSmoothing,
    eps: number('probabilities are held in [eps, 1 - eps], those of logits too', 0, { min: 0, max: 0.5 }),
    renormalize,
    classMean: boolean('divide a row by the number of classes, as MONAI does', false),
    temperature,
  },
  formula: {
    text: 'alpha sum over classes of a_c q_c (1 - p_c)^gamma (-ln p_c);  q = one-hot(target) (1 - e) + e / C with e = labelSmoothing',
    latex: String.raw`-\alpha\sum_c a_c\,q_c\,(1-p_c)^{\gamma}\ln p_c,\quad p=\operatorname{softmax}(z)`,
  },
  unit: 'nats',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Lin et al. (2017), Focal Loss for Dense Object Detection', url: 'https://arxiv.org/abs/1708.02002' },
    {
      title: 'Keras: CategoricalFocalCrossentropy',
      url: 'https://keras.io/api/losses/probabilistic_losses/#categoricalfocalcrossentropy-class',
    },
  ],
  pitfalls: [
    'In Keras alpha = 0.25 multiplies every class alike, so its values are a quarter of the ones here.',
    'Some code, as MONAI (--class-mean), divides by rows and classes: as many times too small as there are classes.',
    'A soft target weighs the term of each class, so its least value is not 0.',
  ],
  equivalents: {
    keras: {
      call: 'keras.losses.CategoricalFocalCrossentropy(alpha=0.25, gamma=2.0, label_smoothing=0)',
      params: { alpha: 0.25, eps: 1e-7, renormalize: true },
    },
    monai: {
      call: 'monai.losses.FocalLoss(to_onehot_y=True, use_softmax=True, alpha=None, gamma=2.0)',
      params: { classMean: true },
      note: 'it computes in float32',
    },
    smp: {
      call: 'segmentation_models_pytorch.losses.FocalLoss(mode="multiclass", alpha=None, gamma=2.0)',
      differs: 'it is the sum over classes of the sigmoid focal loss of each class against the others',
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
      losses: [0.01109275009137981, 0.9635031878654445],
      value: 0.48729796897841215,
    },
    {
      inputs: {
        target: [0, 2],
        logits: [
          [2, 0.5, -1],
          [0, 1, 0],
        ],
      },
      params: { alpha: 0.25 },
      value: 0.12182449224460304,
      note: 'as Keras by default',
    },
  ],
  kernel({ target, scores }, { gamma, alpha, classAlpha, labelSmoothing, eps, renormalize, classMean }, n, out) {
    const { role, width } = scores;
    const data = role === 'probs' ? heldRows(scores.data, n, width, { renormalize, least: 0, most: 1 }) : scores.data;
    const factor = classMean ? alpha / width : alpha;
    const least = -Math.log1p(-eps); // of -ln p
    const most = -Math.log(eps);
    eachLikelihood(target, { role, data, width }, labelSmoothing, n, out, (negativeLog, c) => {
      const x = Math.min(Math.max(negativeLog, least), most);
      return times(classAlpha ? factor * classAlpha[c] : factor, complement(x) ** gamma * x);
    });
  },
});
