import { defineRowLoss } from '../define.ts';
import { logProb, pairLabel } from '../inputs.ts';
import { sigmoid } from '../math/softplus.ts';
import { beta, number } from '../params.ts';

export const kto = defineRowLoss({
  name: 'kto',
  aliases: ['kahneman-tversky-optimization'],
  task: 'preference',
  summary:
    'How far answers marked good or bad, one at a time, are from being better or worse than the reference point of human gains and losses.',
  inputs: {
    logProbs: logProb('log-probability of the answer, summed over its tokens'),
    refLogProbs: logProb('that under the reference model'),
    target: pairLabel('whether the answer is desirable'),
  },
  params: {
    beta: beta(0.1),
    desirableWeight: number('factor on desirable answers', 1, { min: 0 }),
    undesirableWeight: number('factor on undesirable answers', 1, { min: 0 }),
    referenceKl: number('the reference point: divergence of the policy from the reference, estimated beforehand', 0, { min: 0 }),
  },
  formula: {
    text: 'desirableWeight (1 - s(beta (r - referenceKl))) if desirable, else undesirableWeight (1 - s(beta (referenceKl - r)));  r = logProbs - refLogProbs, s = sigmoid',
    latex: String.raw`\lambda_y-\lambda_y\,\sigma\big(\pm\beta\,(r-z)\big),\quad r=\ln\frac{\pi(y)}{\pi_{\rm ref}(y)}`,
  },
  unit: 'ratio',
  properties: { differentiable: true, minimum: 0, maximum: 1, symmetric: false, robust: true },
  references: [
    {
      title: 'Ethayarajh et al. (2024), KTO: Model Alignment as Prospect Theoretic Optimization',
      url: 'https://arxiv.org/abs/2402.01306',
    },
  ],
  pitfalls: [
    'The reference point is a property of the policy, not of a row: TRL estimates it in each batch from mismatched prompts and answers. ' +
      'Here it is --reference-kl, one number for the file, so that the value does not depend on batches. It is max(0, the mean of ' +
      'logProbs - refLogProbs over mismatched pairs); --kl is the column of a VAE.',
    'A policy equal to the reference costs half of the weights, 0.5 by default, if referenceKl is 0.',
    'The weights multiply values and not the denominator: a mean with them is not comparable with one without.',
  ],
  equivalents: { trl: 'KTOConfig(loss_type="kto", beta=0.1, desirable_weight=1.0, undesirable_weight=1.0)' },
  examples: [{ inputs: { logProbs: [-10, -10], refLogProbs: [-20, -10], target: [1, 0] }, losses: [0.2689414213699951, 0.5] }],
  kernel({ logProbs, refLogProbs, target }, { beta, desirableWeight, undesirableWeight, referenceKl }, n, out) {
    for (let i = 0; i < n; i++) {
      const x = beta * (logProbs[i] - refLogProbs[i] - referenceKl);
      const y = target[i];
      out[i] = y * desirableWeight * sigmoid(-x) + (1 - y) * undesirableWeight * sigmoid(x);
    }
  },
});
