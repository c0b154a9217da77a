import { defineRowLoss } from '../define.ts';
import { logProb, meanNll } from '../inputs.ts';
import { log1mexp } from '../math/preference.ts';
import { softplus } from '../math/softplus.ts';
import { beta } from '../params.ts';

export const orpo = defineRowLoss({
  name: 'orpo',
  aliases: ['odds-ratio-preference-optimization'],
  task: 'preference',
  summary:
    'Negative log-likelihood of the preferred answer plus the log of how its odds compare with those of the other: one stage, no reference.',
  inputs: {
    chosen: { ...logProb('log-probability of the preferred answer, its mean over the tokens'), open: true },
    rejected: { ...logProb('that of the other answer'), open: true },
    nll: meanNll('negative log-likelihood to be trained on, its mean over the tokens; often that of prompt and answer'),
  },
  params: { beta: beta(0.1) },
  formula: {
    text: 'nll + beta ln(1 + e^-r);  r = (chosen - ln(1 - e^chosen)) - (rejected - ln(1 - e^rejected))',
    latex: String.raw`\mathrm{nll}-\beta\ln\sigma\!\Big(\ln\frac{p_w}{1-p_w}-\ln\frac{p_l}{1-p_l}\Big)`,
  },
  unit: 'nats',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [{ title: 'Hong, Lee and Thorne (2024), ORPO', url: 'https://arxiv.org/abs/2403.07691' }],
  pitfalls: [
    'Log-probabilities are means over tokens. Sums are the usual slip: 1 - p is then 1, and odds are probabilities.',
    'beta is the lambda of the paper. With the default the value is mostly nll.',
    'TRL takes nll over prompt and answer, not over the answer alone.',
    'A log-probability of 0 has infinite odds and is refused.',
  ],
  equivalents: { trl: 'ORPOConfig(beta=0.1)' },
  examples: [
    { inputs: { chosen: [-0.5, -1], rejected: [-1.5, -1], nll: [0.5, 1] }, losses: [0.5170859217146478, 1.0693147180559945] },
  ],
  kernel({ chosen, rejected, nll }, { beta }, n, out) {
    for (let i = 0; i < n; i++) {
      const a = chosen[i] - log1mexp(chosen[i]);
      const b = rejected[i] - log1mexp(rejected[i]);
      out[i] = nll[i] + beta * softplus(b - a);
    }
  },
});
