import { defineGroupLoss } from '../define.ts';
import { scalar } from '../inputs.ts';
import { riskSets } from '../math/risk-sets.ts';
import { choice } from '../params.ts';

export const listmle = defineGroupLoss({
  name: 'listmle',
  aliases: ['plackett-luce', 'plackett-luce-nll'],
  task: 'ranking',
  summary: 'Negative log-likelihood of the true order under the Plackett-Luce model: items drawn one after the other by softmax.',
  inputs: { target: scalar('relevance of the item: more is better'), pred: scalar('score of the item') },
  params: {
    ties: choice(
      'items of equal relevance: each against all of them (breslow), or in the mean of their orders (efron)',
      ['breslow', 'efron'],
      'breslow',
    ),
  },
  formula: {
    text: 'sum over i of ln(sum of e^pred_j over all j with target_j <= target_i) - pred_i',
    latex: String.raw`\sum_i\Big[\ln\!\!\sum_{j:\,y_j\le y_i}\!\! e^{s_j}-s_i\Big]`,
  },
  unit: 'nats',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: false, robust: false },
  values: 'group',
  cost: 'a sort and one pass over a list; guessing costs ln n!, so the length of the lists decides how large the value is',
  references: [
    {
      title: 'Xia et al. (2008), Listwise Approach to Learning to Rank: Theory and Algorithm',
      url: 'https://doi.org/10.1145/1390156.1390306',
    },
    { title: 'Plackett (1975), The Analysis of Permutations', url: 'https://doi.org/10.2307/2346567' },
    { title: 'Breslow (1974), Covariance Analysis of Censored Survival Data: ties', url: 'https://doi.org/10.2307/2529620' },
    {
      title: "Efron (1977), The Efficiency of Cox's Likelihood Function for Censored Data: ties",
      url: 'https://doi.org/10.1080/01621459.1977.10480613',
    },
  ],
  pitfalls: [
    'Without --group the whole file is one list.',
    'Equal relevance has no order, and here the order of the rows is none: each of the equal items is held against all of them. allRank ' +
      'and TensorFlow Ranking draw an order at random and give a little less, about what --ties efron gives.',
    'For one certain order of equal items make their relevance differ by a little: only its order counts.',
    'A value is the sum over the list, as in the paper and in allRank, not its mean: long lists dominate.',
    'With relevance in a few grades most of the value comes from the many irrelevant items, whose order nobody asked for.',
  ],
  equivalents: {
    allrank: 'listMLE(pred, relevance, eps=1e-10): ties in random order',
    'tensorflow-ranking': 'tfr.keras.losses.ListMLELoss(): ties in random order',
  },
  examples: [{ inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, losses: [1.9173922928549512] }],
  kernel({ target, pred }, { ties }, n, out) {
    const place = new Float64Array(n);
    for (let i = 0; i < n; i++) place[i] = -target[i]; // the best item is the first event
    out[0] = riskSets(place, () => true, pred, n, ties === 'efron').loss;
  },
});
