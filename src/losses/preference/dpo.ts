import { defineRowLoss } from '../define.ts';
import { logProb } from '../inputs.ts';
import { powerGap, preferenceCost } from '../math/preference.ts';
import { softplus } from '../math/softplus.ts';
import { beta, choice, flipped, number } from '../params.ts';

export const dpo = defineRowLoss({
  name: 'dpo',
  aliases: ['dpo-sigmoid', 'direct-preference-optimization', 'cdpo', 'f-dpo'],
  task: 'preference',
  summary:
    'Negative log-probability that the preferred answer wins, the reward of an answer being how much likelier the policy made it.',
  inputs: {
    chosen: logProb('log-probability of the preferred answer, summed over its tokens'),
    rejected: logProb('that of the other answer'),
    refChosen: logProb('log-probability of the preferred answer under the reference model, summed likewise'),
    refRejected: logProb('that of the other answer'),
  },
  params: {
    beta: beta(0.1),
    labelSmoothing: flipped,
    fDivergence: choice(
      'what keeps the policy near the reference (f-DPO)',
      ['reverse-kl', 'forward-kl', 'js', 'alpha'],
      'reverse-kl',
    ),
    alpha: number('order of the alpha divergence; 1 is forward-kl, 0 reverse-kl', 1, { min: 0 }),
  },
  formula: {
    text:
      '(1 - e) sp(-beta D) + e sp(beta D);  D = g(chosen - refChosen) - g(rejected - refRejected), sp(x) = ln(1 + e^x); g(r) = r ' +
      '(reverse-kl), -e^-r (forward-kl), -sp(-r) (js), (1 - e^(-alpha r)) / alpha (alpha)',
    latex: String.raw`-\ln\sigma\!\Big(\beta\Big[\ln\frac{\pi(y_w)}{\pi_{\rm ref}(y_w)}-\ln\frac{\pi(y_l)}{\pi_{\rm ref}(y_l)}\Big]\Big)`,
  },
  unit: 'nats',
  properties: { convexIn: 'chosen', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Rafailov et al. (2023), Direct Preference Optimization', url: 'https://arxiv.org/abs/2305.18290' },
    { title: 'Wang et al. (2023), Beyond Reverse KL: f-DPO', url: 'https://arxiv.org/abs/2309.16240' },
    { title: 'Mitchell (2023), A note on DPO with noisy preferences: cDPO', url: 'https://ericmitchell.ai/cdpo.pdf' },
  ],
  pitfalls: [
    'Log-probabilities are sums over the tokens of an answer. Averages make every value look like ln 2 = 0.693, which is what a policy ' +
      'equal to the reference costs.',
    'Without a reference model give columns of 0: it is then certain of both answers (reference-free).',
    'labelSmoothing is the share of pairs whose preference is wrong (cDPO). In current TRL the sigmoid loss ignores it.',
    'A low loss does not mean that the preferred answer became likelier: both may have become less likely.',
  ],
  equivalents: {
    trl: 'DPOConfig(loss_type="sigmoid", beta=0.1, f_divergence_type="reverse_kl")',
    torch: '-torch.nn.functional.logsigmoid(beta * ((chosen - ref_chosen) - (rejected - ref_rejected)))',
  },
  examples: [
    {
      inputs: { chosen: [-10, -20], rejected: [-12, -15], refChosen: [-11, -20], refRejected: [-11, -15] },
      losses: [0.5981388693815919, 0.6931471805599453],
      note: 'a policy equal to the reference costs ln 2',
    },
  ],
  kernel({ chosen, rejected, refChosen, refRejected }, { beta, labelSmoothing, fDivergence, alpha }, n, out) {
    const order = fDivergence === 'alpha' ? alpha : fDivergence === 'forward-kl' ? 1 : 0;
    for (let i = 0; i < n; i++) {
      const a = chosen[i] - refChosen[i];
      const b = rejected[i] - refRejected[i];
      out[i] = preferenceCost(beta * (fDivergence === 'js' ? softplus(-b) - softplus(-a) : powerGap(a, b, order)), labelSmoothing);
    }
  },
});
