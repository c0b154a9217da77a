import { defineGroupLoss } from '../define.ts';
import { maskLogits, maskSigns } from '../inputs.ts';
import { lovaszExtension } from '../math/lovasz.ts';
import { IGNORED, ignoreIndex } from '../params.ts';

export const lovaszHinge = defineGroupLoss({
  name: 'lovasz-hinge',
  aliases: ['lovasz', 'lovasz-binary'],
  task: 'segmentation',
  summary: 'A hinge over the pixels of a mask, weighted so that it extends the jaccard loss from hard masks to scores.',
  inputs: { target: maskSigns('true mask, hard'), logits: maskLogits('score of each pixel, 0 at the border') },
  params: { ignoreIndex },
  formula: {
    text: 'sum over k of max(0, m_k) (J_k - J_k-1);  m = 1 - y z in falling order, J_k jaccard loss when the first k pixels are wrong',
    latex: String.raw`\sum_k\max(0,m_{\pi_k})\,\bigl(\Delta_J(\{\pi_1..\pi_k\})-\Delta_J(\{\pi_1..\pi_{k-1}\})\bigr),\quad m=1-y z`,
  },
  unit: 'margin',
  properties: { convexIn: 'logits', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  values: 'group',
  cost: 'a sort of all pixels of a group, which are held in memory; give each image its group, or leave it out for one value over all',
  references: [
    {
      title: 'Berman, Triki and Blaschko (2018), The Lovász-Softmax loss',
      url: 'https://arxiv.org/abs/1705.08790',
    },
  ],
  pitfalls: [
    'Over all images at once and averaged over images (--group) are two numbers, as with jaccard.',
    'It takes scores, not probabilities: a probability of 0.9 as a score is a margin not yet met.',
    'The margin is 1: scores beyond it on the right side cost nothing, and the value depends on the scale of the scores.',
    'Without any foreground it is the hinge of the highest score.',
  ],
  equivalents: {
    lovasz:
      'lovasz_hinge(logits, labels, per_image=False) of bermanmaxim/LovaszSoftmax; per_image=True is --group with an image id',
    smp: 'segmentation_models_pytorch.losses.LovaszLoss("binary", per_image=False)(logits, target)',
  },
  examples: [
    {
      inputs: { target: [[1, 1, 0, 0]], logits: [[2, 0.5, -0.5, 0.25]] },
      losses: [0.625],
      value: 0.625,
      note: '1.25 / 3 + 0.5 / 3 + 0.5 / 12: the worst pixel first',
    },
  ],
  kernel({ target, logits }, _params, n, out) {
    const pixels = n * logits.width;
    const [truth, scores] = [target.data, logits.data];
    const margins = new Float64Array(pixels);
    const inside = new Uint8Array(pixels);
    let kept = 0;
    for (let i = 0; i < pixels; i++) {
      if (truth[i] === IGNORED) continue;
      margins[kept] = 1 - truth[i] * scores[i];
      inside[kept++] = truth[i] > 0 ? 1 : 0;
    }
    out[0] = lovaszExtension(margins.subarray(0, kept), inside.subarray(0, kept));
  },
});
