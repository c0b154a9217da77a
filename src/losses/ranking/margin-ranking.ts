import { defineRowLoss } from '../define.ts';
import { real, sign } from '../inputs.ts';
import { number } from '../params.ts';

export const marginRanking = defineRowLoss({
  name: 'margin-ranking',
  aliases: ['pairwise-margin'],
  task: 'ranking',
  summary: 'How far two scores are from standing in the right order by a margin: nothing once they do.',
  inputs: {
    target: sign('+1 where x1 should score higher, -1 where x2 should'),
    x1: real('score of the first'),
    x2: real('score of the second'),
  },
  params: { margin: number('how far apart scores in the right order must be to cost nothing', 0, { min: 0 }) },
  formula: { text: 'max(0, margin - target (x1 - x2))', latex: String.raw`\max(0,\ m-y\,(x_1-x_2))` },
  unit: 'score',
  properties: { convexIn: 'x1', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'Herbrich, Graepel and Obermayer (1999), Support Vector Learning for Ordinal Regression' },
    { title: 'PyTorch: MarginRankingLoss', url: 'https://pytorch.org/docs/stable/generated/torch.nn.MarginRankingLoss.html' },
  ],
  pitfalls: [
    'With margin 0, the default as in PyTorch, equal scores cost nothing: a model that scores everything alike is perfect.',
    'Labels 0/1 are read as -1/+1. PyTorch takes a label 0 as it is, and the row then costs the margin whatever the scores.',
    'The margin is in units of the score: scaling all scores up makes the loss larger and the margin smaller.',
  ],
  equivalents: { torch: 'torch.nn.MarginRankingLoss(margin=0.0)' },
  examples: [
    {
      inputs: { target: [1, -1, 1], x1: [0.75, 0.25, 2], x2: [0.25, 0.75, 3] },
      params: { margin: 1 },
      losses: [0.5, 0.5, 2],
      value: 1,
    },
    { inputs: { target: [1, 1], x1: [2, 2], x2: [2, 3] }, losses: [0, 1], note: 'equal scores cost nothing without a margin' },
  ],
  kernel({ target, x1, x2 }, { margin }, n, out) {
    for (let i = 0; i < n; i++) out[i] = Math.max(0, margin - target[i] * (x1[i] - x2[i]));
  },
});
