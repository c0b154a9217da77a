import { defineGroupLoss } from '../define.ts';
import { scalar } from '../inputs.ts';
import { overPairs } from '../math/pairs.ts';
import { number } from '../params.ts';

export const pairwiseHinge = defineGroupLoss({
  name: 'pairwise-hinge',
  aliases: ['ranking-hinge', 'rank-svm'],
  task: 'ranking',
  summary: 'How far the better of two items is from scoring higher by a margin, over all pairs of a list.',
  inputs: { target: scalar('relevance of the item'), pred: scalar('score of the item') },
  params: { margin: number('how far apart the scores of a pair must be to cost nothing', 1, { min: 0 }) },
  formula: {
    text: 'mean over pairs with target_i > target_j of max(0, margin - (pred_i - pred_j))',
    latex: String.raw`\frac{1}{|P|}\sum_{(i,j)\in P}\max(0,\ m-(s_i-s_j)),\quad P=\{(i,j):y_i>y_j\}`,
  },
  unit: 'score',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  values: 'group',
  cost: 'n^2 / 2 pairs for a list of n items',
  references: [
    { title: 'Joachims (2002), Optimizing Search Engines using Clickthrough Data', url: 'https://doi.org/10.1145/775047.775067' },
  ],
  pitfalls: [
    'Without --group the whole file is one list, and pairs across queries count.',
    'The mean is over the pairs of all lists together. Under --reduction none and sum a list shows the sum of its pairs.',
    'Items of equal relevance form no pair; a list without pairs leaves the mean.',
    'How much better an item is does not count: 4 against 0 asks for the same margin as 1 against 0.',
  ],
  equivalents: {
    'tensorflow-ranking': 'tfr.keras.losses.PairwiseHingeLoss()',
    torch: 'torch.nn.functional.margin_ranking_loss(pred[i], pred[j], ones, margin=1) over the pairs',
  },
  examples: [{ inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, value: 0.8333333333333334, note: 'the mean of 0.5, 2 and 0' }],
  kernel({ target, pred }, { margin }, n, out, norm) {
    const { sum, pairs } = overPairs(target, pred, n, (i, j) => Math.max(0, margin - (pred[i] - pred[j])));
    out[0] = sum;
    norm[0] = pairs;
  },
});
