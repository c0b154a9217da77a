import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { softplus } from '../math/softplus.ts';
import { number } from '../params.ts';

export const bradleyTerry = defineRowLoss({
  name: 'bradley-terry',
  aliases: ['bt', 'reward-model', 'reward-modeling', 'pairwise-logsigmoid'],
  task: 'preference',
  summary: 'Negative log-probability that the preferred answer wins, given the rewards of both: the loss of reward models.',
  inputs: { chosen: real('reward of the preferred answer'), rejected: real('reward of the other answer') },
  params: {
    margin: number('by how much the reward must win', 0, { min: 0 }),
    centerCoef: number('factor on the square of the sum of both rewards, which keeps them around 0', 0, { min: 0 }),
  },
  formula: {
    text: 'ln(1 + e^-(chosen - rejected - margin)) + centerCoef (chosen + rejected)^2',
    latex: String.raw`-\ln\sigma(r_w-r_l-m)+\kappa\,(r_w+r_l)^2`,
  },
  unit: 'nats',
  properties: { convexIn: 'chosen', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'Bradley and Terry (1952), Rank Analysis of Incomplete Block Designs', url: 'https://doi.org/10.2307/2334029' },
    {
      title: 'Ouyang et al. (2022), Training language models to follow instructions with human feedback',
      url: 'https://arxiv.org/abs/2203.02155',
    },
    { title: 'Eisenstein et al. (2023), Helping or Herding?: centred rewards', url: 'https://arxiv.org/abs/2312.09244' },
  ],
  pitfalls: [
    'ln 2 = 0.693 is what a model costs that gives both answers the same reward.',
    'Only differences matter: without centerCoef a constant added to all rewards changes nothing.',
    'A low loss with few ties in the data can come from a few pairs that are won by far: look at the share of pairs won, too.',
    'TRL recommends a centerCoef of 0.01 and takes margins from a column; here one margin holds for all.',
  ],
  equivalents: {
    trl: 'RewardTrainer: RewardConfig(center_rewards_coefficient=None)',
    torch: '-torch.nn.functional.logsigmoid(chosen - rejected - margin)',
  },
  examples: [
    {
      inputs: { chosen: [2, 0, 1], rejected: [1, 0, 3] },
      losses: [0.31326168751822286, 0.6931471805599453, 2.1269280110429727],
    },
    { inputs: { chosen: [1], rejected: [1] }, params: { centerCoef: 0.25 }, losses: [1.6931471805599454] },
  ],
  kernel({ chosen, rejected }, { margin, centerCoef }, n, out) {
    for (let i = 0; i < n; i++) {
      const both = chosen[i] + rejected[i];
      out[i] = softplus(margin - (chosen[i] - rejected[i])) + (centerCoef === 0 ? 0 : centerCoef * both * both);
    }
  },
});
