import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { choice, number, percent } from '../params.ts';

export const smape = defineRowLoss({
  name: 'smape',
  aliases: ['symmetric-mape', 'symmetric-mean-absolute-percentage-error'],
  task: 'regression',
  summary: 'Absolute error as a share of the mean size of target and prediction: bounded, also where targets are near 0.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: {
    eps: number('smallest sum of sizes an error is divided by', 1.17e-6, { min: 0 }),
    percent,
    variant: choice(
      'twice the error over the sum of sizes (2x, from 0 to 2), or the error over it (1x, from 0 to 1)',
      ['2x', '1x'],
      '2x',
    ),
  },
  formula: {
    text: '2 |pred - target| / max(|target| + |pred|, eps);  1x: without the 2',
    latex: String.raw`\frac{2\,|\hat y-y|}{\max(|y|+|\hat y|,\ \varepsilon)}`,
  },
  unit: 'ratio',
  properties: { differentiable: 'almost-everywhere', minimum: 0, maximum: 2, symmetric: true, robust: true },
  elements: 'mean',
  references: [
    {
      title: 'Makridakis (1993), Accuracy measures: theoretical and practical concerns',
      url: 'https://doi.org/10.1016/0169-2070(93)90079-3',
    },
    {
      title: 'Hyndman and Koehler (2006), Another look at measures of forecast accuracy',
      url: 'https://doi.org/10.1016/j.ijforecast.2006.03.001',
    },
  ],
  pitfalls: [
    'Libraries differ by 2 and by 100: 0 to 2 here and in TorchMetrics, 0 to 200 in CatBoost and the M4 competition, 0 to 1 elsewhere (--variant 1x).',
    'A target of 0 costs 2 for every prediction but 0: on sparse data it mostly counts zeros.',
    'It is not symmetric about the target: an error too low costs more than the same error too high.',
    'Where target and prediction are 0 the loss is 0; GluonTS gives NaN.',
  ],
  equivalents: {
    torchmetrics: 'torchmetrics.SymmetricMeanAbsolutePercentageError()',
    catboost: 'SMAPE: percent, eps 0',
    gluonts: 'gluonts.evaluation.metrics.smape: eps 0',
  },
  examples: [
    {
      inputs: { target: [100, 200, 0, 0], pred: [150, 100, 5, 0] },
      losses: [0.4, 0.6666666666666666, 2, 0],
      value: 0.7666666666666667,
    },
  ],
  kernel({ target, pred }, { eps, percent, variant }, n, out) {
    const scale = (variant === '2x' ? 2 : 1) * (percent ? 100 : 1);
    for (let i = 0; i < n; i++) {
      const y = target[i];
      const x = pred[i];
      const r = Math.abs(x - y);
      out[i] = r === 0 ? 0 : scale * (r / Math.max(Math.abs(y) + Math.abs(x), eps)); // with eps 0 too, 0 for 0 costs nothing
    }
  },
});
