import { defineRowLoss } from '../define.ts';
import { reals, scalar } from '../inputs.ts';
import { choice } from '../params.ts';

export const crpsEnsemble = defineRowLoss({
  name: 'crps-ensemble',
  aliases: ['crps', 'continuous-ranked-probability-score'],
  task: 'forecasting',
  summary:
    'Distance between the distribution of an ensemble and what happened, in units of the target: mae for a whole distribution.',
  inputs: {
    target: scalar('observed value'),
    members: { ...reals('members of the ensemble'), minWidth: 2 },
  },
  params: {
    estimator: choice(
      'distances between members: over all M^2 pairs (nrg; qd is the same), or over the M (M - 1) of two different members (fair; pwm is the same)',
      ['nrg', 'fair', 'pwm', 'qd'],
      'nrg',
    ),
  },
  formula: {
    text: 'mean |x - target| - sum over pairs |x - x2| / (2 M^2);  fair: over 2 M (M - 1)',
    latex: String.raw`\frac1M\sum_j|x_j-y|-\frac{1}{2M^2}\sum_{j,k}|x_j-x_k|`,
  },
  unit: 'target',
  properties: { differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: true },
  references: [
    {
      title: 'Gneiting and Raftery (2007), Strictly Proper Scoring Rules, Prediction, and Estimation',
      url: 'https://doi.org/10.1198/016214506000001437',
    },
    { title: 'Ferro (2014), Fair scores for ensemble forecasts', url: 'https://doi.org/10.1002/qj.2270' },
  ],
  pitfalls: [
    'nrg punishes small ensembles: compare models with the same number of members, or take fair, which estimates the score of infinitely many.',
    'With few members the two differ much: of two members on either side of the target fair is 0, however far apart they are.',
    'scoringrules has more names than numbers: nrg, qd and int give one value, fair and pwm the other.',
    'For a single member it would be mae; such a file is refused, take mae.',
  ],
  equivalents: {
    scoringrules: 'scoringrules.crps_ensemble(target, members, estimator="nrg"): its default qd gives the same',
    torchmetrics: 'torchmetrics.regression.ContinuousRankedProbabilityScore()',
    properscoring: 'properscoring.crps_ensemble(target, members)',
  },
  examples: [
    {
      inputs: {
        target: [0, 5],
        members: [
          [-1, 1],
          [1, 3],
        ],
      },
      losses: [0.5, 2.5],
      value: 1.5,
    },
    { inputs: { target: [0], members: [[-1, 1]] }, params: { estimator: 'fair' }, losses: [0], note: '1 - 1' },
  ],
  kernel({ target, members }, { estimator }, n, out) {
    const { data, width } = members;
    const sorted = new Float64Array(width);
    const less = estimator === 'fair' || estimator === 'pwm' ? 1 : 0;
    const pairs = width * (width - less);
    for (let i = 0; i < n; i++) {
      const y = target[i];
      for (let j = 0; j < width; j++) sorted[j] = data[i * width + j];
      sorted.sort(); // NaN comes last
      // The integral of (F(x) - [x >= y])^2 over the steps of F, for fair less F (1 - F) / (M - 1): no terms that cancel.
      let sum = Math.max(0, sorted[0] - y) + Math.max(0, y - sorted[width - 1]);
      for (let j = 1; j < width; j++) {
        const from = sorted[j - 1];
        const to = sorted[j];
        const left = width - j;
        const below = Math.max(0, Math.min(to, y) - from) * j * (j - less);
        const above = Math.max(0, to - Math.max(from, y)) * left * (left - less);
        sum += (below + above) / pairs;
      }
      out[i] = sum;
    }
  },
});
