import { defineRowLoss } from '../define.ts';
import { box } from '../inputs.ts';
import { aspectDistance, centreDistance, overlapLoss } from '../math/box-distance.ts';
import { boxOverlap, noOverlap } from '../math/box-overlap.ts';
import { boxEps, boxes } from '../params.ts';

export const ciou = defineRowLoss({
  name: 'ciou',
  aliases: ['complete-iou', 'complete-box-iou'],
  task: 'box',
  summary: 'Overlap, distance of the centres and difference of the aspect ratios of two boxes, as YOLO detectors train on.',
  inputs: { target: box('true box'), pred: box('predicted box') },
  params: { eps: boxEps, boxes },
  formula: {
    text: 'diou + v^2 / (1 - IoU + v + eps);  v = (4 / pi^2) (atan(w1 / h1) - atan(w2 / h2))^2, IoU = I / (U + eps)',
    latex: String.raw`1-\mathrm{IoU}+\frac{\rho^2}{d^2+\varepsilon}+\frac{v^2}{1-\mathrm{IoU}+v+\varepsilon},\quad v=\frac4{\pi^2}\Bigl(\arctan\frac{w_1}{h_1}-\arctan\frac{w_2}{h_2}\Bigr)^2`,
  },
  unit: 'ratio',
  properties: { differentiable: 'almost-everywhere', minimum: 0, maximum: 3, symmetric: true, robust: true },
  references: [{ title: 'Zheng et al. (2020), Distance-IoU Loss', url: 'https://arxiv.org/abs/1911.08287' }],
  pitfalls: [
    'Boxes of the same aspect ratio and different size cost nothing for their shape: eiou compares the sides.',
    'A box without width and height has no aspect ratio: it counts as upright here, torchvision gives NaN.',
    'torchvision hands eps to the term of the aspect ratio only; the overlap and the distance keep 1e-7 there whatever eps is.',
    'The factor of v is held constant by the libraries when they differentiate: the value is the same, the gradient is not that of the value.',
  ],
  equivalents: {
    torchvision: 'torchvision.ops.complete_box_iou_loss(pred, target, eps=1e-7).mean()',
    torchmetrics: {
      call: '1 - torchmetrics.functional.detection.complete_intersection_over_union(pred, target)',
      differs: 'it adds 1e-7 to the squared diagonal and to the term of the aspect ratio, and nothing to the union',
    },
    mmdet: 'CIoULoss(eps=1e-6): from an IoU of 0.5 on only',
    ultralytics: '1 - bbox_iou(box1, box2, CIoU=True, eps=1e-7)',
  },
  examples: [
    {
      inputs: { target: [[2, 2, 4, 4]], pred: [[1, 1, 3, 3]] },
      params: { eps: 0 },
      losses: [0.9682539682539683],
      value: 0.9682539682539683,
      note: 'the same aspect ratio: equal to diou',
    },
    {
      inputs: { target: [[0, 0, 2, 2]], pred: [[0, 0, 4, 2]] },
      params: { eps: 0 },
      losses: [0.553248129298557],
      note: '1/2 for the overlap, 1/20 for the distance, the rest for the shape',
    },
  ],
  kernel({ target, pred }, { eps }, n, out) {
    const overlap = noOverlap();
    for (let i = 0; i < n; i++) {
      boxOverlap(target.data, pred.data, 4 * i, overlap);
      const apart = overlapLoss(overlap, eps);
      const v = aspectDistance(target.data, pred.data, 4 * i);
      const shape = v === 0 ? 0 : (v * v) / (apart + v + eps); // equal boxes without eps: 0 / 0
      out[i] = apart + centreDistance(target.data, pred.data, 4 * i, overlap, eps) + shape;
    }
  },
});
