import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { choice, number, percent } from '../params.ts';

export const mape = defineRowLoss({
  name: 'mape',
  aliases: ['mean-absolute-percentage-error'],
  task: 'regression',
  summary: 'Absolute error as a share of the target: compares series of different sizes, as long as no target is near 0.',
  inputs: { target: real('observed value, away from 0'), pred: real('predicted value') },
  params: {
    eps: number('smallest magnitude a target is divided as', 2 ** -52, { min: 0 }),
    percent,
    zeroTarget: choice(
      'targets of 0: divide by eps, leave the row out, refuse the file, or (floor1) divide every row by at least 1',
      ['eps', 'skip', 'error', 'floor1'],
      'eps',
    ),
  },
  domain({ zeroTarget }) {
    const hint = 'a share of 0 is not defined: pass --zero-target skip, or take mae, or smooth the share with floor1';
    return zeroTarget === 'error' ? { target: { nonZero: true, hint } } : {};
  },
  formula: { text: '|pred - target| / max(|target|, eps)', latex: String.raw`\frac{|\hat y-y|}{\max(|y|,\varepsilon)}` },
  unit: 'ratio',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    {
      title: 'Hyndman and Koehler (2006), Another look at measures of forecast accuracy',
      url: 'https://doi.org/10.1016/j.ijforecast.2006.03.001',
    },
    {
      title: 'Kolassa (2020), Why the "best" point forecast depends on the error or accuracy measure',
      url: 'https://doi.org/10.1016/j.ijforecast.2019.02.017',
    },
  ],
  pitfalls: [
    'The value is a fraction, as in scikit-learn; Keras gives percent (--percent).',
    'A target of 0 costs |pred| / eps, about 4.5e15 per unit: one such row decides the mean. See --zero-target.',
    'An error too low costs at most 1, an error too high has no limit: choosing models by mape prefers those that predict too low.',
    'LightGBM and CatBoost divide by max(1, |target|) (--zero-target floor1), TorchMetrics by max(|target|, 1.17e-6), Keras by 1e-7, ' +
      'XGBoost by the target itself: infinity for a target of 0.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.mean_absolute_percentage_error(target, pred)',
    keras: { call: 'keras.losses.MeanAbsolutePercentageError()', params: { percent: true, eps: 1e-7 } },
    torchmetrics: { call: 'torchmetrics.MeanAbsolutePercentageError()', params: { eps: 1.17e-6 } },
    lightgbm: 'metric="mape": zeroTarget floor1',
  },
  examples: [
    {
      inputs: { target: [100, 200, 300], pred: [90, 210, 290] },
      losses: [0.1, 0.05, 0.03333333333333333],
      value: 0.061111111111111116,
    },
    {
      inputs: { target: [0, 50], pred: [3, 60] },
      params: { zeroTarget: 'skip', percent: true },
      losses: [0, 20],
      value: 20,
      note: 'the first row is left out of the denominator too',
    },
  ],
  kernel({ target, pred }, { eps, percent, zeroTarget }, n, out, norm) {
    const scale = percent ? 100 : 1;
    const floor = zeroTarget === 'floor1' ? 1 : eps;
    const skip = zeroTarget === 'skip';
    for (let i = 0; i < n; i++) {
      const y = target[i];
      const r = Math.abs(pred[i] - y);
      if (skip && y === 0) {
        out[i] = Number.isNaN(r) ? r : 0;
        norm[i] = 0;
      } else {
        out[i] = r === 0 ? 0 : (scale * r) / Math.max(Math.abs(y), floor); // with eps 0 too, 0 for 0 costs nothing
      }
    }
  },
});
