import { defineGroupLoss } from '../define.ts';
import { scalar } from '../inputs.ts';
import { listNll } from '../math/lists.ts';

export const listnet = defineGroupLoss({
  name: 'listnet',
  aliases: ['listnet-top-one'],
  task: 'ranking',
  summary: 'Cross-entropy between who would come first by relevance and who by score, both by softmax over the list.',
  inputs: { target: scalar('relevance of the item'), pred: scalar('score of the item') },
  params: {},
  formula: {
    text: '-sum over i of softmax(target)_i ln softmax(pred)_i',
    latex: String.raw`-\sum_i \frac{e^{y_i}}{\sum_j e^{y_j}}\ln\frac{e^{s_i}}{\sum_j e^{s_j}}`,
  },
  unit: 'nats',
  properties: { convexIn: 'pred', differentiable: true, symmetric: false, robust: false },
  values: 'group',
  cost: 'one pass over a list; the least a list can cost is the entropy of its relevance, at most ln n',
  references: [
    {
      title: 'Cao et al. (2007), Learning to Rank: From Pairwise Approach to Listwise Approach',
      url: 'https://doi.org/10.1145/1273496.1273513',
    },
  ],
  pitfalls: [
    'Without --group the whole file is one list.',
    'The loss of a perfect prediction is the entropy of softmax(relevance), not 0; scores must match relevance in size, not in order alone.',
    'Relevance goes through a softmax: items of relevance 0 keep a share, and 5 against 0 is 148 times as likely.',
    'allRank adds 1e-10 inside the logarithm: there a score far behind costs at most 23.',
  ],
  equivalents: {
    torch: 'torch.nn.functional.cross_entropy(pred, torch.softmax(relevance, 0)) of each list',
    allrank: 'listNet(pred, relevance, eps=1e-10)',
  },
  examples: [{ inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, losses: [1.016238598504115] }],
  kernel({ target, pred }, _params, n, out) {
    let top = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) top = Math.max(top, target[i]);
    const odds = new Float64Array(n);
    for (let i = 0; i < n; i++) odds[i] = Math.exp(target[i] - top);
    const { cost, share } = listNll(odds, pred, n);
    out[0] = cost / share;
  },
});
