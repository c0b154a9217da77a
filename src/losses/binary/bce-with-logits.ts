import { defineRowLoss } from '../define.ts';
import { binary, logit, oneOf, prob } from '../inputs.ts';
import { crossEntropyOfLogit, crossEntropyOfProb } from '../math/cross-entropy.ts';
import { labelSmoothing, posWeight, temperature } from '../params.ts';

export const bceWithLogits = defineRowLoss({
  name: 'bce-with-logits',
  aliases: [
    'binary-cross-entropy-with-logits',
    'sigmoid-cross-entropy',
    'sigmoid-binary-cross-entropy',
    'logistic',
    'binary-logistic',
  ],
  task: 'binary',
  summary: 'Binary cross-entropy from logits: exact however certain the model is, with a weight for rare positives.',
  inputs: {
    target: binary('label, or the probability it should have'),
    scores: oneOf(
      { logits: logit('score whose sigmoid is the probability'), probs: prob('predicted probability of the positive class') },
      'logits',
    ),
  },
  params: { posWeight, labelSmoothing, temperature },
  bestConstant: ({ posWeight, labelSmoothing }) => (posWeight || labelSmoothing ? undefined : 'mean'),
  formula: {
    text: 'w y ln(1 + e^-z) + (1 - y) ln(1 + e^z);  w = posWeight, y = target (1 - e) + e / 2 with e = labelSmoothing',
    latex: String.raw`w\,y\ln(1+e^{-z})+(1-y)\ln(1+e^{z})`,
  },
  unit: 'nats',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'Cox (1958), The Regression Analysis of Binary Sequences', url: 'https://doi.org/10.1111/j.2517-6161.1958.tb00292.x' },
    { title: 'PyTorch: BCEWithLogitsLoss', url: 'https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html' },
  ],
  pitfalls: [
    'Probabilities passed as logits give a plausible number between 0.31 and 1.31: pass them with --probs.',
    'posWeight multiplies the positive term and not the denominator, so a mean with it is not comparable with one without.',
    'The weight of PyTorch stays out of the denominator as well: --reduction sum-over-batch-size, not mean, with --weight.',
    'An infinite logit on the right side costs 0; PyTorch gives NaN there.',
    'Nothing is clipped: from probabilities, a certain and wrong one costs infinity (bce ends at 100).',
    'labelSmoothing is that of Keras, target (1 - e) + e / 2: other code smooths twice as much for the same number.',
  ],
  equivalents: {
    torch: {
      call: 'torch.nn.BCEWithLogitsLoss(weight=None, pos_weight=None)',
      reduction: 'sum-over-batch-size',
    },
    keras: 'keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0)',
    optax: 'optax.sigmoid_binary_cross_entropy(logits, target)',
    smp: {
      call: 'segmentation_models_pytorch.losses.SoftBCEWithLogitsLoss(smooth_factor=None, pos_weight=None)',
      reduction: 'sum-over-batch-size',
      note: 'smooth_factor is half of labelSmoothing',
    },
    xgboost: 'eval_metric="logloss" of binary:logistic',
  },
  examples: [
    {
      inputs: { target: [1, 0, 1], logits: [2, -1, 0] },
      losses: [0.1269280110429726, 0.3132616875182228, 0.6931471805599453],
      value: 0.3777789597070469,
    },
    { inputs: { target: [1, 0, 1], logits: [2, -1, 0.5] }, params: { posWeight: [3] }, value: 0.7054255577291535 },
  ],
  kernel({ target, scores }, { posWeight, labelSmoothing }, n, out) {
    const { role, data } = scores;
    const fromProbs = role === 'probs';
    const weights = posWeight ?? [1];
    const width = weights.length;
    const kept = 1 - labelSmoothing;
    const added = 0.5 * labelSmoothing;
    for (let i = 0; i < n; i++) {
      const y = target[i] * kept + added;
      const positive = weights[width === 1 ? 0 : i % width] * y;
      const negative = 1 - y;
      out[i] = fromProbs ? crossEntropyOfProb(positive, negative, data[i]) : crossEntropyOfLogit(positive, negative, data[i]);
    }
  },
});
