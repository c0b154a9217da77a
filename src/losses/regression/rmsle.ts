import { defineFoldLoss } from '../define.ts';
import { allAboveMinusOne } from '../inputs.ts';
import { log1pRatio } from '../math/logarithm.ts';
import { rootMean } from '../math/root-mean.ts';
import { multioutput } from '../params.ts';

export const rmsle = defineFoldLoss({
  name: 'rmsle',
  aliases: ['root-mean-squared-log-error', 'root-mean-squared-logarithmic-error'],
  task: 'regression',
  summary: 'Root of the mean squared error of ln(1 + value): near 0 it reads as a relative error.',
  inputs: { target: allAboveMinusOne('observed value'), pred: allAboveMinusOne('predicted value') },
  params: { multioutput },
  bestConstant: () => 'log1p-mean',
  formula: {
    text: 'sqrt(sum(w (ln(1 + pred) - ln(1 + target))^2) / sum(w))',
    latex: String.raw`\sqrt{\frac{\sum_i w_i\bigl(\ln(1+\hat y_i)-\ln(1+y_i)\bigr)^2}{\sum_i w_i}}`,
  },
  unit: 'ln(target)',
  properties: { differentiable: 'almost-everywhere', minimum: 0, symmetric: true, robust: false },
  references: [
    { title: 'scikit-learn: root_mean_squared_log_error', url: 'https://scikit-learn.org/stable/modules/model_evaluation.html' },
  ],
  pitfalls: [
    'The 1 in ln(1 + value) makes it depend on the unit: for values far below 1 it is the plain rmse.',
    'Values at or below -1 have no logarithm and are refused; XGBoost gives NaN there.',
    'A root of a mean is not a mean of roots: values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    sklearn: {
      call: 'sklearn.metrics.root_mean_squared_log_error(target, pred)',
      note: 'before 1.4 mean_squared_log_error(target, pred, squared=False)',
    },
    xgboost: 'eval_metric="rmsle"',
    catboost: 'MSLE is its square',
  },
  examples: [{ inputs: { target: [100, 200, 300], pred: [90, 210, 290] }, value: 0.06920822489067298 }],
  slots({ target }) {
    return 1 + target.width; // sum of weights, then sum of squares of each element
  },
  fold({ target, pred }, _params, n, weight, into) {
    const { width } = target;
    for (let i = 0; i < n; i++) {
      const w = weight[i];
      into.add(0, w);
      for (let j = 0; j < width; j++) {
        const e = log1pRatio(pred.data[i * width + j], target.data[i * width + j]);
        into.add(1 + j, w * e * e);
      }
    }
  },
  finish(slots, { multioutput }) {
    return rootMean(slots, multioutput);
  },
});
