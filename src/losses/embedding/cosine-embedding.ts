import { defineRowLoss } from '../define.ts';
import { embedding, pairSign } from '../inputs.ts';
import { cosine, cosineDistance } from '../math/distances.ts';
import { cosineEps, number } from '../params.ts';

export const cosineEmbedding = defineRowLoss({
  name: 'cosine-embedding',
  aliases: ['cosineembedding'],
  task: 'embedding',
  summary: 'Cosine distance of pairs that belong together, and for those that do not the cosine beyond a margin.',
  inputs: {
    x1: embedding('embedding of the first of the pair'),
    x2: embedding('embedding of the second'),
    target: pairSign('whether the pair belongs together'),
  },
  params: { margin: number('cosine that strangers may have for nothing', 0, { min: -1, max: 1 }), eps: cosineEps },
  formula: {
    text: '1 - cos(x1, x2) if target = 1; max(0, cos(x1, x2) - margin) if target = -1',
    latex: String.raw`\begin{cases}1-\cos(x_1,x_2) & y=1\\ \max(0,\,\cos(x_1,x_2)-m) & y=-1\end{cases}`,
  },
  unit: 'ratio',
  properties: { differentiable: 'almost-everywhere', minimum: 0, maximum: 2, symmetric: false, robust: true },
  references: [
    { title: 'PyTorch: CosineEmbeddingLoss', url: 'https://pytorch.org/docs/stable/generated/torch.nn.CosineEmbeddingLoss.html' },
  ],
  pitfalls: [
    'Labels are -1/+1 (0/1 is understood as such). PyTorch takes a label 0 and returns 0 for it, without a word.',
    'A zero vector has cosine 0 with everything: a pair of it that belongs together costs 1.',
    'PyTorch adds 1e-12 to the squared lengths: vectors shorter than about 1e-3 give another number there.',
    'With margin 0 strangers at right angles cost nothing; most libraries recommend 0 to 0.5.',
  ],
  equivalents: { torch: 'torch.nn.CosineEmbeddingLoss(margin=0.0)' },
  examples: [
    {
      inputs: {
        x1: [
          [3, 4],
          [3, 4],
        ],
        x2: [
          [4, 3],
          [4, 3],
        ],
        target: [1, -1],
      },
      losses: [0.04, 0.96],
      value: 0.5,
    },
  ],
  kernel({ x1, x2, target }, { margin, eps }, n, out) {
    const { data, width } = x1;
    for (let i = 0; i < n; i++) {
      const at = i * width;
      const y = target[i];
      out[i] =
        y > 0
          ? cosineDistance(data, at, x2.data, at, width, eps)
          : Math.max(0, -y * cosine(data, at, x2.data, at, width, eps) - margin);
    }
  },
});
