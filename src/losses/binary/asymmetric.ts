import { defineRowLoss } from '../define.ts';
import { logit, oneOf, prob, sign } from '../inputs.ts';
import { sigmoid, softplus } from '../math/softplus.ts';
import { number, temperature } from '../params.ts';

export const asymmetric = defineRowLoss({
  name: 'asymmetric',
  aliases: ['asl', 'asymmetric-multilabel', 'asymmetric-focal'],
  task: 'binary',
  summary: 'Focal loss with its own exponent for negatives, and easy negatives left out: tags of which most are absent.',
  inputs: {
    target: sign('label, or one for each of several'),
    scores: oneOf(
      { logits: logit('score whose sigmoid is the probability'), probs: prob('predicted probability of the label') },
      'logits',
    ),
  },
  params: {
    gammaNeg: number('how fast easy negatives fade', 4, { min: 0 }),
    gammaPos: number('how fast easy positives fade', 1, { min: 0 }),
    clip: number('taken off the probability of negatives: up to here they cost nothing', 0.05, { min: 0, max: 1 }),
    eps: number('least argument of the logarithm: 0 lets a certain and wrong label cost infinity', 1e-8, { min: 0, max: 1 }),
    temperature,
  },
  formula: {
    text:
      'label 1: -(1 - p)^gammaPos ln max(p, eps);  label 0: -m^gammaNeg ln max(1 - m, eps) with m = max(p - clip, 0);  ' +
      'p = sigmoid(logit)',
    latex: String.raw`\begin{cases}-(1-p)^{\gamma_+}\ln p & y=1\\ -p_m^{\gamma_-}\ln(1-p_m) & y=0\end{cases},\quad p_m=\max(p-m,0)`,
  },
  unit: 'nats',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'Ben-Baruch et al. (2021), Asymmetric Loss For Multi-Label Classification', url: 'https://arxiv.org/abs/2009.14119' },
    { title: 'Its reference implementation', url: 'https://github.com/Alibaba-MIIL/ASL' },
  ],
  pitfalls: [
    'The reference implementation sums over labels and rows: --reduction sum. The mean divides by both.',
    'The eps of the reference ends the loss of a label at 18.42, however wrong the logit: with --eps 0 it goes on.',
    'gammaNeg 4, gammaPos 1 are the defaults of the code; the paper mostly takes gammaPos 0.',
    'Labels are there or not: soft labels are refused.',
  ],
  equivalents: { timm: 'timm.loss.AsymmetricLossMultiLabel(gamma_neg=4, gamma_pos=1, clip=0.05, eps=1e-8): sum' },
  examples: [
    {
      inputs: { target: [1, 0, 0], probs: [0.5, 0.5, 0.04] },
      losses: [0.34657359027997264, 0.02451505351223516, 0],
      value: 0.1236962145974026,
    },
  ],
  kernel({ target, scores: { role, data } }, { gammaNeg, gammaPos, clip, eps }, n, out) {
    const fromProbs = role === 'probs';
    const most = -Math.log(eps);
    for (let i = 0; i < n; i++) {
      const x = data[i];
      const p = fromProbs ? x : sigmoid(x);
      if (target[i] > 0) {
        const miss = fromProbs ? 1 - x : sigmoid(-x);
        const loss = fromProbs ? -Math.log(x) : softplus(-x);
        out[i] = miss ** gammaPos * Math.min(loss, most);
      } else {
        const shifted = Math.max(p - clip, 0);
        const loss = fromProbs || clip > 0 ? -Math.log1p(-shifted) : softplus(x);
        out[i] = shifted ** gammaNeg * Math.min(loss, most) + 0 * target[i]; // keeps NaN
      }
    }
  },
});
