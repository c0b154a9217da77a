import { defineRowLoss } from '../define.ts';
import { point } from '../inputs.ts';
import { cosineDistance, minkowski } from '../math/distances.ts';
import { softplus } from '../math/softplus.ts';
import { boolean, choice, norm, number } from '../params.ts';

export const triplet = defineRowLoss({
  name: 'triplet',
  aliases: ['triplet-margin', 'tripletmargin', 'triplet-margin-with-distance'],
  task: 'embedding',
  summary: 'How much too near a stranger is: the anchor must be closer to its positive than to its negative, by a margin.',
  inputs: {
    anchor: point('embedding the other two are compared with'),
    positive: point('embedding that belongs with the anchor'),
    negative: point('embedding that does not'),
  },
  params: {
    margin: number('by how much the negative must be farther than the positive', 1, { min: 0 }),
    p: norm,
    eps: number('added to each difference before the norm, as PyTorch does', 1e-6, { min: 0 }),
    swap: boolean('the negative may be compared with the positive, where that is nearer', false),
    soft: boolean('ln(1 + e^x) of the difference of the distances in place of the margin', false),
    metric: choice('the distance: a norm of the difference, or 1 - cosine', ['lp', 'cosine'], 'lp'),
  },
  formula: {
    text: 'max(0, d(a, p) - d(a, n) + margin);  d(u, v) = |u - v + eps|_p; swap: d(a, n) or d(p, n), the smaller; soft: ln(1 + e^(d(a, p) - d(a, n)))',
    latex: String.raw`\max\bigl(0,\,d(a,p)-d(a,n)+m\bigr),\quad d(u,v)=\lVert u-v+\varepsilon\rVert_p`,
  },
  unit: 'distance',
  properties: { differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Schroff, Kalenichenko and Philbin (2015), FaceNet', url: 'https://arxiv.org/abs/1503.03832' },
    {
      title: 'Balntas et al. (2016), Learning local feature descriptors with triplets (swap)',
      url: 'https://doi.org/10.5244/C.30.119',
    },
    { title: 'Hermans, Beyer and Leibe (2017), In Defense of the Triplet Loss (soft)', url: 'https://arxiv.org/abs/1703.07737' },
  ],
  pitfalls: [
    'Most triplets cost nothing once the model is fair: the mean falls with the share of easy ones. pytorch-metric-learning averages over the others only.',
    'FaceNet takes squared distances, here and in PyTorch they are distances.',
    'eps is added to the difference, not to the length: a vector is eps sqrt(D) away from itself. Optax adds it under the root.',
    'The margin is in units of the distance: 1 suits embeddings of length 1 only in part, since they are at most 2 apart (libraries: 0.05 to 1).',
    'soft has no margin.',
  ],
  equivalents: {
    torch: 'torch.nn.TripletMarginLoss(margin=1.0, p=2, eps=1e-6, swap=False); metric cosine: TripletMarginWithDistanceLoss',
    optax: 'optax.losses.triplet_margin_loss(margin=1.0, norm_degree=2, eps=1e-6): eps under the root',
    'pytorch-metric-learning': 'TripletMarginLoss(margin=0.05): embeddings of length 1, mean over triplets that cost something',
  },
  examples: [
    {
      inputs: { anchor: [[1, 2]], positive: [[1.1, 2.1]], negative: [[3, 4]] },
      params: { margin: 1, p: 2 },
      losses: [0],
      value: 0,
    },
    {
      inputs: { anchor: [[0, 0]], positive: [[3, 4]], negative: [[0, 2]] },
      params: { eps: 0 },
      losses: [4],
      note: '5 - 2 + 1',
    },
  ],
  kernel({ anchor, positive, negative }, { margin, p, eps, swap, soft, metric }, n, out) {
    const { width } = anchor;
    const [a, b, c] = [anchor.data, positive.data, negative.data];
    const cosine = metric === 'cosine';
    for (let i = 0; i < n; i++) {
      const at = i * width;
      const near = cosine ? cosineDistance(a, at, b, at, width, 0) : minkowski(a, at, b, at, width, p, eps);
      let far = cosine ? cosineDistance(a, at, c, at, width, 0) : minkowski(a, at, c, at, width, p, eps);
      if (swap) far = Math.min(far, cosine ? cosineDistance(b, at, c, at, width, 0) : minkowski(b, at, c, at, width, p, eps));
      out[i] = soft ? softplus(near - far) : Math.max(0, near - far + margin);
    }
  },
});
