import { defineRowLoss } from '../define.ts';
import { embedding } from '../inputs.ts';
import { cosine, cosineDistance } from '../math/distances.ts';
import { choice, cosineEps } from '../params.ts';

export const cosineDistanceLoss = defineRowLoss({
  name: 'cosine-distance',
  aliases: ['cosine', 'cosine-similarity', 'cosine-proximity', 'neg-cosine', 'byol', 'simsiam'],
  task: 'embedding',
  summary: 'One minus the cosine of the angle between two vectors: whether they point the same way, whatever their lengths.',
  inputs: { target: embedding('the vector to point like'), pred: embedding('predicted vector') },
  params: {
    as: choice('distance: 1 - cosine; negative-similarity: -cosine, as Keras', ['distance', 'negative-similarity'], 'distance'),
    eps: cosineEps,
  },
  formula: {
    text: '1 - a . b / (max(|a|, eps) max(|b|, eps));  negative-similarity: without the 1',
    latex: String.raw`1-\frac{a\cdot b}{\max(\lVert a\rVert,\varepsilon)\max(\lVert b\rVert,\varepsilon)}`,
  },
  unit: 'ratio',
  properties: { differentiable: true, maximum: 2, symmetric: true, robust: true },
  references: [
    { title: 'PyTorch: CosineSimilarity', url: 'https://pytorch.org/docs/stable/generated/torch.nn.CosineSimilarity.html' },
    { title: 'Chen and He (2021), Exploring Simple Siamese Representation Learning', url: 'https://arxiv.org/abs/2011.10566' },
  ],
  pitfalls: [
    'Keras returns -cosine: a perfect prediction is -1 there. Say --as negative-similarity.',
    'BYOL is twice this, 2 - 2 cosine.',
    'A zero vector has no direction: its cosine is 0 and it costs 1, also against itself. Optax gives NaN unless told otherwise.',
    'Lengths do not count: a prediction a thousand times too long is perfect.',
  ],
  equivalents: {
    torch: '1 - torch.nn.functional.cosine_similarity(pred, target, dim=1, eps=1e-8)',
    keras: { call: 'keras.losses.CosineSimilarity(axis=-1)', params: { as: 'negative-similarity', eps: 1e-7 } },
    sklearn: {
      call: 'sklearn.metrics.pairwise.cosine_distances(target, pred).diagonal().mean()',
      params: { eps: 0 },
    },
    optax: {
      call: 'optax.losses.cosine_distance(pred, target, epsilon=0.0).mean()',
      params: { eps: 0 },
      note: 'a zero vector gives NaN',
    },
    torchmetrics: {
      call: '-torchmetrics.CosineSimilarity(reduction="sum")(pred, target)',
      params: { as: 'negative-similarity', eps: 0 },
      reduction: 'sum',
      note: 'a zero vector gives NaN',
    },
    scipy: 'scipy.spatial.distance.cosine(target, pred)',
  },
  examples: [
    {
      inputs: {
        target: [
          [1, 0],
          [3, 4],
          [1, 0],
        ],
        pred: [
          [2, 0],
          [4, 3],
          [-1, 0],
        ],
      },
      losses: [0, 0.04, 2],
      value: 0.68,
    },
    { inputs: { target: [[3, 4]], pred: [[4, 3]] }, params: { as: 'negative-similarity' }, losses: [-0.96] },
  ],
  kernel({ target, pred }, { as, eps }, n, out) {
    const { data, width } = target;
    for (let i = 0; i < n; i++) {
      const at = i * width;
      out[i] =
        as === 'distance' ? cosineDistance(data, at, pred.data, at, width, eps) : -cosine(data, at, pred.data, at, width, eps);
    }
  },
});
