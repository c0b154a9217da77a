import { defineGroupLoss } from '../define.ts';
import { relevance, scalar } from '../inputs.ts';
import { ExactSum } from '../math/exact-sum.ts';
import { dcg, discount, gainDomain, gainsOf, ideal } from '../math/gains.ts';
import { anyNaN, descending } from '../math/order.ts';
import { sigmoid } from '../math/softplus.ts';
import { boolean, gain, number } from '../params.ts';

export const approxNdcg = defineGroupLoss({
  name: 'approx-ndcg',
  aliases: ['smooth-ndcg'],
  task: 'ranking',
  summary: 'Negative NDCG with ranks made smooth by sigmoids of score differences: NDCG with a slope.',
  inputs: { target: relevance('relevance of the item'), pred: scalar('score of the item') },
  params: {
    alpha: number('steepness of the sigmoids: large is closer to the true ranks', 1, { min: 0, open: true }),
    gain,
    oneMinus: boolean('1 - NDCG, from 0 on, in place of -NDCG', false),
  },
  domain: ({ gain }) => gainDomain(gain),
  formula: {
    text: '-sum of (2^y_i - 1) / log2(1 + r_i) / ideal DCG;  r_i = 1 + sum over j != i of sigmoid(-alpha (pred_i - pred_j))',
    latex: String.raw`-\frac1{\mathrm{IDCG}}\sum_i\frac{2^{y_i}-1}{\log_2(1+\hat r_i)},\quad \hat r_i=1+\sum_{j\ne i}\sigma(-\alpha(s_i-s_j))`,
  },
  unit: 'ratio',
  properties: { differentiable: true, maximum: 0, symmetric: false, robust: true },
  values: 'group',
  cost: 'n^2 sigmoids for a list of n items',
  references: [
    {
      title: 'Qin, Liu and Li (2010), A General Approximation Framework for Direct Optimization of Information Retrieval Measures',
      url: 'https://doi.org/10.1007/s10791-009-9124-x',
    },
    { title: 'Bruch et al. (2019), Revisiting Approximate Metric Optimization', url: 'https://doi.org/10.1145/3331184.3331347' },
  ],
  pitfalls: [
    'Without --group the whole file is one list.',
    'The value lies between -1 and 0; pass --one-minus for 1 - NDCG.',
    'Unlike NDCG it sees the size of scores: the same order with scores ten times as large costs less. alpha is 1 in allRank; TensorFlow ' +
      'Ranking divides by a temperature of 0.1, which is alpha 10.',
    'A list without any relevance has no NDCG and leaves the mean.',
  ],
  equivalents: {
    allrank: 'approxNDCGLoss(pred, relevance, alpha=1.0)',
    'tensorflow-ranking': 'tfr.keras.losses.ApproxNDCGLoss(temperature=0.1): alpha 10',
  },
  examples: [{ inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, losses: [-0.7599850484741949] }],
  kernel({ target, pred }, { alpha, gain, oneMinus }, n, out, norm) {
    if (anyNaN(target, n) || anyNaN(pred, n)) {
      out[0] = Number.NaN;
      return;
    }
    const gains = gainsOf(target, n, gain);
    const best = dcg(ideal(gains), n);
    if (best === 0) {
      out[0] = 0;
      norm[0] = 0;
      return;
    }
    const rank = new ExactSum();
    const shares = new Float64Array(n);
    let total = 0;
    // In an ideal order, so that 1 - NDCG is a sum of small differences; by values, so that the order of the rows does not show.
    descending(target, pred, n).forEach((i, at) => {
      for (let j = 0; j < n; j++) shares[j] = j === i ? 1 : sigmoid(alpha * (pred[j] - pred[i]));
      rank.clear();
      rank.add(shares, n);
      const kept = discount(rank.value());
      total += gains[i] * (oneMinus ? discount(at + 1) - kept : -kept);
    });
    out[0] = total / best;
  },
});
