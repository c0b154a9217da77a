import { defineRowLoss } from '../define.ts';
import { classIndex, logits } from '../inputs.ts';
import { distanceFromTop, indexOfMax, logTail } from '../math/softmax.ts';
import { boolean, ignoreIndex, number, temperature } from '../params.ts';

export const zLoss = defineRowLoss({
  name: 'z-loss',
  aliases: ['log-z-loss', 'logit-regularisation'],
  task: 'sequence',
  summary: 'Square of the logarithm of the softmax normaliser: keeps logits from drifting, as an addition to token-ce.',
  inputs: {
    target: {
      ...classIndex('token that came at this position; it decides nothing but what is ignored, unless includeCe'),
      optional: true,
    },
    logits: logits('a score for each token of the vocabulary'),
  },
  params: {
    coef: number('factor on the square', 1e-4, { min: 0 }),
    includeCe: boolean('with the cross-entropy of the token added, as it is trained', false),
    ignoreIndex,
    temperature,
  },
  refuse({ includeCe }, roles) {
    return includeCe && !roles.includes('target') ? 'include-ce needs --target: there is no cross-entropy without it' : undefined;
  },
  formula: {
    text: 'coef ln(sum of e^logits)^2; with includeCe plus -ln softmax(logits)_target',
    latex: String.raw`c\,\Big(\ln\sum_v e^{z_v}\Big)^2`,
  },
  unit: 'nats^2',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Chowdhery et al. (2022), PaLM: Scaling Language Modeling with Pathways', url: 'https://arxiv.org/abs/2204.02311' },
    {
      title: 'Zoph et al. (2022), ST-MoE: Designing Stable and Transferable Sparse Expert Models',
      url: 'https://arxiv.org/abs/2202.08906',
    },
  ],
  pitfalls: [
    'Only logits have it: for log-probabilities the normaliser is 1 and the loss 0.',
    'Without --target every row counts, also those that token-ce ignores.',
    'The target is never inferred here: name it, and rows with the ignored index leave the mean.',
    'Adding a constant to all logits changes no probability, and this loss.',
    'Convex only where the normaliser is at least 1: logits that are all far below 0 cost as well.',
  ],
  equivalents: {
    torch: 'coef * torch.logsumexp(logits, -1) ** 2',
    olmo: 'z_loss of cross_entropy_loss(..., compute_z_loss=True, z_loss_multiplier=1e-4)',
    t5x: 'z_loss=1e-4 of cross_entropy_with_logits',
  },
  examples: [
    {
      inputs: {
        logits: [
          [2, 0.5, -1],
          [0, 1, 0],
        ],
      },
      params: { coef: 1 },
      losses: [5.023476328522987, 2.4069807003877037],
    },
  ],
  kernel({ target, logits }, { coef, includeCe }, n, out) {
    const { data, width } = logits;
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const at = indexOfMax(data, start, width);
      const tail = logTail(data, start, width, at);
      const logZ = data[at] + tail;
      out[i] = coef * logZ * logZ;
      if (!target) continue;
      const y = target.data[i];
      out[i] += includeCe ? distanceFromTop(data[at], data[start + y]) + tail : y * 0; // a NaN stays one
    }
  },
});
