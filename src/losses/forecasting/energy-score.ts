import { defineRowLoss } from '../define.ts';
import { reals } from '../inputs.ts';
import { minkowski } from '../math/distances.ts';
import { choice } from '../params.ts';

export const energyScore = defineRowLoss({
  name: 'energy-score',
  aliases: ['energy'],
  task: 'forecasting',
  summary: 'Distance between an ensemble of vectors and the vector that happened: crps for several variables at once.',
  inputs: {
    target: reals('observed vector'),
    members: { ...reals('members of the ensemble, one vector after the other'), many: true },
  },
  params: {
    estimator: choice(
      'distances between members: over all M^2 pairs (nrg), or over the M (M - 1) of two different members (fair)',
      ['nrg', 'fair'],
      'nrg',
    ),
  },
  formula: {
    text: 'mean |x - target| - sum over pairs |x - x2| / (2 M^2), with Euclidean lengths;  fair: over 2 M (M - 1)',
    latex: String.raw`\frac1M\sum_j\lVert x_j-y\rVert-\frac{1}{2M^2}\sum_{j,k}\lVert x_j-x_k\rVert`,
  },
  unit: 'target',
  properties: { differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: true },
  references: [
    {
      title: 'Gneiting and Raftery (2007), Strictly Proper Scoring Rules, Prediction, and Estimation',
      url: 'https://doi.org/10.1198/016214506000001437',
    },
  ],
  pitfalls: [
    'Lengths mix the units of the variables: bring them to one scale first, or the largest decides.',
    'It sees means and spreads well and correlations between the variables hardly.',
    'nrg punishes small ensembles: compare models with the same number of members, or take fair.',
    'The members of a row cost M^2 distances.',
  ],
  equivalents: {
    scoringrules: 'scoringrules.es_ensemble(target, members, estimator="nrg")',
    properscoring: 'crps_ensemble is its form for one variable',
  },
  examples: [
    {
      inputs: {
        target: [[0, 0]],
        members: [
          [
            [3, 4],
            [-3, -4],
          ],
        ],
      },
      losses: [2.5],
      value: 2.5,
      note: '5 - 10 / 4',
    },
  ],
  kernel({ target, members }, { estimator }, n, out) {
    const { width } = target;
    const count = members.width / width;
    const pairWeight = 1 / (estimator === 'fair' ? count * (count - 1) : count * count);
    for (let i = 0; i < n; i++) {
      const first = i * members.width;
      let toTarget = 0;
      let pairs = 0;
      for (let j = 0; j < count; j++) {
        const at = first + j * width;
        toTarget += minkowski(members.data, at, target.data, i * width, width, 2, 0);
        for (let k = 0; k < j; k++) pairs += minkowski(members.data, at, members.data, first + k * width, width, 2, 0);
      }
      out[i] = toTarget / count - pairs * pairWeight;
    }
  },
});
