import { defineRowLoss } from '../define.ts';
import { logProb, optionalPositive } from '../inputs.ts';
import { bothLengths } from '../math/preference.ts';
import { beta } from '../params.ts';

export const ipo = defineRowLoss({
  name: 'ipo',
  aliases: ['identity-preference-optimization'],
  task: 'preference',
  summary:
    'Squared distance of the preference from a fixed margin 1 / (2 beta): unlike dpo it does not ask for ever more certainty.',
  inputs: {
    chosen: logProb('log-probability of the preferred answer'),
    rejected: logProb('that of the other answer'),
    refChosen: logProb('log-probability of the preferred answer under the reference model'),
    refRejected: logProb('that of the other answer'),
    chosenLength: optionalPositive('tokens of the preferred answer: log-probabilities are sums, and divided by it'),
    rejectedLength: optionalPositive('tokens of the other answer'),
  },
  params: { beta: beta(0.1) },
  refuse: (_params, roles) => bothLengths(roles),
  formula: {
    text: '((chosen - refChosen) / chosenLength - (rejected - refRejected) / rejectedLength - 1 / (2 beta))^2; without lengths not divided',
    latex: String.raw`\Big(\frac{\ln\pi(y_w)-\ln\pi_{\rm ref}(y_w)}{|y_w|}-\frac{\ln\pi(y_l)-\ln\pi_{\rm ref}(y_l)}{|y_l|}-\frac1{2\beta}\Big)^2`,
  },
  unit: 'nats^2',
  properties: { convexIn: 'chosen', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Azar et al. (2023), A General Theoretical Paradigm to Understand Learning from Human Preferences',
      url: 'https://arxiv.org/abs/2310.12036',
    },
  ],
  pitfalls: [
    'TRL averages log-probabilities over tokens; sums give another number, often a hundred times as large. Pass averages, or sums with ' +
      '--chosen-length and --rejected-length.',
    'beta is the tau of the paper: the margin is 1 / (2 beta), 5 for 0.1, which averages rarely reach.',
    'A preference that is clearer than the margin costs as much as one that is too weak.',
  ],
  equivalents: { trl: 'DPOConfig(loss_type="ipo", beta=0.1)' },
  examples: [
    {
      inputs: { chosen: [-1, -2], rejected: [-2, -1], refChosen: [-1.5, -2], refRejected: [-1.5, -1] },
      params: { beta: 0.5 },
      losses: [0, 1],
      note: 'a policy equal to the reference costs the square of the margin',
    },
  ],
  kernel({ chosen, rejected, refChosen, refRejected, chosenLength, rejectedLength }, { beta }, n, out) {
    const margin = 1 / (2 * beta);
    for (let i = 0; i < n; i++) {
      const a = (chosen[i] - refChosen[i]) / (chosenLength ? chosenLength.data[i] : 1);
      const b = (rejected[i] - refRejected[i]) / (rejectedLength ? rejectedLength.data[i] : 1);
      const off = a - b - margin;
      out[i] = off * off;
    }
  },
});
