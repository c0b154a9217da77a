import type { Case } from './case.ts';

export const INTERVALS: readonly Case[] = [
  {
    code: 'D14',
    run: { loss: 'interval-score' },
    triggers: { target: [1, 1], lower: [0, 3], upper: [2, 2] },
    twin: { target: [1, 1], lower: [0, 2], upper: [2, 3] },
    says: /1 of 2 lower bounds are above.*swapped/,
  },
  {
    code: 'D14', // a negative upper bound is none
    run: { loss: 'aft-nll' },
    triggers: { pred: [0, 0], lower: [1, 2], upper: [-1, 1] },
    twin: { pred: [0, 0], lower: [1, 2], upper: [-1, 2] },
    says: /1 of 2 lower bounds/,
  },
  {
    code: 'D14',
    run: { loss: 'interval-score:alpha=0.95' },
    triggers: { target: [1], lower: [0], upper: [2] },
    twin: { target: [1], lower: [0], upper: [2] },
    twinRun: { loss: 'interval-score:alpha=0.5' },
    says: /for a coverage of 0\.95 pass --alpha 0\.05/,
  },
  {
    code: 'D14', // the first pair is the 95 % interval: its alpha is 0.05
    run: { loss: 'wis', params: { alphas: '0.95,0.5' } },
    triggers: { target: [1], median: [1], lower: [[-2, 0]], upper: [[4, 2]] },
    twin: { target: [1], median: [1], lower: [[-2, 0]], upper: [[4, 2]] },
    twinRun: { loss: 'wis', params: { alphas: '0.05,0.5' } },
    says: /1 of 2 intervals do not hold.*1 - coverage.*; first at memory:2:3/,
  },
  {
    code: 'D14',
    run: { loss: 'wis', params: { alphas: '0.05' } },
    triggers: { target: [1, 1], median: [1, 3], lower: [0, 0], upper: [2, 2] },
    twin: { target: [1, 1], median: [1, 2], lower: [0, 0], upper: [2, 2] },
    says: /1 of 2 intervals do not hold the median/,
  },
  {
    code: 'D14',
    run: { loss: 'quantile', params: { quantiles: '0.9,0.1,0.5' } },
    triggers: {
      target: [1, 1],
      pred: [
        [3, 1, 2],
        [3, 2, 1],
      ],
    },
    twin: {
      target: [1, 1],
      pred: [
        [3, 1, 2],
        [3, 1, 1],
      ],
    },
    says: /1 of 6 predicted quantiles are below one of a lower level.*; first at memory:3:2/,
  },
  {
    code: 'D14',
    run: { loss: 'wql', params: { quantiles: '0.1,0.9' } },
    triggers: { target: [1], pred: [[2, 1]] },
    twin: { target: [1], pred: [[1, 2]] },
    says: /1 of 2 predicted quantiles/,
  },
];
