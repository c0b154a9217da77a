import { defineGroupLoss } from '../define.ts';
import { identity, point } from '../inputs.ts';
import { minkowski } from '../math/distances.ts';
import { nothingOf } from '../math/labelled.ts';
import { softplus } from '../math/softplus.ts';
import { unitVectors } from '../math/unit-vectors.ts';
import { boolean, nonzero, normalize, number } from '../params.ts';

export const batchHardTriplet = defineGroupLoss({
  name: 'batch-hard-triplet',
  aliases: ['batch-hard', 'hard-triplet', 'triplet-hard'],
  task: 'embedding',
  summary: 'For each row the farthest of its label against the nearest of another: the hardest triplet the group has for it.',
  inputs: { embedding: point('embedding of the row'), target: identity('label: rows belong together where it is equal') },
  params: {
    margin: number('by how much the nearest stranger must be farther', 0.3, { min: 0 }),
    soft: boolean('ln(1 + e^x) of the difference of the distances in place of the margin', false),
    normalize,
    nonzero,
  },
  formula: {
    text: 'max(0, max over p of |z_i - z_p| - min over n of |z_i - z_n| + margin);  p rows of the same label, n of others; soft: ln(1 + e^(max - min))',
    latex: String.raw`\Bigl[m+\max_p\lVert z_i-z_p\rVert-\min_n\lVert z_i-z_n\rVert\Bigr]_+`,
  },
  unit: 'distance',
  properties: { differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  values: 'row',
  cost: 'time n^2 D and memory n D for a group of n rows of D dimensions; its size changes the value: a larger group has harder triplets',
  references: [
    { title: 'Hermans, Beyer and Leibe (2017), In Defense of the Triplet Loss', url: 'https://arxiv.org/abs/1703.07737' },
  ],
  pitfalls: [
    'A row without another one of its label, or without one of another label, costs 0 and does not count in the mean.',
    'Distances are not squared, and embeddings not scaled to length 1 (--normalize): some code does either.',
    'Rows whose hardest triplet costs nothing count in the mean. pytorch-metric-learning leaves them out: say --nonzero.',
    'When an embedding collapses to a point each row costs the margin: a value that stays there is not progress.',
    'soft has no margin.',
  ],
  equivalents: {
    'sentence-transformers': 'BatchHardTripletLoss(margin=5); soft: BatchHardSoftMarginTripletLoss()',
    tensorflow: 'tfa.losses.TripletHardLoss(margin=1.0, soft=False, distance_metric="L2")',
    pml: {
      call: 'pytorch_metric_learning.losses.TripletMarginLoss(margin=0.05) with miners.BatchHardMiner()',
      params: { margin: 0.05, normalize: true, nonzero: true },
      note: '0 where no row costs anything',
    },
  },
  examples: [
    {
      inputs: {
        embedding: [
          [0, 0],
          [3, 4],
          [0, 2],
        ],
        target: [1, 1, 2],
      },
      params: { margin: 1 },
      losses: [4, 2.3944487245360109, 0],
      note: '5 - 2 + 1, and 5 - sqrt(13) + 1; the third row has no partner and does not count',
    },
  ],
  kernel({ embedding, target }, { margin, soft, normalize, nonzero }, n, out, norm) {
    const { width } = embedding;
    const data = normalize ? unitVectors(embedding.data, width, n) : embedding.data;
    for (let i = 0; i < n; i++) {
      const label = target[i];
      let farthest = Number.NEGATIVE_INFINITY;
      let nearest = Number.POSITIVE_INFINITY;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        const distance = minkowski(data, i * width, data, j * width, width, 2, 0);
        if (target[j] === label) farthest = Math.max(farthest, distance);
        else nearest = Math.min(nearest, distance);
      }
      const counts = !(farthest < 0) && !(nearest === Number.POSITIVE_INFINITY);
      const gap = farthest - nearest;
      out[i] = counts ? (soft ? softplus(gap) : Math.max(0, gap + margin)) : nothingOf(label, data[i * width]);
      norm[i] = counts && !(nonzero && out[i] === 0) ? 1 : 0;
    }
  },
});
