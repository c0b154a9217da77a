import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { softplus } from '../math/softplus.ts';

export const bpr = defineRowLoss({
  name: 'bpr',
  aliases: ['bayesian-personalized-ranking', 'bayesian-personalised-ranking'],
  task: 'ranking',
  summary: 'Negative log-probability that a taken item scores above one that was not taken: recommending from clicks.',
  inputs: { positive: real('score of the item that was taken'), negative: real('score of one that was not') },
  params: {},
  formula: { text: 'ln(1 + e^-(positive - negative))', latex: String.raw`-\ln\sigma(s^+-s^-)` },
  unit: 'nats',
  properties: { convexIn: 'positive', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    {
      title: 'Rendle et al. (2009), BPR: Bayesian Personalized Ranking from Implicit Feedback',
      url: 'https://arxiv.org/abs/1205.2618',
    },
  ],
  pitfalls: [
    'ln 2 = 0.693 is what guessing costs. The value depends on how negatives were drawn: popular or hard ones make it larger.',
    "The paper's criterion adds a penalty on the parameters of the model; a file of predictions knows nothing of them.",
    'The paper maximises ln sigmoid; this is its negative, so lower is better.',
  ],
  equivalents: {
    torch: '-torch.nn.functional.logsigmoid(positive - negative)',
    recbole: 'BPRLoss(gamma=1e-10): -ln(gamma + sigmoid), which ends at 23.03',
  },
  examples: [
    {
      inputs: { positive: [2, 0, 1], negative: [1, 0, 3] },
      losses: [0.31326168751822286, 0.6931471805599453, 2.1269280110429727],
    },
  ],
  kernel({ positive, negative }, _params, n, out) {
    for (let i = 0; i < n; i++) out[i] = softplus(negative[i] - positive[i]);
  },
});
