import { defineRowLoss, type Numbers } from '../define.ts';
import { embedding, pairSign } from '../inputs.ts';
import { cosine, cosineDistance } from '../math/distances.ts';
import { lengthOf } from '../math/unit-vectors.ts';
import { cosineEps, number } from '../params.ts';

export const cosineEmbedding = defineRowLoss({
  name: 'cosine-embedding',
  aliases: [],
  task: 'embedding',
  summary: 'Cosine distance of pairs that belong together, and for those that do not the cosine beyond a margin.',
  inputs: {
    x1: embedding('embedding of the first of the pair'),
    x2: embedding('embedding of the second'),
    target: pairSign('whether the pair belongs together'),
  },
  params: {
    margin: number('cosine that strangers may have for nothing', 0, { min: -1, max: 1 }),
    eps: cosineEps,
    squareEps: number('added to the squares of both lengths: 1e-12 in PyTorch', 0, { min: 0 }),
  },
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
    'PyTorch adds 1e-12 to the squared lengths (squareEps): vectors shorter than about 1e-3 give another number there.',
    'With margin 0 strangers at right angles cost nothing; most libraries recommend 0 to 0.5.',
  ],
  equivalents: {
    torch: {
      call: 'torch.nn.CosineEmbeddingLoss(margin=0.0)',
      params: { eps: 0, squareEps: Math.fround(1e-12) }, // PyTorch declares it as a float
    },
  },
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
  kernel({ x1, x2, target }, { margin, eps, squareEps }, n, out) {
    const { data, width } = x1;
    for (let i = 0; i < n; i++) {
      const at = i * width;
      const y = target[i];
      const kept = squareEps === 0 ? 1 : shareKept(data, at, width, squareEps) * shareKept(x2.data, at, width, squareEps);
      if (y > 0) {
        const distance = cosineDistance(data, at, x2.data, at, width, eps);
        out[i] = kept === 1 ? distance : distance + (1 - kept) * cosine(data, at, x2.data, at, width, eps); // 1 - kept cosine
      } else out[i] = Math.max(0, -y * kept * cosine(data, at, x2.data, at, width, eps) - margin);
    }
  },
});

/** A length as a share of that with `added` in its square. */
function shareKept(data: Numbers, at: number, width: number, added: number): number {
  const length = lengthOf(data, at, width);
  return length / Math.hypot(length, Math.sqrt(added));
}
