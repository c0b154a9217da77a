import { defineRowLoss } from '../define.ts';
import { pairLabel, point } from '../inputs.ts';
import { minkowski, squaredDistance } from '../math/distances.ts';
import { boolean, choice, norm, number } from '../params.ts';

export const contrastive = defineRowLoss({
  name: 'contrastive',
  aliases: ['siamese', 'pairwise-contrastive'],
  task: 'embedding',
  summary:
    'Squared distance of pairs that belong together, squared shortfall from a margin of those that do not: siamese networks.',
  inputs: {
    x1: point('embedding of the first of the pair'),
    x2: point('embedding of the second'),
    target: pairLabel('whether the pair belongs together'),
  },
  params: {
    margin: number('how far apart pairs must be that do not belong together', 1, { min: 0 }),
    p: norm,
    similar: choice('the label of pairs that belong together', ['1', '0'], '1'),
    squared: boolean('squares of distance and shortfall; without, the distances themselves', true),
    half: boolean('half of it, as in the paper', false),
  },
  formula: {
    text: 'y d^2 + (1 - y) max(0, margin - d)^2;  d = |x1 - x2|_p, y = 1 for pairs that belong together',
    latex: String.raw`y\,d^2+(1-y)\max(0,m-d)^2,\quad d=\lVert x_1-x_2\rVert_p`,
  },
  unit: 'distance^2',
  properties: { differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Hadsell, Chopra and LeCun (2006), Dimensionality Reduction by Learning an Invariant Mapping',
      url: 'https://doi.org/10.1109/CVPR.2006.100',
    },
  ],
  pitfalls: [
    'In the paper and in many examples the label 0 means similar: say --similar 0, or the loss is that of the opposite pairs.',
    'The paper halves both terms: say --half. Caffe once shipped max(0, margin - d^2), which is neither.',
    'pytorch-metric-learning scales embeddings to length 1, leaves out the squares, and averages over pairs that cost something.',
    'The distance has no eps here; torch.nn.functional.pairwise_distance adds 1e-6 to each difference.',
    'The margin is in units of the distance: for embeddings that are not scaled to length 1 it may be always or never met.',
  ],
  equivalents: {
    torch: 'd = torch.linalg.vector_norm(x1 - x2, ord=2, dim=1); (y * d**2 + (1 - y) * torch.clamp(1 - d, min=0)**2).mean()',
    'sentence-transformers':
      'ContrastiveLoss(distance_metric=EUCLIDEAN, margin=0.5): half of it; its default is the cosine distance',
    'pytorch-metric-learning': 'ContrastiveLoss(pos_margin=0, neg_margin=1): no squares, and another mean',
  },
  examples: [
    { inputs: { x1: [[1, 2]], x2: [[1.5, 2.5]], target: [1] }, params: { margin: 1 }, losses: [0.5], value: 0.5 },
    {
      inputs: {
        x1: [
          [0, 0],
          [0, 0],
        ],
        x2: [
          [0.6, 0],
          [3, 4],
        ],
        target: [0, 0],
      },
      losses: [0.16000000000000003, 0],
      note: 'strangers cost only within the margin',
    },
  ],
  kernel({ x1, x2, target }, { margin, p, similar, squared, half }, n, out) {
    const { data, width } = x1;
    const factor = half ? 0.5 : 1;
    for (let i = 0; i < n; i++) {
      const near = minkowski(data, i * width, x2.data, i * width, width, p, 0);
      const short = Math.max(0, margin - near);
      const y = similar === '1' ? target[i] : 1 - target[i];
      if (squared) {
        const square = p === 2 ? squaredDistance(data, i * width, x2.data, i * width, width, 0) : near * near; // not the root, squared
        out[i] = factor * (y * square + (1 - y) * short * short);
      } else out[i] = factor * (y * near + (1 - y) * short);
    }
  },
});
