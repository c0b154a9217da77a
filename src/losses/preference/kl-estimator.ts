import { defineRowLoss } from '../define.ts';
import { logProbOfToken } from '../inputs.ts';
import { minusLog1p } from '../math/logarithm.ts';
import { choice } from '../params.ts';

export const klEstimator = defineRowLoss({
  name: 'kl-estimator',
  aliases: ['approx-kl', 'kl-k3', 'k3'],
  task: 'preference',
  summary: 'Divergence of a policy from its reference, estimated from the log-probabilities of tokens the policy sampled.',
  inputs: {
    logProbs: logProbOfToken('log-probability of the sampled token under the policy'),
    refLogProbs: logProbOfToken('that under the reference'),
  },
  params: {
    kind: choice(
      'k1: unbiased, may be negative; k2: biased, half a square; k3: unbiased and never negative',
      ['k1', 'k2', 'k3'],
      'k3',
    ),
  },
  formula: {
    text: 'd = refLogProbs - logProbs;  k1: -d, k2: d^2 / 2, k3: e^d - 1 - d',
    latex: String.raw`d=\ln\frac{\pi_{\rm ref}}{\pi},\quad k_1=-d,\ k_2=\tfrac12 d^2,\ k_3=e^d-1-d`,
  },
  unit: 'nats',
  properties: { convexIn: 'logProbs', differentiable: true, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'Schulman (2020), Approximating KL Divergence' },
    { title: 'Shao et al. (2024), DeepSeekMath: GRPO', url: 'https://arxiv.org/abs/2402.03300' },
  ],
  pitfalls: [
    'It estimates KL(policy || reference) only if the tokens were sampled from the policy: on tokens of the reference it is another number.',
    'Called k3 it is the default; k1 and k2 are --kind k1 and --kind k2, not names of losses.',
    'k1 has the right mean and much noise, and a file with few tokens may give a negative value.',
    'k3 grows as e^d where the policy finds a token much less likely than the reference: one such token can be all of the mean.',
    'The mean is over tokens; the divergence of a whole answer is the sum over its tokens.',
  ],
  equivalents: {
    trl: 'per_token_kl of GRPOTrainer is k3; kl_estimator="k1" or "k3" of RLOO and PPO',
    torch: 'torch.expm1(ref - logp) - (ref - logp)',
  },
  examples: [
    { inputs: { logProbs: [-1, -2], refLogProbs: [-2, -2] }, losses: [0.36787944117144233, 0] },
    { inputs: { logProbs: [-1, -2], refLogProbs: [-2, -1] }, params: { kind: 'k1' }, losses: [1, -1] },
  ],
  kernel({ logProbs, refLogProbs }, { kind }, n, out) {
    for (let i = 0; i < n; i++) {
      const d = refLogProbs[i] - logProbs[i];
      if (kind === 'k1') out[i] = -d;
      else if (kind === 'k2') out[i] = 0.5 * d * d;
      else out[i] = Math.abs(d) < 0.2 ? minusLog1p(Math.expm1(d)) : Math.expm1(d) - d;
    }
  },
});
