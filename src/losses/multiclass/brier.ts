import { defineRowLoss } from '../define.ts';
import { classIndex, classLogits, classProbs, oneOf } from '../inputs.ts';
import { indexOfMax, logTail, negativeLog } from '../math/softmax.ts';
import { sigmoid } from '../math/softplus.ts';
import { choice, temperature } from '../params.ts';
import { complement } from './of-likelihood.ts';

export const brier = defineRowLoss({
  name: 'brier',
  aliases: ['brier-score'],
  task: 'multiclass',
  summary: 'Squared error of probabilities: a proper score that stays bounded however certain and wrong the model is.',
  inputs: {
    target: classIndex('class index; 0 or 1 for one probability'),
    scores: oneOf(
      {
        probs: classProbs('probability of class 1, or one for each class'),
        logits: classLogits('logit of class 1, or one for each class'),
      },
      'probs',
    ),
  },
  params: {
    scaleByHalf: choice('half of the sum over classes: auto does so for two classes', ['auto', 'true', 'false'], 'auto'),
    temperature,
  },
  bestConstant: () => 'mean',
  formula: {
    text: 'sum over classes of (p_c - [c = target])^2;  for two classes half of it, which is (p - target)^2',
    latex: String.raw`\sum_c\left(p_c-\mathbb 1[c=y]\right)^2`,
  },
  unit: 'prob^2',
  properties: { convexIn: 'probs', differentiable: true, minimum: 0, maximum: 2, symmetric: false, robust: true },
  references: [
    {
      title: 'Brier (1950), Verification of Forecasts Expressed in Terms of Probability',
      url: 'https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2',
    },
    { title: 'Gneiting and Raftery (2007), Strictly Proper Scoring Rules', url: 'https://doi.org/10.1198/016214506000001437' },
  ],
  pitfalls: [
    'Two scales are in use: for two classes up to 1 (here and in scikit-learn), for more up to 2. Brier himself summed always.',
    'Always saying the base rate b scores b (1 - b): compare with that.',
    'Values of data sets with other base rates are not comparable.',
  ],
  equivalents: {
    sklearn: {
      call: 'sklearn.metrics.brier_score_loss(target, probs, scale_by_half="auto")',
      note: 'before 1.7 for two classes only',
    },
  },
  examples: [
    { inputs: { target: [1, 0], probs: [0.75, 0.5] }, losses: [0.0625, 0.25], value: 0.15625 },
    {
      inputs: {
        target: [0, 2],
        probs: [
          [0.5, 0.25, 0.25],
          [0.5, 0.25, 0.25],
        ],
      },
      losses: [0.375, 0.875],
      value: 0.625,
    },
  ],
  kernel({ target, scores }, { scaleByHalf }, n, out) {
    const { role, data, width } = scores;
    const fromProbs = role === 'probs';
    const factor = scaleByHalf === 'true' || (scaleByHalf === 'auto' && width <= 2) ? 1 : 2;
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const y = target.data[i];
      if (width === 1) {
        const x = data[i];
        const off = y === 1 ? (fromProbs ? 1 - x : sigmoid(-x)) : fromProbs ? x : sigmoid(x);
        out[i] = factor * off * off + 0 * y; // a missing class has no score
        continue;
      }
      let top = 0;
      let tail = 0;
      if (!fromProbs) {
        const at = indexOfMax(data, start, width);
        top = data[at];
        tail = logTail(data, start, width, at);
      }
      let sum = 0 * y;
      for (let c = 0; c < width; c++) {
        const x = data[start + c];
        const nl = fromProbs ? 0 : negativeLog('logits', x, top, tail);
        const off = c === y ? (fromProbs ? 1 - x : complement(nl)) : fromProbs ? x : Math.exp(-nl);
        sum += off * off;
      }
      out[i] = 0.5 * factor * sum;
    }
  },
});
