import { defineRowLoss } from '../define.ts';
import { distance, sign } from '../inputs.ts';
import { number } from '../params.ts';

export const hingeEmbedding = defineRowLoss({
  name: 'hinge-embedding',
  aliases: [],
  task: 'embedding',
  summary: 'A ready distance as it is for pairs that belong together, its shortfall from a margin for those that do not.',
  inputs: { target: sign('whether the pair belongs together'), distance: distance('distance of the pair') },
  params: { margin: number('how far apart pairs must be that do not belong together', 1, { min: 0 }) },
  formula: {
    text: 'distance if target = 1; max(0, margin - distance) if target = -1',
    latex: String.raw`\begin{cases}d & y=1\\ \max(0,\,m-d) & y=-1\end{cases}`,
  },
  unit: 'distance',
  properties: { convexIn: 'distance', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'PyTorch: HingeEmbeddingLoss', url: 'https://pytorch.org/docs/stable/generated/torch.nn.HingeEmbeddingLoss.html' },
  ],
  pitfalls: [
    'Labels are -1/+1 (0/1 is understood as such). PyTorch takes a label 0 and adds both terms, without a word.',
    'It takes a distance, not a similarity: a cosine similarity s is the distance 1 - s.',
    'The margin is in units of the distance.',
  ],
  equivalents: { torch: 'torch.nn.HingeEmbeddingLoss(margin=1.0)' },
  examples: [
    {
      inputs: { target: [1, -1, -1], distance: [0.25, 0.25, 1.5] },
      losses: [0.25, 0.75, 0],
      value: 0.3333333333333333,
    },
  ],
  kernel({ target, distance }, { margin }, n, out) {
    for (let i = 0; i < n; i++) {
      const y = target[i];
      const d = distance[i];
      out[i] = y > 0 ? d : Math.max(0, margin + y * d); // y is -1, or NaN
    }
  },
});
