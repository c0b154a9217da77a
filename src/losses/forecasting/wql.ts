import { defineFoldLoss } from '../define.ts';
import { reals, scalar } from '../inputs.ts';
import { pinball } from '../math/pinball.ts';
import { quantiles } from '../params.ts';

export const wql = defineFoldLoss({
  name: 'wql',
  aliases: ['weighted-quantile-loss', 'mean-wql', 'mean-weighted-quantile', 'weighted-quantile'],
  task: 'forecasting',
  summary:
    'All pinball losses of all predicted quantiles, times 2, over all absolute targets: the usual score of forecast libraries.',
  inputs: { target: scalar('observed value'), pred: reals('predicted quantiles, one for each level') },
  params: { quantiles },
  refuse({ quantiles }) {
    return quantiles === null ? 'it needs the level of each predicted quantile, such as --quantiles 0.1,0.5,0.9' : undefined;
  },
  formula: {
    text: 'mean over q of 2 sum(w max(q (target - pred_q), (q - 1) (target - pred_q))) / sum(w |target|)',
    latex: String.raw`\frac1Q\sum_q\frac{2\sum_i w_i\max\bigl(q(y_i-\hat y_i^q),\,(q-1)(y_i-\hat y_i^q)\bigr)}{\sum_i w_i|y_i|}`,
  },
  unit: 'ratio',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: true },
  references: [
    { title: 'Salinas et al. (2020), DeepAR', url: 'https://arxiv.org/abs/1704.04110' },
    { title: 'Park et al. (2022), Learning Quantile Functions without Quantile Crossing', url: 'https://arxiv.org/abs/2111.06581' },
  ],
  pitfalls: [
    'The factor 2 makes the median alone equal wmape.',
    'GluonTS and AutoGluon take the levels 0.1 to 0.9 when none are given; here they are always said.',
    'A ratio of sums: values of shards, groups or series cannot be averaged: evaluate their rows together.',
    'If all targets are 0 it is infinite, unless all quantiles are 0 too.',
    'Quantiles that cross (a higher level below a lower one) are an error of the model that no single value shows.',
  ],
  equivalents: {
    gluonts: 'mean_weighted_sum_quantile_loss of gluonts.evaluation: quantiles 0.1 to 0.9',
    autogluon: 'eval_metric="WQL": quantiles 0.1 to 0.9',
  },
  examples: [
    {
      inputs: {
        target: [10, 20],
        pred: [
          [8, 11],
          [19, 24],
        ],
      },
      params: { quantiles: [0.1, 0.5] },
      value: 0.09333333333333334,
      note: '2 (0.2 + 0.1 + 0.5 + 2) / 30 / 2',
    },
  ],
  slots({ pred }) {
    return 1 + pred.width; // targets, then the pinball losses of each level
  },
  fold({ target, pred }, { quantiles }, n, weight, into) {
    const { data, width } = pred;
    const levels = quantiles ?? []; // `refuse` lets no run begin without them
    for (let i = 0; i < n; i++) {
      const w = weight[i];
      const y = target[i];
      into.add(0, w * Math.abs(y));
      for (let k = 0; k < width; k++) into.add(1 + k, w * pinball(y - data[i * width + k], levels[k]));
    }
  },
  finish(slots) {
    const width = slots.length - 1;
    let losses = 0;
    for (let k = 1; k <= width; k++) losses += slots[k];
    return { value: losses === 0 ? 0 : (2 * losses) / (width * slots[0]), denominator: slots[0] }; // targets of 0 and no error: 0
  },
});
