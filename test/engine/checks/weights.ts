import type { Case } from './case.ts';

export const WEIGHTS: readonly Case[] = [
  {
    code: 'D23',
    run: { loss: 'focal' },
    triggers: { target: [1, 0, 0], logit: [2, -1, -2] },
    twin: { target: [1, 1, 0], logit: [2, -1, -2] },
    says: /positives weigh 0\.25 and negatives 0\.75, although only 1 of 3 are positive: --alpha 0\.75/,
  },
  {
    code: 'D23',
    run: { loss: 'focal:alpha=1' },
    triggers: { target: [1, 0], logit: [2, -1] },
    twin: { target: [1, 0], logit: [2, -1] },
    twinRun: { loss: 'focal:alpha=1,alpha-mode=constant' },
    says: /negatives 0: without weights alpha is -1/,
  },
  {
    code: 'D24',
    run: { loss: 'cross-entropy', params: { 'class-weight': 'effective:0.5', 'class-counts': '1000,50' } },
    triggers: { target: [0, 1], z0: [2, 0], z1: [-1, 1] },
    twin: { target: [0, 1], z0: [2, 0], z1: [-1, 1] },
    twinRun: { loss: 'cross-entropy', params: { 'class-weight': 'effective:0.999', 'class-counts': '1000,50' } },
    says: /all classes alike.*effective:0\.999,/,
  },
  {
    code: 'D24',
    run: { loss: 'cross-entropy', params: { 'class-weight': 'balanced', 'class-counts': '5,0' } },
    triggers: { target: [0, 1], z0: [2, 0], z1: [-1, 1] },
    twin: { target: [0, 1], z0: [2, 0], z1: [-1, 1] },
    twinRun: { loss: 'cross-entropy', params: { 'class-weight': 'balanced', 'class-counts': '5,1' } },
    says: /1 of 2 classes have no rows, first 1/,
  },
];
