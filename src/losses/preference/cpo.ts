import { defineRowLoss } from '../define.ts';
import { logProb, meanNll } from '../inputs.ts';
import { powerGap, preferenceCost } from '../math/preference.ts';
import { beta, flipped, number } from '../params.ts';

export const cpo = defineRowLoss({
  name: 'cpo',
  aliases: ['contrastive-preference-optimization', 'alphapo'],
  task: 'preference',
  summary: 'Preferences without a reference model, the likelihood of the preferred answer added so that it does not fall.',
  inputs: {
    chosen: logProb('log-probability of the preferred answer, summed over its tokens'),
    rejected: logProb('that of the other answer'),
    nll: meanNll('negative log-likelihood of the preferred answer, its mean over the tokens'),
  },
  params: {
    beta: beta(0.1),
    cpoAlpha: number('weight of nll', 1, { min: 0 }),
    labelSmoothing: flipped,
    alpha: number('bends the reward to (1 - p^-alpha) / alpha (AlphaPO); 0 is ln p', 0),
  },
  formula: {
    text:
      '(1 - e) sp(-beta D) + e sp(beta D) + cpoAlpha nll;  D = chosen - rejected, or with alpha (e^(-alpha rejected) - e^(-alpha ' +
      'chosen)) / alpha, sp(x) = ln(1 + e^x)',
    latex: String.raw`-\ln\sigma\big(\beta\,[\ln\pi(y_w)-\ln\pi(y_l)]\big)+\lambda\,\mathrm{nll}(y_w)`,
  },
  unit: 'nats',
  properties: { convexIn: 'chosen', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Xu et al. (2024), Contrastive Preference Optimization', url: 'https://arxiv.org/abs/2401.08417' },
    { title: 'Gupta et al. (2025), AlphaPO', url: 'https://arxiv.org/abs/2501.03884' },
  ],
  pitfalls: [
    'Log-probabilities are sums, nll is a mean over tokens: the two parts have different scales, and cpoAlpha balances them.',
    'Long answers have smaller log-probabilities: a preferred answer that is longer starts with a large loss.',
    'With cpoAlpha 0 it is dpo without a reference; nll is then read and not used.',
    'Nothing is clipped: with alpha an answer of log-probability -1000 makes the value overflow.',
  ],
  equivalents: { trl: 'CPOConfig(loss_type="sigmoid", beta=0.1, cpo_alpha=1.0); AlphaPO with loss_type="alphapo"' },
  examples: [
    {
      inputs: { chosen: [-10, -20], rejected: [-30, -20], nll: [0.5, 1] },
      losses: [0.6269280110429725, 1.6931471805599454],
    },
  ],
  kernel({ chosen, rejected, nll }, { beta, cpoAlpha, labelSmoothing, alpha }, n, out) {
    for (let i = 0; i < n; i++) {
      out[i] = preferenceCost(beta * powerGap(chosen[i], rejected[i], alpha), labelSmoothing) + cpoAlpha * nll[i];
    }
  },
});
