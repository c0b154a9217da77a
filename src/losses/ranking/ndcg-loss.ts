import { defineGroupLoss } from '../define.ts';
import { relevance, scalar } from '../inputs.ts';
import { dcg, discount, gainDomain, gainsOf, ideal } from '../math/gains.ts';
import { anyNaN, descending } from '../math/order.ts';
import { choice, gain, topK } from '../params.ts';

export const ndcgLoss = defineGroupLoss({
  name: 'ndcg-loss',
  aliases: ['1-ndcg', 'one-minus-ndcg', 'ndcg'],
  task: 'ranking',
  summary: 'One minus NDCG: the share of the best possible gain that the order by score gives away, the first ranks counting most.',
  inputs: { target: relevance('relevance of the item'), pred: scalar('score of the item') },
  params: {
    k: topK,
    gain,
    empty: choice(
      'NDCG of a list without any relevance: 1 (XGBoost, LightGBM), 0 (scikit-learn), or leave it out',
      ['1', '0', 'skip'],
      '1',
    ),
  },
  domain: ({ gain }) => gainDomain(gain),
  formula: {
    text: '1 - DCG / ideal DCG;  DCG = sum over the first k ranks of (2^y - 1) / log2(1 + rank), averaged over orders of equal scores',
    latex: String.raw`1-\frac{1}{\mathrm{IDCG}_k}\sum_{r=1}^{k}\frac{2^{y_{(r)}}-1}{\log_2(1+r)}`,
  },
  unit: 'ratio',
  properties: { differentiable: false, minimum: 0, maximum: 1, symmetric: false, robust: true },
  values: 'group',
  cost: 'a sort for each list',
  references: [
    {
      title: 'Järvelin and Kekäläinen (2002), Cumulated Gain-Based Evaluation of IR Techniques',
      url: 'https://doi.org/10.1145/582415.582418',
    },
    {
      title:
        'McSherry and Najork (2008), Computing Information Retrieval Performance Measures Efficiently in the Presence of Tied Scores',
      url: 'https://doi.org/10.1007/978-3-540-78646-7_38',
    },
  ],
  pitfalls: [
    'Without --group the whole file is one list.',
    'The gain is 2^y - 1 as in XGBoost and LightGBM; scikit-learn takes y itself (gain linear). For relevance 0 and 1 both are the same.',
    'Equal scores get the mean over all their orders, as in scikit-learn; other libraries go by the order of the rows.',
    'A list without any relevance is perfect by default, which flatters: choose --empty 0 or skip where such lists are many.',
    'Short lists are easy: an average over lists of different lengths hides the long ones.',
  ],
  equivalents: {
    sklearn: {
      call: '1 - sklearn.metrics.ndcg_score([relevance], [pred], k=None)',
      params: { gain: 'linear', empty: '0' },
    },
    torchmetrics: {
      call: '1 - torchmetrics.retrieval.RetrievalNormalizedDCG(empty_target_action="neg")(pred, relevance, indexes=group)',
      params: { gain: 'linear', empty: '0' },
    },
    xgboost: '1 - eval_metric="ndcg@k"; "ndcg@k-" is empty 0',
    lightgbm: '1 - metric="ndcg", eval_at=k',
  },
  examples: [
    { inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, losses: [0.036059566683346665] },
    { inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, params: { gain: 'linear' }, losses: [0.049765583210164305] },
    { inputs: { target: [1, 0, 2], pred: [1, 1, 1] }, losses: [0.21748977141904], note: 'equal scores: the mean over all orders' },
  ],
  kernel({ target, pred }, { k, gain, empty }, n, out, norm) {
    if (anyNaN(target, n) || anyNaN(pred, n)) {
      out[0] = Number.NaN;
      return;
    }
    const depth = k === 0 ? n : Math.min(k, n);
    const gains = gainsOf(target, n, gain);
    const best = ideal(gains);
    const whole = dcg(best, depth);
    if (whole === 0) {
      out[0] = empty === '0' ? 1 : 0;
      norm[0] = empty === 'skip' ? 0 : 1;
      return;
    }
    const order = descending(pred, target, n);
    let lost = 0; // what is missing at each rank, so that a nearly perfect order keeps its digits
    for (let start = 0, end = 0; start < depth; start = end) {
      const least = gains[order[start]];
      let above = 0;
      for (; end < n && pred[order[end]] === pred[order[start]]; end++) above += gains[order[end]] - least;
      const expected = least + above / (end - start);
      for (let at = start; at < Math.min(end, depth); at++) lost += (best[at] - expected) * discount(at + 1);
    }
    out[0] = lost / whole;
  },
});
