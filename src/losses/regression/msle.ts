import { defineRowLoss } from '../define.ts';
import { aboveMinusOne } from '../inputs.ts';
import { log1pRatio } from '../math/logarithm.ts';
import { choice } from '../params.ts';

/** What Keras raises values to before it takes their logarithm. */
const CLIP = 1e-7;

export const msle = defineRowLoss({
  name: 'msle',
  aliases: ['mean-squared-logarithmic-error', 'mean-squared-log-error'],
  task: 'regression',
  summary: 'Squared error of ln(1 + value): for targets that span orders of magnitude, where the ratio matters.',
  inputs: { target: aboveMinusOne('observed value'), pred: aboveMinusOne('predicted value') },
  params: {
    onNegative: choice(
      'negative values: an error from -1 down, where the logarithm ends, or raise them to 1e-7',
      ['error', 'clip'],
      'error',
    ),
  },
  domain({ onNegative }) {
    if (onNegative === 'error') return {};
    const anyNumber = { min: Number.NEGATIVE_INFINITY, open: false };
    return { target: anyNumber, pred: anyNumber };
  },
  bestConstant: () => 'log1p-mean',
  formula: { text: '(ln(1 + pred) - ln(1 + target))^2', latex: String.raw`\bigl(\ln(1+\hat y)-\ln(1+y)\bigr)^2` },
  unit: 'ln(target)^2',
  properties: { differentiable: true, minimum: 0, symmetric: true, robust: false },
  elements: 'mean',
  references: [
    { title: 'scikit-learn: mean_squared_log_error', url: 'https://scikit-learn.org/stable/modules/model_evaluation.html' },
  ],
  pitfalls: [
    'Predicting too low costs more than predicting too high by the same amount: the measure is the ratio.',
    'The 1 in ln(1 + value) makes it depend on the unit: in thousands it is another loss than in ones.',
    'Negative values: scikit-learn refuses those at or below -1 (older versions all of them), Keras raises them to 1e-7 (--on-negative clip).',
    "XGBoost's objective reg:squaredlogerror is half of this; its metric rmsle is the root of the mean.",
  ],
  equivalents: {
    keras: { call: 'keras.losses.MeanSquaredLogarithmicError()', params: { onNegative: 'clip' } },
    sklearn: 'sklearn.metrics.mean_squared_log_error(target, pred)',
    torchmetrics: 'torchmetrics.MeanSquaredLogError()',
  },
  examples: [
    {
      inputs: { target: [100, 200, 300], pred: [90, 210, 290] },
      losses: [0.010870358273866605, 0.002357415698393116, 0.0011415612052940993],
      value: 0.0047897783925179875,
    },
  ],
  kernel({ target, pred }, { onNegative }, n, out) {
    const floor = onNegative === 'clip' ? CLIP : Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const e = log1pRatio(Math.max(pred[i], floor), Math.max(target[i], floor));
      out[i] = e * e;
    }
  },
});
