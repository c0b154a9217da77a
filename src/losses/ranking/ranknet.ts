import { defineGroupLoss } from '../define.ts';
import { scalar } from '../inputs.ts';
import { overPairs } from '../math/pairs.ts';
import { softplus } from '../math/softplus.ts';
import { choice, number } from '../params.ts';

export const ranknet = defineGroupLoss({
  name: 'ranknet',
  aliases: ['pairwise-logistic', 'pair-logit'],
  task: 'ranking',
  summary: 'Negative log-probability that the better of two items scores higher, over all pairs of a list.',
  inputs: { target: scalar('relevance of the item'), pred: scalar('score of the item') },
  params: {
    sigma: number('steepness: what differences of scores are multiplied by', 1, { min: 0, open: true }),
    pairWeight: choice(
      'weight of a pair: none, the difference of its relevances, or of their squares',
      ['none', 'diff', 'pow'],
      'none',
    ),
  },
  formula: {
    text: 'mean over pairs with target_i > target_j of ln(1 + e^(-sigma (pred_i - pred_j)))',
    latex: String.raw`\frac{1}{|P|}\sum_{(i,j)\in P}\ln\!\big(1+e^{-\sigma(s_i-s_j)}\big),\quad P=\{(i,j):y_i>y_j\}`,
  },
  unit: 'nats',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: false, robust: false },
  values: 'group',
  cost: 'n^2 / 2 pairs for a list of n items',
  references: [
    { title: 'Burges et al. (2005), Learning to Rank using Gradient Descent', url: 'https://doi.org/10.1145/1102351.1102363' },
  ],
  pitfalls: [
    'Without --group the whole file is one list, and pairs across queries count.',
    'The mean is over the pairs of all lists together, as in CatBoost and allRank: a list of 100 items outweighs one of 10 a hundred ' +
      'times. Under --reduction none and sum a list shows the sum of its pairs.',
    'Items of equal relevance form no pair; a list without pairs leaves the mean.',
    'pairWeight changes the sum and not the number of pairs it is divided by.',
  ],
  equivalents: {
    allrank: 'rankNet(pred, relevance, weight_by_diff=False, weight_by_diff_powed=False)',
    catboost: 'PairLogit',
    'tensorflow-ranking': 'tfr.keras.losses.PairwiseLogisticLoss()',
    torch: 'torch.nn.functional.binary_cross_entropy_with_logits(pred[i] - pred[j], ones) over the pairs',
  },
  examples: [{ inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, value: 0.6629173165603607, note: 'three pairs' }],
  kernel({ target, pred }, { sigma, pairWeight }, n, out, norm) {
    const weightOf = (i: number, j: number) =>
      pairWeight === 'none' ? 1 : (target[i] - target[j]) * (pairWeight === 'diff' ? 1 : target[i] + target[j]);
    const { sum, pairs } = overPairs(target, pred, n, (i, j) => Math.abs(weightOf(i, j)) * softplus(sigma * (pred[j] - pred[i])));
    out[0] = sum;
    norm[0] = pairs;
  },
});
