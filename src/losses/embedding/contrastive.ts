import { defineRowLoss } from '../define.ts';
import { inForm, pairDistance, pairLabel, point } from '../inputs.ts';
import { minkowski, squaredDistance } from '../math/distances.ts';
import { boolean, choice, norm, number } from '../params.ts';

export const contrastive = defineRowLoss({
  name: 'contrastive',
  aliases: ['siamese', 'pairwise-contrastive'],
  task: 'embedding',
  summary:
    'Squared distance of pairs that belong together, squared shortfall from a margin of those that do not: siamese networks.',
  inputs: {
    x1: inForm('embeddings', point('embedding of the first of the pair')),
    x2: inForm('embeddings', point('embedding of the second')),
    distance: inForm('distances', pairDistance('ready distance of the pair')),
    target: pairLabel('whether the pair belongs together'),
  },
  params: {
    margin: number('how far apart pairs must be that do not belong together', 1, { min: 0 }),
    p: norm,
    similar: choice('the label of pairs that belong together', ['1', '0'], '1'),
    squared: boolean('squares of distance and shortfall; without, the distances themselves', true),
    half: boolean('half of it, as in the paper', false),
  },
  refuse({ p }, roles) {
    return roles.includes('distance') && p !== norm.default ? 'p has no meaning for a distance that is ready' : undefined;
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
    pml: {
      call: 'pytorch_metric_learning.losses.ContrastiveLoss(pos_margin=0, neg_margin=1)',
      differs:
        'it scales embeddings to length 1, and adds the mean of the pairs that belong together and that of the others, each over those ' +
        'that cost something',
    },
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
    { inputs: { distance: [0.5, 0.25], target: [1, 0] }, losses: [0.25, 0.5625], note: 'a distance that is ready' },
  ],
  kernel({ x1, x2, distance, target }, params, n, out) {
    const cost = costOf(params);
    if (distance) {
      for (let i = 0; i < n; i++) out[i] = cost(target[i], distance[i], distance[i] * distance[i]);
    } else if (x1 && x2) {
      const { p } = params;
      const { width } = x1;
      for (let i = 0; i < n; i++) {
        const at = i * width;
        const near = minkowski(x1.data, at, x2.data, at, width, p, 0);
        const square = p === 2 ? squaredDistance(x1.data, at, x2.data, at, width, 0) : near * near; // not the root, squared
        out[i] = cost(target[i], near, square);
      }
    }
  },
});

function costOf({ margin, similar, squared, half }: { margin: number; similar: string; squared: boolean; half: boolean }) {
  const factor = half ? 0.5 : 1;
  return (label: number, near: number, square: number): number => {
    const short = Math.max(0, margin - near);
    const y = similar === '1' ? label : 1 - label;
    return factor * (squared ? y * square + (1 - y) * short * short : y * near + (1 - y) * short);
  };
}
