import { defineRowLoss } from '../define.ts';
import { classes } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { labelSmoothing, list, number } from '../params.ts';
import { classScores, complement, eachLikelihood } from './of-likelihood.ts';

export const softmaxFocal = defineRowLoss({
  name: 'softmax-focal',
  aliases: ['categorical-focal-crossentropy', 'categoricalfocalcrossentropy', 'multiclass-focal', 'categorical-focal'],
  task: 'multiclass',
  summary: 'Cross-entropy that fades out rows the model already gets right: for many classes, of which some are rare or hard.',
  inputs: { target: classes('class index, or a probability for each class'), scores: classScores },
  params: {
    gamma: number('how fast easy rows fade: 0 is plain cross-entropy', 2, { min: 0 }),
    alpha: number('factor on every row', 1, { min: 0 }),
    classAlpha: list('factor of each class, in class order; the mean still divides by rows', 'class', { min: 0 }),
    labelSmoothing,
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
    'segmentation-models-pytorch calls the sum of a sigmoid focal loss for each class "multiclass": another number.',
    'MONAI divides the mean by rows and classes, as many times too small as there are classes.',
    'A soft target weighs the term of each class, so its least value is not 0.',
  ],
  equivalents: {
    keras: 'keras.losses.CategoricalFocalCrossentropy(alpha=0.25, gamma=2.0, label_smoothing=0)',
    monai: 'monai.losses.FocalLoss(to_onehot_y=True, use_softmax=True, gamma=2.0): sum over classes',
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
  kernel({ target, scores }, { gamma, alpha, classAlpha, labelSmoothing }, n, out) {
    eachLikelihood(target, scores, labelSmoothing, n, out, (x, c) =>
      times(classAlpha ? alpha * classAlpha[c] : alpha, complement(x) ** gamma * x),
    );
  },
});
