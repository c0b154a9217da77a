import { defineRowLoss } from '../define.ts';
import { box } from '../inputs.ts';
import { centreDistance, overlapLoss } from '../math/box-distance.ts';
import { boxOverlap, noOverlap } from '../math/box-overlap.ts';
import { boxEps, boxes } from '../params.ts';

export const diou = defineRowLoss({
  name: 'diou',
  aliases: ['distance-iou', 'distance-box-iou'],
  task: 'box',
  summary: 'Overlap of two boxes and the distance of their centres: pulls boxes together also where they do not meet.',
  inputs: { target: box('true box'), pred: box('predicted box') },
  params: { eps: boxEps, boxes },
  formula: {
    text: '1 - I / (U + eps) + r^2 / (d^2 + eps);  r distance of the centres, d diagonal of the smallest box around both',
    latex: String.raw`1-\frac{I}{U+\varepsilon}+\frac{\rho^2}{d^2+\varepsilon}`,
  },
  unit: 'ratio',
  properties: { differentiable: 'almost-everywhere', minimum: 0, maximum: 2, symmetric: true, robust: true },
  references: [{ title: 'Zheng et al. (2020), Distance-IoU Loss', url: 'https://arxiv.org/abs/1911.08287' }],
  pitfalls: [
    'A box inside another one with the same centre costs no more than by IoU: ciou and eiou compare the shapes as well.',
    'Two equal boxes of area 0 cost 1, not 0: there is no overlap to measure.',
    'eps is an area: in coordinates scaled to [0, 1] a box of side 1e-4 costs 0.909 against itself. Set it to 0, or scale the boxes.',
    'torchvision reduces nothing by default (none) and gives 0 for no boxes; here an empty file is an error.',
  ],
  equivalents: {
    torchvision: 'torchvision.ops.distance_box_iou_loss(pred, target, eps=1e-7).mean()',
    torchmetrics: {
      call: '1 - torchmetrics.functional.detection.distance_intersection_over_union(pred, target)',
      differs: 'it adds 1e-7 to the squared diagonal and nothing to the union',
    },
    mmdet: 'DIoULoss(eps=1e-6)',
  },
  examples: [
    {
      inputs: { target: [[2, 2, 4, 4]], pred: [[1, 1, 3, 3]] },
      params: { eps: 0 },
      losses: [0.9682539682539683],
      value: 0.9682539682539683,
      note: '6/7 for the overlap, 2/18 for the distance',
    },
  ],
  kernel({ target, pred }, { eps }, n, out) {
    const overlap = noOverlap();
    for (let i = 0; i < n; i++) {
      boxOverlap(target.data, pred.data, 4 * i, overlap);
      out[i] = overlapLoss(overlap, eps) + centreDistance(target.data, pred.data, 4 * i, overlap, eps);
    }
  },
});
