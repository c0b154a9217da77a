import { defineRowLoss } from '../define.ts';
import { box } from '../inputs.ts';
import { overlapLoss } from '../math/box-distance.ts';
import { boxOverlap, noOverlap } from '../math/box-overlap.ts';
import { boxEps, boxes } from '../params.ts';

export const boxIou = defineRowLoss({
  name: 'box-iou',
  aliases: ['iou-loss', 'box-iou-loss'],
  task: 'box',
  summary: 'One minus the share of their union that two boxes have in common: the measure detectors are judged by.',
  inputs: { target: box('true box'), pred: box('predicted box') },
  params: { eps: boxEps, boxes },
  formula: {
    text: '1 - I / (U + eps);  I intersection, U union of the two boxes',
    latex: String.raw`1-\frac{I}{U+\varepsilon}`,
  },
  unit: 'ratio',
  properties: { differentiable: 'almost-everywhere', minimum: 0, maximum: 1, symmetric: true, robust: true },
  references: [
    { title: 'Yu et al. (2016), UnitBox: An Advanced Object Detection Network', url: 'https://arxiv.org/abs/1608.01471' },
  ],
  pitfalls: [
    'Boxes that do not meet all cost 1, near or far: use giou or diou where distance should count.',
    'Two equal boxes of area 0 cost 1 here; torchvision.ops.box_iou gives NaN for them.',
    'eps is an area: in coordinates scaled to [0, 1] a box of side 1e-4 costs 0.909 against itself. Set it to 0, or scale the boxes.',
    'UnitBox takes -ln(IoU), not 1 - IoU; mmdet calls the linear one IoULoss(mode="linear").',
    'Boxes given as x, y, width, height but read as corners give plausible numbers: say --boxes xywh.',
  ],
  equivalents: {
    torchvision: { call: '1 - torchvision.ops.box_iou(pred, target).diagonal()', params: { eps: 0 } },
    torchmetrics: {
      call: '1 - torchmetrics.functional.detection.intersection_over_union(pred, target)',
      params: { eps: 0 },
    },
    monai: {
      call: '1 - monai.data.box_utils.box_iou(pred, target).diagonal()',
      params: { eps: 2 ** -23 },
      note: 'computes in float32, whatever the boxes are',
    },
    mmdet: 'IoULoss(mode="linear", eps=1e-6)',
  },
  examples: [
    {
      inputs: { target: [[2, 2, 4, 4]], pred: [[1, 1, 3, 3]] },
      params: { eps: 0 },
      losses: [0.8571428571428571],
      value: 0.8571428571428571,
      note: 'one unit of seven is common',
    },
  ],
  kernel({ target, pred }, { eps }, n, out) {
    const overlap = noOverlap();
    for (let i = 0; i < n; i++) {
      boxOverlap(target.data, pred.data, 4 * i, overlap);
      out[i] = overlapLoss(overlap, eps);
    }
  },
});
