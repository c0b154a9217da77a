import { defineGroupLoss } from '../define.ts';
import { relevance, scalar } from '../inputs.ts';
import { dcg, discount, discountGap, gainDomain, gainsOf, ideal } from '../math/gains.ts';
import { anyNaN, descending } from '../math/order.ts';
import { overPairs } from '../math/pairs.ts';
import { softplus } from '../math/softplus.ts';
import { choice, gain, number, topK } from '../params.ts';

export const lambdarank = defineGroupLoss({
  name: 'lambdarank',
  aliases: ['lambda-loss', 'lambdamart', 'ndcg-loss2'],
  task: 'ranking',
  summary: 'The pairs of ranknet, each weighed by what swapping its items would change of the NDCG: mistakes at the top cost most.',
  inputs: { target: relevance('relevance of the item'), pred: scalar('score of the item') },
  params: {
    sigma: number('steepness: what differences of scores are multiplied by', 1, { min: 0, open: true }),
    k: topK,
    scheme: choice(
      'weight of a pair: by the discounts of its ranks (lambdarank), by their distance (ndcg-loss2), by both (ndcg-loss2pp), or of an ' +
        'item against all (ndcg-loss1)',
      ['lambdarank', 'ndcg-loss1', 'ndcg-loss2', 'ndcg-loss2pp'],
      'lambdarank',
    ),
    plusWeight: number('of ndcg-loss2 in ndcg-loss2pp, beside lambdarank (mu in the paper)', 10, { min: 0 }),
    log: choice('unit: nats, or bits as in the paper', ['natural', 'binary'], 'natural'),
    gain,
  },
  domain: ({ gain }) => gainDomain(gain),
  formula: {
    text:
      'sum over pairs with y_i > y_j of |1/D_i - 1/D_j| |G_i - G_j| ln(1 + e^(-sigma (pred_i - pred_j)));  G = (2^y - 1) / ideal DCG, ' +
      'D = log2(1 + rank by pred)',
    latex: String.raw`\sum_{y_i>y_j}\Big|\tfrac1{D_i}-\tfrac1{D_j}\Big|\,|G_i-G_j|\,\ln\!\big(1+e^{-\sigma(s_i-s_j)}\big)`,
  },
  unit: 'nats',
  properties: { differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  values: 'group',
  cost: 'n^2 / 2 pairs for a list of n items',
  references: [
    {
      title: 'Wang et al. (2018), The LambdaLoss Framework for Ranking Metric Optimization',
      url: 'https://doi.org/10.1145/3269206.3271784',
    },
    {
      title: 'Burges (2010), From RankNet to LambdaRank to LambdaMART: An Overview',
      url: 'https://www.microsoft.com/en-us/research/publication/from-ranknet-to-lambdarank-to-lambdamart-an-overview/',
    },
  ],
  pitfalls: [
    'Without --group the whole file is one list.',
    'A value is the sum over the pairs of a list. allRank takes bits (log binary) and counts ndcg-loss1 over all pairs, an item with itself too.',
    'It jumps where two scores cross: ranks are part of the weights. Compare models by ndcg-loss.',
    'Of equal scores the less relevant item is ranked first, so that ties cost most; libraries go by the order of the rows.',
    'k keeps pairs with both items in the first k ranks, as allRank; LightGBM keeps those with one (lambdarank_truncation_level = 30).',
    'A list without pairs, or without any relevance, leaves the mean.',
  ],
  equivalents: {
    allrank: 'lambdaLoss(pred, relevance, weighing_scheme="lambdaRank_scheme", sigma=1.0, mu=10.0, reduction_log="binary")',
    lightgbm: 'objective="lambdarank": gradients only, divided by a norm of the list; it reports NDCG, not this',
    xgboost: 'objective="rank:ndcg": gradients only',
  },
  examples: [
    { inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, losses: [0.24739157631820277] },
    { inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, params: { log: 'binary' }, losses: [0.3569106003119747] },
  ],
  kernel({ target, pred }, { sigma, k, scheme, plusWeight, log, gain }, n, out, norm) {
    if (anyNaN(target, n) || anyNaN(pred, n)) {
      out[0] = Number.NaN;
      return;
    }
    const depth = k === 0 ? n : Math.min(k, n);
    const gains = gainsOf(target, n, gain);
    const best = dcg(ideal(gains), depth);
    const rank = new Float64Array(n);
    descending(pred, target, n).forEach((row, at) => {
      rank[row] = at + 1;
    });
    const unit = log === 'binary' ? Math.LN2 : 1;
    const cost = (i: number, j: number) => softplus(sigma * (pred[j] - pred[i])) / unit;
    const weigh = (i: number, j: number) => {
      const [a, b] = [rank[i], rank[j]];
      if (a > depth || b > depth) return 0;
      const apart = Math.abs(a - b);
      const byRank = scheme === 'ndcg-loss2' ? 0 : discountGap(a, b);
      const byDistance = scheme === 'lambdarank' ? 0 : discountGap(apart, apart + 1);
      return (byRank + (scheme === 'ndcg-loss2pp' ? plusWeight : 1) * byDistance) * (Math.abs(gains[i] - gains[j]) / best);
    };
    const { sum, pairs } = overPairs(target, pred, n, (i, j) => weigh(i, j) * cost(i, j));
    if (pairs === 0 || best === 0) {
      out[0] = 0;
      norm[0] = 0;
    } else out[0] = scheme === 'ndcg-loss1' ? againstAll(gains, rank, depth, cost) / best : sum;
  },
});

/** Each item against all within the depth, itself too, by its own gain and discount. */
function againstAll(gains: Float64Array, rank: Float64Array, depth: number, cost: (i: number, j: number) => number): number {
  const n = gains.length;
  const rows = new Int32Array(depth);
  for (let i = 0; i < n; i++) if (rank[i] <= depth) rows[rank[i] - 1] = i;
  let total = 0;
  for (const i of rows) {
    let sum = 0;
    for (const j of rows) sum += cost(i, j);
    total += gains[i] * discount(rank[i]) * sum;
  }
  return total;
}
