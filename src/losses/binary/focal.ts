import { defineRowLoss } from '../define.ts';
import { binary, logit, oneOf, prob } from '../inputs.ts';
import { crossEntropyOfLogit, crossEntropyOfProb } from '../math/cross-entropy.ts';
import { times } from '../math/logarithm.ts';
import { sigmoid } from '../math/softplus.ts';
import { choice, labelSmoothing, number, temperature } from '../params.ts';

export const focal = defineRowLoss({
  name: 'focal',
  aliases: ['sigmoid-focal', 'binary-focal', 'binary-focal-cross-entropy'],
  task: 'binary',
  summary: 'Binary cross-entropy that fades out what the model already gets right: for a few positives among many easy negatives.',
  inputs: {
    target: binary('label, or the probability it should have'),
    scores: oneOf(
      { logits: logit('score whose sigmoid is the probability'), probs: prob('predicted probability of the positive class') },
      'logits',
    ),
  },
  params: {
    alpha: number('weight of positives, negatives have 1 - alpha; below 0: no weights', 0.25, { min: -1, max: 1 }),
    alphaMode: choice(
      'class: alpha for positives and 1 - alpha for negatives; constant: alpha for every row',
      ['class', 'constant'],
      'class',
    ),
    gamma: number('how fast easy rows fade: 0 is plain cross-entropy', 2, { min: 0 }),
    normalizer: choice(
      'what the mean divides by: all elements, or the sum of the labels as RetinaNet does',
      ['elements', 'positives'],
      'elements',
    ),
    labelSmoothing,
    eps: number('the logarithm sees probabilities held in [eps, 1 - eps], those of logits too', 0, { min: 0, max: 0.5 }),
    softLabels: choice(
      'pt of a soft label: p y + (1 - p)(1 - y), e^-bce, or the sigmoid of (2 y - 1) z',
      ['mixture', 'likelihood', 'logit'],
      'mixture',
    ),
    temperature,
  },
  formula: {
    text:
      'a (1 - pt)^gamma bce(p, y);  pt = p y + (1 - p)(1 - y), a = alpha y + (1 - alpha)(1 - y), p = sigmoid(z), ' +
      'y = target (1 - e) + e / 2 with e = labelSmoothing',
    latex: String.raw`\alpha_t\,(1-p_t)^{\gamma}\left(-y\ln p-(1-y)\ln(1-p)\right)`,
  },
  unit: 'nats',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'Lin et al. (2017), Focal Loss for Dense Object Detection', url: 'https://arxiv.org/abs/1708.02002' },
    {
      title: 'torchvision: sigmoid_focal_loss',
      url: 'https://pytorch.org/vision/stable/generated/torchvision.ops.sigmoid_focal_loss.html',
    },
  ],
  pitfalls: [
    'alpha is the weight of the positive class: 0.25 makes positives count a third of negatives, also where positives are rare.',
    'Defaults of alpha differ: 0.25 in torchvision, off in other libraries (--alpha -1), and in Keras 0.25 but not applied unless ' +
      'apply_class_balancing is set.',
    'Short texts write one alpha for every row: --alpha-mode constant. With alpha 0.5 both are half of the loss without.',
    'torchvision reduces to nothing by default; RetinaNet divides the sum by the number of positives: --normalizer positives.',
    'Not comparable with cross-entropy: the same model costs far less.',
  ],
  equivalents: {
    torchvision: 'torchvision.ops.sigmoid_focal_loss(logits, target, alpha=0.25, gamma=2, reduction="none")',
    keras: {
      call: 'keras.losses.BinaryFocalCrossentropy(apply_class_balancing=False, alpha=0.25, gamma=2.0)',
      params: { alpha: -1, eps: 1e-7 },
    },
    optax: { call: 'optax.losses.sigmoid_focal_loss(logits, target, alpha=None, gamma=2.0)', params: { alpha: -1 } },
    smp: {
      call: 'segmentation_models_pytorch.losses.FocalLoss(mode="binary", alpha=None, gamma=2.0)',
      params: { alpha: -1, softLabels: 'likelihood' },
    },
    monai: {
      call: 'monai.losses.FocalLoss(alpha=None, gamma=2.0, use_softmax=False)',
      params: { alpha: -1, softLabels: 'logit' },
      note: 'it computes in float32',
    },
  },
  examples: [
    {
      inputs: { target: [1, 0, 1], logits: [2, -1, 0.5] },
      params: { alpha: 0.25, gamma: 2 },
      value: 0.0114459354898455,
      note: 'alpha_t as in the paper and torchvision',
    },
    {
      inputs: { target: [1, 0, 1], logits: [2, -1, 0.5] },
      params: { alpha: 0.25, alphaMode: 'constant', gamma: 2 },
      value: 0.007669592571767611,
      note: 'alpha multiplies every row alike',
    },
  ],
  kernel({ target, scores }, { alpha, alphaMode, gamma, normalizer, labelSmoothing, eps, softLabels }, n, out, norm) {
    const { role, data } = scores;
    const fromProbs = role === 'probs';
    const positive = alpha < 0 ? 1 : alpha;
    const negative = alpha < 0 ? 1 : alphaMode === 'class' ? 1 - alpha : alpha;
    const kept = 1 - labelSmoothing;
    const added = 0.5 * labelSmoothing;
    for (let i = 0; i < n; i++) {
      const y = target[i] * kept + added;
      const x = data[i];
      const p = fromProbs ? x : sigmoid(x);
      const notP = fromProbs ? 1 - x : sigmoid(-x);
      const held = Math.min(Math.max(p, eps), 1 - eps);
      const loss = fromProbs || eps > 0 ? crossEntropyOfProb(y, 1 - y, held) : crossEntropyOfLogit(y, 1 - y, x);
      let miss = p * (1 - y) + notP * y; // 1 - pt
      if (softLabels === 'likelihood') miss = -Math.expm1(-loss);
      else if (softLabels === 'logit') miss = sigmoid(times(1 - 2 * y, fromProbs ? Math.log(x) - Math.log1p(-x) : x));
      out[i] = times((positive * y + negative * (1 - y)) * miss ** gamma, loss);
      if (normalizer === 'positives') norm[i] = target[i];
    }
  },
});
