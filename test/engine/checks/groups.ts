import type { Case } from './case.ts';

const TWO_VECTORS = [
  [0, 1],
  [1, 0],
];

export const GROUPS: readonly Case[] = [
  {
    code: 'D17',
    run: { loss: 'info-nce' },
    triggers: {
      query: [
        [0, 1],
        [1, 0],
      ],
      key: [
        [1, 0],
        [0, 1],
      ],
    },
    twin: { query: [[0, 1]], key: [[1, 0]] },
    says: /one batch of 2 rows.*ln 2 = 0\.6931/,
  },
  ...(
    [
      ['nt-xent', 'view1', 'view2', /ln 3 = 1\.099.*--batch-size/],
      ['siglip', 'query', 'key', /about 10\.00/],
    ] as const
  ).map(([loss, one, other, says]) => ({
    code: 'D17',
    run: { loss },
    triggers: { [one]: TWO_VECTORS, [other]: TWO_VECTORS },
    twin: { [one]: TWO_VECTORS, [other]: TWO_VECTORS },
    twinRun: { loss, groupSize: 2 },
    says,
  })),
  {
    code: 'D17',
    run: { loss: 'supcon' },
    triggers: { embedding: [...TWO_VECTORS, [1, 1]], target: [1, 1, 1] },
    twin: { embedding: [...TWO_VECTORS, [1, 1]], target: [1, 1, 1] },
    twinRun: { loss: 'supcon', groupSize: 3 },
    says: /ln 2 = 0\.6931/,
  },
  {
    code: 'D25',
    run: { loss: 'ndcg-loss', group: 'q' },
    triggers: { q: ['a', 'b', 'b', 'c', 'c', 'd', 'd'], target: [1, 0, 0, 2, 2, 1, 0], pred: [1, 2, 3, 4, 5, 6, 7] },
    twin: { q: ['a', 'a', 'b', 'b', 'c', 'c', 'c'], target: [1, 0, 0, 2, 2, 1, 0], pred: [1, 2, 3, 4, 5, 6, 7] },
    says: /3 of 4 groups .*: 1 of a single row, 1 without a relevant item, 1 with equal targets only; is --group/,
  },
  {
    code: 'D25', // where 0 is a value like others
    run: { loss: 'listmle', groupSize: 2 },
    triggers: { target: [0, 0, 1, 2], pred: [1, 2, 3, 4] },
    twin: { target: [0, -1, 1, 2], pred: [1, 2, 3, 4] },
    says: /1 of 2 groups .*: 1 with equal targets only/,
  },
  {
    code: 'D25',
    run: { loss: 'cox', group: 's' },
    triggers: { s: ['a', 'a', 'b', 'b', 'c', 'c'], pred: [1, 2, 3, 4, 5, 6], time: [1, 2, 3, 3, 1, 2], event: [1, 0, 1, 1, 0, 0] },
    twin: { s: ['a', 'a', 'b', 'b', 'c', 'c'], pred: [1, 2, 3, 4, 5, 6], time: [1, 2, 3, 4, 1, 2], event: [1, 0, 1, 1, 0, 1] },
    says: /2 of 3 groups .*: 1 without an event, 1 with equal times only/,
  },
];
