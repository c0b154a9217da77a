import { defineRowLoss } from '../define.ts';
import { logProb, optionalPositive } from '../inputs.ts';
import { bothLengths, preferenceCost } from '../math/preference.ts';
import { beta, flipped, number } from '../params.ts';

export const simpo = defineRowLoss({
  name: 'simpo',
  aliases: ['simple-preference-optimization'],
  task: 'preference',
  summary: 'Preferences without a reference model: the reward is the mean log-probability of a token, and must win by a margin.',
  inputs: {
    chosen: logProb('log-probability of the preferred answer, its mean over the tokens'),
    rejected: logProb('that of the other answer'),
    chosenLength: optionalPositive('tokens of the preferred answer: log-probabilities are sums, and divided by it'),
    rejectedLength: optionalPositive('tokens of the other answer'),
  },
  params: { beta: beta(0.1), gamma: number('margin by which the reward must win', 0.5), labelSmoothing: flipped },
  refuse: (_params, roles) => bothLengths(roles),
  formula: {
    text: '(1 - e) sp(-x) + e sp(x);  x = beta (chosen / chosenLength - rejected / rejectedLength) - gamma, sp(x) = ln(1 + e^x)',
    latex: String.raw`-\ln\sigma\!\Big(\frac{\beta}{|y_w|}\ln\pi(y_w)-\frac{\beta}{|y_l|}\ln\pi(y_l)-\gamma\Big)`,
  },
  unit: 'nats',
  properties: { convexIn: 'chosen', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [{ title: 'Meng, Xia and Chen (2024), SimPO', url: 'https://arxiv.org/abs/2405.14734' }],
  pitfalls: [
    'beta is 0.1 as in TRL; the paper takes 2 to 2.5, and its gamma is 0.5 to 1.5. With 0.1 the margin of 0.5 dominates the value.',
    'Log-probabilities are means over tokens: pass sums only with --chosen-length and --rejected-length.',
    'TRL writes gamma as gamma / beta inside the difference, which is the same.',
  ],
  equivalents: { trl: 'CPOConfig(loss_type="simpo", cpo_alpha=0, beta=0.1, simpo_gamma=0.5)' },
  examples: [
    {
      inputs: { chosen: [-1, -2], rejected: [-2, -1] },
      params: { beta: 2, gamma: 0 },
      losses: [0.1269280110429726, 2.1269280110429727],
    },
  ],
  kernel({ chosen, rejected, chosenLength, rejectedLength }, { beta, gamma, labelSmoothing }, n, out) {
    for (let i = 0; i < n; i++) {
      const a = chosenLength ? chosen[i] / chosenLength.data[i] : chosen[i];
      const b = rejectedLength ? rejected[i] / rejectedLength.data[i] : rejected[i];
      out[i] = preferenceCost(beta * (a - b) - gamma, labelSmoothing);
    }
  },
});
