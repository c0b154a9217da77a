import { defineRowLoss } from '../define.ts';
import { reals, scalar } from '../inputs.ts';
import { intervalScore } from '../math/interval.ts';
import { list } from '../params.ts';

export const wis = defineRowLoss({
  name: 'wis',
  aliases: ['weighted-interval-score'],
  task: 'forecasting',
  summary: 'Median and several prediction intervals in one score, near the crps: the measure of epidemic forecast hubs.',
  inputs: {
    target: scalar('observed value'),
    median: scalar('predicted median'),
    lower: reals('lower ends of the intervals, one for each alpha'),
    upper: reals('upper ends, in the same order'),
  },
  params: {
    alphas: list('1 - coverage of each interval, in the order of the columns', 'quantile', { min: 0, max: 1, open: true }),
  },
  refuse({ alphas }) {
    return alphas === null ? 'it needs 1 - coverage of each interval, such as --alphas 0.05,0.2,0.5' : undefined;
  },
  formula: {
    text: '(|target - median| / 2 + sum over k of (alpha_k / 2) interval score_k) / (K + 1/2)',
    latex: String.raw`\frac{1}{K+\frac12}\Bigl(\tfrac12|y-m|+\sum_k\tfrac{\alpha_k}{2}\,\mathrm{IS}_{\alpha_k}(l_k,u_k;y)\Bigr)`,
  },
  unit: 'target',
  properties: { convexIn: 'median', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: true },
  references: [
    {
      title: 'Bracher et al. (2021), Evaluating epidemic forecasts in an interval format',
      url: 'https://doi.org/10.1371/journal.pcbi.1008618',
    },
  ],
  pitfalls: [
    'Each alpha is 1 - coverage: 0.05 for a 95 % interval.',
    'Lower and upper columns go in the order of the alphas: the first pair belongs to the first alpha.',
    'Values of different sets of alphas cannot be compared.',
    'The weights are those of Bracher et al.: 1/2 for the median, alpha / 2 for an interval. Some code weighs the median itself in place of ' +
      'its error, or intervals by 2 / alpha: both are slips.',
  ],
  equivalents: {
    scoringrules: 'scoringrules.weighted_interval_score(target, median, lower, upper, alpha)',
    sklearn: 'crps-quantile of all levels, the median among them: 2 times the mean of mean_pinball_loss',
  },
  examples: [
    {
      inputs: {
        target: [12, 5],
        median: [5, 5],
        lower: [
          [0, 3],
          [0, 3],
        ],
        upper: [
          [10, 7],
          [10, 7],
        ],
      },
      params: { alphas: [0.2, 0.5] },
      losses: [5, 0.8],
      value: 2.9,
    },
  ],
  kernel({ target, median, lower, upper }, { alphas }, n, out) {
    const { width } = lower;
    const levels = alphas ?? []; // `refuse` lets no run begin without them
    for (let i = 0; i < n; i++) {
      const y = target[i];
      let sum = 0.5 * Math.abs(y - median[i]);
      for (let k = 0; k < width; k++) {
        sum += 0.5 * levels[k] * intervalScore(y, lower.data[i * width + k], upper.data[i * width + k], levels[k]);
      }
      out[i] = sum / (width + 0.5);
    }
  },
});
