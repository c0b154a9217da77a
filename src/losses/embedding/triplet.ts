import { defineRowLoss, type Numbers } from '../define.ts';
import { inForm, pairDistance, point } from '../inputs.ts';
import { cosineDistance, minkowski } from '../math/distances.ts';
import { softplus } from '../math/softplus.ts';
import { unitVectors } from '../math/unit-vectors.ts';
import { boolean, choice, nonzero, norm, normalize, number } from '../params.ts';

export const triplet = defineRowLoss({
  name: 'triplet',
  aliases: ['triplet-margin', 'triplet-margin-with-distance'],
  task: 'embedding',
  summary: 'How much too near a stranger is: the anchor must be closer to its positive than to its negative, by a margin.',
  inputs: {
    anchor: inForm('embeddings', point('embedding the other two are compared with')),
    positive: inForm('embeddings', point('embedding that belongs with the anchor')),
    negative: inForm('embeddings', point('embedding that does not')),
    positiveDistance: inForm('distances', pairDistance('ready distance of the anchor to its positive')),
    negativeDistance: inForm('distances', pairDistance('ready distance of the anchor to its negative')),
  },
  params: {
    margin: number('by how much the negative must be farther than the positive', 1, { min: 0 }),
    p: norm,
    eps: number('added to each difference before the norm, as PyTorch does', 1e-6, { min: 0 }),
    epsIn: choice('where eps is added: to each difference, or below the root as Optax does', ['difference', 'root'], 'difference'),
    swap: boolean('the negative may be compared with the positive, where that is nearer', false),
    soft: boolean('ln(1 + e^x) of the difference of the distances in place of the margin', false),
    metric: choice('the distance: a norm of the difference, or 1 - cosine', ['lp', 'cosine'], 'lp'),
    normalize,
    nonzero,
  },
  refuse({ swap, metric, p, normalize }, roles) {
    if (!roles.includes('positiveDistance')) return undefined;
    if (swap) return 'swap needs the distance of positive and negative: give the embeddings';
    const measured = metric !== 'lp' || p !== norm.default || normalize;
    return measured ? 'metric, p and normalize have no meaning for distances that are ready' : undefined;
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
    'Most triplets cost nothing once the model is fair: the mean falls with the share of easy ones. pytorch-metric-learning averages over the others only: say --nonzero.',
    'FaceNet takes squared distances, here and in PyTorch they are distances.',
    'eps is added to the difference, not to the length: a vector is eps sqrt(D) away from itself. Optax adds it under the root.',
    'The margin is in units of the distance: 1 suits embeddings of length 1 only in part, since they are at most 2 apart (libraries: 0.05 to 1).',
    'soft has no margin.',
  ],
  equivalents: {
    torch: {
      call: 'torch.nn.TripletMarginLoss(margin=1.0, p=2, eps=1e-6, swap=False)',
      note: 'metric cosine: TripletMarginWithDistanceLoss of 1 - cosine_similarity',
    },
    optax: {
      call: 'optax.losses.triplet_margin_loss(anchors, positives, negatives, norm_degree=2, margin=1.0, eps=1e-6).mean()',
      params: { epsIn: 'root' },
      note: 'an odd norm_degree leaves the differences their signs',
    },
    pml: {
      call: 'pytorch_metric_learning.losses.TripletMarginLoss(margin=0.05)',
      params: { margin: 0.05, eps: 0, normalize: true, nonzero: true },
      note: 'of the triplets that it is given, else of all in the batch; 0 where none costs anything',
    },
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
    {
      inputs: { positiveDistance: [0.5, 0.2], negativeDistance: [0.75, 2] },
      losses: [0.75, 0],
      value: 0.375,
      note: 'distances that are ready',
    },
  ],
  kernel({ anchor, positive, negative, positiveDistance, negativeDistance }, params, n, out, norms) {
    const { margin, swap, soft, normalize, nonzero } = params;
    if (positiveDistance && negativeDistance) {
      for (let i = 0; i < n; i++) out[i] = excess(positiveDistance[i], negativeDistance[i], margin, soft);
    } else if (anchor && positive && negative) {
      const { width } = anchor;
      const [a, b, c] = [anchor, positive, negative].map(({ data }) => (normalize ? unitVectors(data, width, n) : data));
      const distance = measure(params, width);
      for (let i = 0; i < n; i++) {
        const at = i * width;
        const far = swap ? Math.min(distance(a, c, at), distance(b, c, at)) : distance(a, c, at);
        out[i] = excess(distance(a, b, at), far, margin, soft);
      }
    }
    if (nonzero) for (let i = 0; i < n; i++) norms[i] = out[i] === 0 ? 0 : 1;
  },
});

function measure({ metric, p, eps, epsIn }: { metric: string; p: number; eps: number; epsIn: string }, width: number) {
  if (metric === 'cosine') return (u: Numbers, v: Numbers, at: number) => cosineDistance(u, at, v, at, width, 0);
  return epsIn === 'difference'
    ? (u: Numbers, v: Numbers, at: number) => minkowski(u, at, v, at, width, p, eps)
    : (u: Numbers, v: Numbers, at: number) => (minkowski(u, at, v, at, width, p, 0) ** p + eps) ** (1 / p);
}

/** By how much the positive is not near enough. */
function excess(near: number, far: number, margin: number, soft: boolean): number {
  return soft ? softplus(near - far) : Math.max(0, near - far + margin);
}
