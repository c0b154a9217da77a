import { defineRowLoss } from '../define.ts';
import { box } from '../inputs.ts';
import { centreDistance, overlapLoss, sideDistance } from '../math/box-distance.ts';
import { boxOverlap, noOverlap } from '../math/box-overlap.ts';
import { boxEps, boxes } from '../params.ts';

export const eiou = defineRowLoss({
  name: 'eiou',
  aliases: ['efficient-iou', 'efficient-box-iou'],
  task: 'box',
  summary:
    'Overlap, distance of the centres and differences of the sides of two boxes: sides in place of the aspect ratio of ciou.',
  inputs: { target: box('true box'), pred: box('predicted box') },
  params: { eps: boxEps, boxes },
  formula: {
    text: 'diou + (w1 - w2)^2 / (W^2 + eps) + (h1 - h2)^2 / (H^2 + eps);  W, H sides of the smallest box around both',
    latex: String.raw`1-\frac{I}{U+\varepsilon}+\frac{\rho^2}{d^2+\varepsilon}+\frac{(w_1-w_2)^2}{W^2+\varepsilon}+\frac{(h_1-h_2)^2}{H^2+\varepsilon}`,
  },
  unit: 'ratio',
  properties: { differentiable: 'almost-everywhere', minimum: 0, maximum: 4, symmetric: true, robust: true },
  references: [
    {
      title: 'Zhang et al. (2022), Focal and Efficient IOU Loss for Accurate Bounding Box Regression',
      url: 'https://arxiv.org/abs/2101.08158',
    },
  ],
  pitfalls: [
    'This is EIoU; Focal-EIoU multiplies it by IoU^gamma, which makes boxes that do not meet cost 0.',
    'Two equal boxes of area 0 cost 1, not 0: there is no overlap to measure.',
    'eps is an area: in coordinates scaled to [0, 1] it outweighs boxes smaller than about 1e-3. Set it to 0, or scale the boxes.',
  ],
  equivalents: { mmdet: 'EIoULoss(eps=1e-6): its smooth point makes it quadratic near 0; the same without' },
  examples: [
    {
      inputs: { target: [[2, 2, 4, 4]], pred: [[1, 1, 3, 3]] },
      params: { eps: 0 },
      losses: [0.9682539682539683],
      value: 0.9682539682539683,
      note: 'the same sides: equal to diou',
    },
    {
      inputs: { target: [[0, 0, 2, 2]], pred: [[0, 0, 4, 2]] },
      params: { eps: 0 },
      losses: [0.8],
      note: '1/2 for the overlap, 1/20 for the distance, 1/4 for the width',
    },
  ],
  kernel({ target, pred }, { eps }, n, out) {
    const overlap = noOverlap();
    for (let i = 0; i < n; i++) {
      boxOverlap(target.data, pred.data, 4 * i, overlap);
      const distances =
        centreDistance(target.data, pred.data, 4 * i, overlap, eps) + sideDistance(target.data, pred.data, 4 * i, overlap, eps);
      out[i] = overlapLoss(overlap, eps) + distances;
    }
  },
});
