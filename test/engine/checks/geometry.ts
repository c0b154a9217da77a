import type { Case } from './case.ts';

export const GEOMETRY: readonly Case[] = [
  {
    code: 'D15',
    run: { loss: 'giou' },
    triggers: { target: [[0, 0, 1e-4, 1e-4]], pred: [[0, 0, 1, 1]] },
    twin: { target: [[0, 0, 1e-2, 1e-2]], pred: [[0, 0, 1, 1]] },
    says: /1 of 2 boxes have an area of at most 0\.000001, where eps = 1e-7 decides.*--eps.*; first at memory:2:1/,
  },
  {
    code: 'D15',
    run: { loss: 'box-iou:eps=0' },
    triggers: { target: [[0, 0, 1, 1]], pred: [[0, 0, 0, 1]] },
    twin: { target: [[0, 0, 1, 1]], pred: [[0, 0, 1e-4, 1e-4]] },
    says: /1 of 2 boxes have no area.*; first at memory:2:2/,
  },
  {
    code: 'D16',
    run: { loss: 'triplet:metric=cosine' },
    triggers: { anchor: [[0, 0]], positive: [[1, 1]], negative: [[2, 1]] },
    twin: { anchor: [[0, 0]], positive: [[1, 1]], negative: [[2, 1]] },
    twinRun: { loss: 'triplet' }, // the origin is a place
    says: /1 embeddings/,
  },
  {
    code: 'D16',
    run: { loss: 'info-nce', columnsOf: { negatives: 'negatives' } },
    triggers: { query: [[1, 0]], key: [[1, 0]], negatives: [[0, 1, 0, 0]] },
    twin: { query: [[1, 0]], key: [[1, 0]], negatives: [[0, 1, 1, 0]] },
    says: /1 embeddings.*; first at memory:2:3/,
  },
  {
    code: 'D16',
    run: { loss: 'info-nce:similarity=dot' },
    triggers: { query: [[3, 4]], key: [[0.6, 0.8]] },
    twin: { query: [[0.6, -0.8]], key: [[0.6, 0.8]] },
    says: /1 of 2 embeddings are not of length 1.*--similarity cosine/,
  },
  {
    code: 'D16',
    run: { loss: 'info-nce' },
    triggers: {
      query: [
        [0, 0],
        [1, 0],
      ],
      key: [
        [1, 0],
        [0, 1],
      ],
    },
    twin: {
      query: [
        [0, 1],
        [1, 0],
      ],
      key: [
        [1, 0],
        [0, 1],
      ],
    },
    says: /1 embeddings have length zero/,
  },
];
