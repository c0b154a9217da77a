import { defineFoldLoss } from '../define.ts';
import { reals } from '../inputs.ts';
import { centredSquares } from '../math/double-double.ts';
import { addMoments } from '../math/moments.ts';
import { boolean, number } from '../params.ts';

/** Of each element: sum of squared errors, then of target and target^2. */
const PER_ELEMENT = 3;

export const rse = defineFoldLoss({
  name: 'rse',
  aliases: ['relative-squared-error', '1-r2', 'one-minus-r2', 'r2-loss'],
  task: 'regression',
  summary: 'Squared error relative to that of always saying the mean: 1 - R2, so 0 is perfect and 1 as good as a constant.',
  inputs: { target: reals('observed value'), pred: reals('predicted value') },
  params: {
    squared: boolean('as it is; false gives its root', true),
    eps: number('smallest sum of squares the errors are divided by', 0, { min: 0 }),
    forceFinite: boolean('1 for a constant target that is not met, as in scikit-learn, instead of infinity', false),
  },
  formula: {
    text: 'sum(w (pred - target)^2) / sum(w (target - mean)^2);  for vectors the mean over elements',
    latex: String.raw`\frac{\sum_i w_i(\hat y_i-y_i)^2}{\sum_i w_i(y_i-\bar y)^2}=1-R^2`,
  },
  unit: 'ratio',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'scikit-learn: r2_score',
      url: 'https://scikit-learn.org/stable/modules/model_evaluation.html#r2-score-the-coefficient-of-determination',
    },
  ],
  pitfalls: [
    'A constant target has nothing to explain: the value is infinite, or 0 when the prediction is perfect.',
    'The mean is that of the rows at hand: values of slices, shards and folds are relative to different means and cannot be averaged.',
    'A large offset of the target costs other implementations digits: sum(y^2) - sum(y)^2 / n cancels. Here it holds to offsets of 1e9 times the spread.',
  ],
  equivalents: {
    sklearn: { call: '1 - sklearn.metrics.r2_score(target, pred)', params: { forceFinite: true } },
    keras: {
      call: '1 - keras.metrics.R2Score()',
      params: { forceFinite: true },
      note: 'a constant target that is met gives NaN',
    },
    torchmetrics: {
      call: 'torchmetrics.RelativeSquaredError(squared=True)',
      params: { eps: 2 ** -52 },
      note: 'eps is that of float64; of float32 it is 1.2e-7',
    },
  },
  examples: [
    { inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, value: 0.051391862955032166 },
    { inputs: { target: [1, 2, 3], pred: [2, 2, 2] }, value: 1, note: 'the mean as prediction' },
  ],
  slots({ target }) {
    return 1 + PER_ELEMENT * target.width;
  },
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
      }
    }
  },
  finish(slots, { squared, eps, forceFinite }, rest) {
    const width = (slots.length - 1) / PER_ELEMENT;
    const double = (slot: number) => ({ high: slots[slot], low: rest[slot] });
    let sum = 0;
    for (let slot = 1; slot < slots.length; slot += PER_ELEMENT) {
      const errors = slots[slot];
      const squares = Math.max(centredSquares(double(0), double(slot + 1), double(slot + 2)), eps);
      const ratio = errors === 0 ? 0 : forceFinite && squares === 0 ? 1 : errors / squares;
      sum += squared ? ratio : Math.sqrt(ratio);
    }
    return { value: sum / width, denominator: slots[0] };
  },
});
