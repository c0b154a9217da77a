import { defineFoldLoss } from '../define.ts';
import { reals } from '../inputs.ts';
import { centredSquares } from '../math/double-double.ts';
import { addMoments } from '../math/moments.ts';
import { choice } from '../params.ts';

/** Of each element: sums of squared errors, target and target^2, then the largest of target and of -target. */
const PER_ELEMENT = 5;

export const nrmse = defineFoldLoss({
  name: 'nrmse',
  aliases: ['normalized-rmse', 'normalised-rmse', 'normalized-root-mean-squared-error'],
  task: 'regression',
  summary: 'Root mean squared error as a share of how large, or how spread, the targets are: comparable between data sets.',
  inputs: { target: reals('observed value'), pred: reals('predicted value') },
  params: {
    normalization: choice(
      'what the rmse is a share of, all of the target; signed-mean keeps the sign of the mean',
      ['mean', 'range', 'std', 'l2', 'signed-mean'],
      'mean',
    ),
  },
  formula: {
    text: 'sqrt(sum(w (pred - target)^2) / sum(w)) / d;  d = |mean|, max - min, sqrt(variance) or sqrt(sum(w target^2)) of the target',
    latex: String.raw`\frac{1}{d}\sqrt{\frac{\sum_i w_i(\hat y_i-y_i)^2}{\sum_i w_i}},\quad d\in\{|\bar y|,\,\max y-\min y,\,\sigma_y,\,\lVert y\rVert_2\}`,
  },
  unit: 'ratio',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'TorchMetrics: NormalizedRootMeanSquaredError',
      url: 'https://lightning.ai/docs/torchmetrics/stable/regression/normalized_root_mean_squared_error.html',
    },
  ],
  pitfalls: [
    'Four numbers go by this name: say which normalization. std divides by n, not by n - 1; its square is rse.',
    'With mean, targets around 0 make it explode; with range, one outlier makes it small.',
    'l2 divides by the norm of the whole column, so it falls as rows are added.',
    'What it is a share of may be 0 (all targets alike, with range and std): it is then infinite, or 0 for a perfect prediction.',
    'Row weights do not change the range; rows of weight 0 are not in it.',
  ],
  equivalents: {
    torchmetrics: {
      call: 'torchmetrics.NormalizedRootMeanSquaredError(normalization="mean")',
      params: { normalization: 'signed-mean' },
      note: 'vector rows: num_outputs=D gives a value for each element, whose mean it is',
    },
  },
  examples: [
    { inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, params: { normalization: 'range' }, value: 0.0816496580927726 },
    { inputs: { target: [1, 3], pred: [2, 2] }, params: { normalization: 'std' }, value: 1, note: 'the mean as prediction' },
  ],
  slots({ target }) {
    return 1 + PER_ELEMENT * target.width;
  },
  combine: (slot) => (slot > 0 && (slot - 1) % PER_ELEMENT >= 3 ? 'max' : 'sum'),
  fold({ target, pred }, _params, n, weight, into) {
    const { width } = target;
    for (let i = 0; i < n; i++) {
      const w = weight[i];
      into.add(0, w);
      for (let j = 0; j < width; j++) {
        const slot = 1 + PER_ELEMENT * j;
        const y = target.data[i * width + j];
        const e = pred.data[i * width + j] - y;
        addMoments(into, slot, w, y, e);
        if (w === 0) continue;
        into.add(slot + 3, y);
        into.add(slot + 4, -y);
      }
    }
  },
  finish(slots, { normalization }, rest) {
    const width = (slots.length - 1) / PER_ELEMENT;
    const double = (slot: number) => ({ high: slots[slot], low: rest[slot] });
    let sum = 0;
    for (let slot = 1; slot < slots.length; slot += PER_ELEMENT) {
      const share = {
        mean: () => Math.abs(slots[slot + 1] / slots[0]),
        'signed-mean': () => slots[slot + 1] / slots[0],
        range: () => slots[slot + 3] + slots[slot + 4],
        std: () => Math.sqrt(centredSquares(double(0), double(slot + 1), double(slot + 2)) / slots[0]),
        l2: () => Math.sqrt(slots[slot + 2]),
      }[normalization]();
      const root = Math.sqrt(slots[slot] / slots[0]);
      sum += root === 0 ? 0 : root / share;
    }
    return { value: sum / width, denominator: slots[0] };
  },
});
