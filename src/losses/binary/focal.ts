import { defineRowLoss } from '../define.ts';
import { binary, logit, oneOf, prob } from '../inputs.ts';
import { crossEntropyOfLogit, crossEntropyOfProb } from '../math/cross-entropy.ts';
import { times } from '../math/logarithm.ts';
import { sigmoid } from '../math/softplus.ts';
import { choice, labelSmoothing, number } from '../params.ts';

export const focal = defineRowLoss({
  name: 'focal',
  aliases: ['sigmoid-focal', 'binary-focal', 'binary-focal-crossentropy', 'binaryfocalcrossentropy', 'binary-focal-cross-entropy'],
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
    'Defaults of alpha differ: 0.25 in torchvision, off in Optax, MONAI and segmentation-models-pytorch, and in Keras off unless ' +
      'apply_class_balancing is set.',
    'Short texts write one alpha for every row: --alpha-mode constant. With alpha 0.5 both are half of the loss without.',
    'torchvision reduces to nothing by default; RetinaNet divides the sum by the number of positives: --normalizer positives.',
    'Not comparable with cross-entropy: the same model costs far less.',
  ],
  equivalents: {
    torchvision: 'torchvision.ops.sigmoid_focal_loss(logits, target, alpha=0.25, gamma=2, reduction="none")',
    keras: 'keras.losses.BinaryFocalCrossentropy(apply_class_balancing=False, alpha=0.25, gamma=2.0)',
    optax: 'optax.sigmoid_focal_loss(logits, target, alpha=None, gamma=2.0)',
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
  kernel({ target, scores }, { alpha, alphaMode, gamma, normalizer, labelSmoothing }, n, out, norm) {
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
      const loss = fromProbs ? crossEntropyOfProb(y, 1 - y, x) : crossEntropyOfLogit(y, 1 - y, x);
      const miss = p * (1 - y) + notP * y; // 1 - pt
      out[i] = times((positive * y + negative * (1 - y)) * miss ** gamma, loss);
      if (normalizer === 'positives') norm[i] = target[i];
    }
  },
});
