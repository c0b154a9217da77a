import { defineGroupLoss } from '../define.ts';
import { relevance, scalar } from '../inputs.ts';
import { listNll } from '../math/lists.ts';
import { boolean } from '../params.ts';

export const rankingSoftmax = defineGroupLoss({
  name: 'ranking-softmax',
  aliases: ['listwise-softmax', 'query-softmax', 'softmax-loss', 'ranking-softmax-loss', 'binary-listnet'],
  task: 'ranking',
  summary: 'Cross-entropy of picking the relevant items of a list, each as often as it is relevant, by a softmax over the scores.',
  inputs: { target: relevance('relevance of the item'), pred: scalar('score of the item') },
  params: { normalizeLabels: boolean('relevance as shares of its sum over the list', false) },
  formula: {
    text: '-sum over i of y_i ln softmax(pred)_i; with normalizeLabels divided by sum(y)',
    latex: String.raw`-\sum_i y_i\ln\frac{e^{s_i}}{\sum_j e^{s_j}}`,
  },
  unit: 'nats',
  properties: { convexIn: 'pred', differentiable: true, symmetric: false, robust: false },
  values: 'group',
  cost: 'one pass over a list; guessing costs ln n for every unit of relevance, so longer lists cost more',
  references: [
    {
      title: 'Bruch et al. (2019), An Analysis of the Softmax Cost Function for Learning to Rank',
      url: 'https://doi.org/10.1145/3341981.3344221',
    },
  ],
  pitfalls: [
    'Without --group the whole file is one list.',
    'Not normalised, as in Optax, a list counts as often as its relevance adds up to; TensorFlow Ranking, CatBoost and allRank normalise.',
    'A list without any relevance costs 0; normalised, it has no value and leaves the mean.',
    'Values of lists of different lengths cannot be compared: guessing costs ln n.',
    'What TensorFlow Ranking calls softmax loss: that of classes is cross-entropy.',
  ],
  equivalents: {
    torch: {
      call: 'torch.nn.functional.cross_entropy(pred, relevance / relevance.sum()) of each list',
      params: { normalizeLabels: true },
    },
    optax: 'optax.losses.ranking_softmax_loss(pred, relevance)',
    'tensorflow-ranking': 'tfr.keras.losses.SoftmaxLoss(): normalizeLabels',
    catboost: 'QuerySoftMax: divided by the relevance of all lists together',
  },
  examples: [
    { inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, losses: [3.3123918160101846] },
    { inputs: { target: [1, 0, 2], pred: [0.5, 1.5, 2] }, params: { normalizeLabels: true }, losses: [1.1041306053367284] },
  ],
  kernel({ target, pred }, { normalizeLabels }, n, out, norm) {
    const { cost, share } = listNll(target, pred, n);
    out[0] = cost;
    if (!normalizeLabels) return;
    if (share === 0) norm[0] = 0;
    else out[0] = cost / share;
  },
});
