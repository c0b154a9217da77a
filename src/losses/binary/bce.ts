import { defineRowLoss } from '../define.ts';
import { binary, logit, oneOf, prob } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { softplusTail } from '../math/softplus.ts';
import { number, temperature } from '../params.ts';

/** Where PyTorch ends the logarithm: a certain and wrong prediction costs 100. */
const LEAST_LOG = -100;

export const bce = defineRowLoss({
  name: 'bce',
  aliases: ['binary-cross-entropy', 'log-loss', 'binary-logloss'],
  task: 'binary',
  summary: 'Negative log-likelihood of binary labels under predicted probabilities: rewards calibration, punishes false certainty.',
  inputs: {
    target: binary('label, or the probability it should have'),
    scores: oneOf(
      { probs: prob('predicted probability of the positive class'), logits: logit('score whose sigmoid is that probability') },
      'probs',
    ),
  },
  params: {
    eps: number(
      'probabilities are held in [eps, 1 - eps]: 1e-7 as Keras, 2.2e-16 as scikit-learn; 0 ends the logarithm at -100 as PyTorch',
      0,
      {
        min: 0,
        max: 0.5,
      },
    ),
    temperature,
  },
  bestConstant: () => 'mean',
  formula: {
    text: '-target max(ln p, -100) - (1 - target) max(ln(1 - p), -100)',
    latex: String.raw`-y\max(\ln p,-100)-(1-y)\max(\ln(1-p),-100)`,
  },
  unit: 'nats',
  properties: { convexIn: 'probs', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'Good (1952), Rational Decisions', url: 'https://doi.org/10.1111/j.2517-6161.1952.tb00104.x' },
    { title: 'Gneiting and Raftery (2007), Strictly Proper Scoring Rules', url: 'https://doi.org/10.1198/016214506000001437' },
  ],
  pitfalls: [
    'What a certain and wrong prediction costs is a choice of the library: 100 in PyTorch, 36.84 in XGBoost, 36.04 in scikit-learn (15.94 ' +
      'of float32), 34.54 in LightGBM, 16.12 in Keras.',
    'Probabilities rounded to 0 or 1 have lost what the model knew: save logits where you can.',
    'From logits nothing is clipped: the loss of a wrong logit of 1e4 is 1e4.',
    'Percentages and logits are no probabilities; values outside [0, 1] are refused, not clipped as scikit-learn 1.2 did.',
    'With soft labels the least value is the entropy of the label, not 0. LightGBM and CatBoost call this loss of soft labels cross_entropy ' +
      'and CrossEntropy; here cross-entropy is that of classes.',
    'The weight of PyTorch stays out of the denominator: --reduction sum-over-batch-size, not mean, with --weight.',
  ],
  equivalents: {
    torch: { call: 'torch.nn.BCELoss(weight=None)', reduction: 'sum-over-batch-size' },
    keras: { call: 'keras.losses.BinaryCrossentropy()', params: { eps: 1e-7 } },
    sklearn: {
      call: 'sklearn.metrics.log_loss(target, probs)',
      params: { eps: 2 ** -52 },
      note: 'eps is that of float64; of float32 it is 1.2e-7',
    },
    lightgbm: 'metric="binary_logloss": eps 1e-15',
  },
  examples: [
    {
      inputs: { target: [1, 0, 1], probs: [0.880797, 0.268941, 0.5] },
      losses: [0.1269280995740176, 0.31326111113503546, 0.6931471805599453],
      value: 0.37777879708966616,
    },
    { inputs: { target: [1], probs: [0] }, losses: [100], value: 100, note: 'as PyTorch; scikit-learn gives 36.04' },
  ],
  kernel({ target, scores }, { eps }, n, out) {
    const { role, data } = scores;
    if (role === 'logits') {
      for (let i = 0; i < n; i++) {
        const y = target[i];
        const z = data[i];
        out[i] = softplusTail(z) + times(y, Math.max(-z, 0)) + times(1 - y, Math.max(z, 0));
      }
      return;
    }
    for (let i = 0; i < n; i++) {
      const y = target[i];
      const p = Math.min(Math.max(data[i], eps), 1 - eps);
      out[i] = -y * Math.max(Math.log(p), LEAST_LOG) - (1 - y) * Math.max(Math.log1p(-p), LEAST_LOG);
    }
  },
});
