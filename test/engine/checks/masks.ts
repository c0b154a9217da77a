import type { Case } from './case.ts';

export const MASKS: readonly Case[] = [
  {
    code: 'D26',
    run: { loss: 'dice', columnsOf: { probs: 'p' } },
    triggers: { target: [0, 0], p: [0.1, 0.2] },
    twin: { target: [0, 1], p: [0.1, 0.2] },
    says: /no pixel of the target is set/,
  },
  {
    code: 'D26',
    run: { loss: 'dice:scope=image', columnsOf: { probs: 'p' } },
    triggers: {
      target: [
        [0, 0],
        [0, 1],
      ],
      p: [
        [0.1, 0.2],
        [0.3, 0.4],
      ],
    },
    twin: {
      target: [
        [0, 0],
        [0, 1],
      ],
      p: [
        [0.1, 0.2],
        [0.3, 0.4],
      ],
    },
    twinRun: { loss: 'dice:scope=batch', columnsOf: { probs: 'p' } },
    says: /1 of 2 target masks are empty.*--absent skip/,
  },
  {
    code: 'D26',
    run: { loss: 'dice', params: { channels: 'last' }, columnsOf: { probs: 'p0,p1,p2' } },
    triggers: { target: [0, 2], p0: [0.5, 0.2], p1: [0.5, 0.7], p2: [0, 0.1] },
    twin: { target: [0, 2], p0: [0.5, 0.2], p1: [0.5, 0.7], p2: [0, 0.1] },
    twinRun: { loss: 'dice', params: { channels: 'last', absent: 'skip' }, columnsOf: { probs: 'p0,p1,p2' } },
    says: /1 of 3 classes have no pixel in the target, first 1.*--absent skip/,
  },
];
