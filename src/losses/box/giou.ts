import { defineRowLoss } from '../define.ts';
import { box } from '../inputs.ts';
import { boxOverlap, noOverlap } from '../math/box-overlap.ts';
import { boxes, number } from '../params.ts';

export const giou = defineRowLoss({
  name: 'giou',
  aliases: ['generalized-iou', 'generalized-box-iou'],
  task: 'box',
  summary: 'One minus the generalised overlap of two boxes: like IoU where they meet, and still a distance where they do not.',
  inputs: { target: box('true box'), pred: box('predicted box') },
  params: { eps: number('added to the areas that are divided by', 1e-7, { min: 0 }), boxes },
  formula: {
    text: '1 - I / (U + eps) + (C - U) / (C + eps);  I intersection, U union, C the smallest box around both',
    latex: String.raw`1-\frac{I}{U+\varepsilon}+\frac{C-U}{C+\varepsilon}`,
  },
  unit: 'ratio',
  properties: { differentiable: 'almost-everywhere', minimum: 0, maximum: 2, symmetric: true, robust: true },
  references: [
    { title: 'Rezatofighi et al. (2019), Generalized Intersection over Union', url: 'https://arxiv.org/abs/1902.09630' },
  ],
  pitfalls: [
    'Boxes given as x, y, width, height but read as corners score near 0, which looks perfect: say --boxes xywh.',
    'Two equal boxes of area 0 cost 1, not 0: there is no overlap to measure.',
    'eps is an area: in coordinates scaled to [0, 1] a box of side 1e-4 costs 0.909 against itself. Set it to 0, or scale the boxes.',
    'torchvision reduces nothing by default (none) and gives 0 for no boxes; here an empty file is an error.',
  ],
  equivalents: {
    torchvision: 'torchvision.ops.generalized_box_iou_loss(pred, target, eps=1e-7).mean()',
    torchmetrics: {
      call: '1 - torchmetrics.functional.detection.generalized_intersection_over_union(pred, target)',
      params: { eps: 0 },
    },
    monai: {
      call: 'monai.losses.BoxGIoULoss()(pred, target)',
      params: { eps: 2 ** -23 },
      note: 'computes in float32, whatever the boxes are',
    },
    mmdet: 'GIoULoss(eps=1e-6)',
  },
  examples: [
    {
      inputs: { target: [[2, 2, 4, 4]], pred: [[1, 1, 3, 3]] },
      params: { eps: 0 },
      losses: [1.0793650793650793],
      value: 1.0793650793650793,
    },
    {
      inputs: { target: [[0, 0, 1, 1]], pred: [[3, 0, 4, 1]] },
      params: { eps: 0 },
      losses: [1.5],
      note: 'apart: half of the box around both is empty',
    },
  ],
  kernel({ target, pred }, { eps }, n, out) {
    const overlap = noOverlap();
    for (let i = 0; i < n; i++) {
      boxOverlap(target.data, pred.data, 4 * i, overlap);
      const { difference, union, enclosure } = overlap;
      out[i] = (difference + eps) / (union + eps) + (enclosure - union) / (enclosure + eps); // 1 - I / (U + eps), uncancelled
    }
  },
});
