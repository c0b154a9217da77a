import { defineRowLoss } from '../define.ts';
import { classes, logits, oneOf, probs } from '../inputs.ts';
import { indexOfMax, logTail, negativeLog } from '../math/softmax.ts';
import { boolean, temperature } from '../params.ts';
import { complement } from './of-likelihood.ts';

export const rps = defineRowLoss({
  name: 'rps',
  aliases: ['ranked-probability-score', 'ordinal-brier'],
  task: 'multiclass',
  summary: 'Squared error of the cumulative probabilities of ordered classes: being off by two costs more than being off by one.',
  inputs: {
    target: classes('index of the ordered class, or a probability for each class'),
    scores: oneOf({
      probs: probs('a probability for each class, in their order'),
      logits: logits('a score for each class, before softmax'),
    }),
  },
  params: { normalize: boolean('divide by the number of classes less one: then at most 1', false), temperature },
  bestConstant: () => 'mean',
  formula: {
    text: 'sum over k < C of (P_k - Q_k)^2;  P, Q the cumulative sums of prediction and target',
    latex: String.raw`\sum_{k=1}^{C-1}\left(\sum_{c\le k}p_c-\sum_{c\le k}q_c\right)^2`,
  },
  unit: 'prob^2',
  properties: { convexIn: 'probs', differentiable: true, minimum: 0, symmetric: false, robust: true },
  references: [
    {
      title: 'Epstein (1969), A Scoring System for Probability Forecasts of Ranked Categories',
      url: 'https://doi.org/10.1175/1520-0450(1969)008%3C0985:ASSFPF%3E2.0.CO;2',
    },
    { title: 'Gneiting and Raftery (2007), Strictly Proper Scoring Rules', url: 'https://doi.org/10.1198/016214506000001437' },
  ],
  pitfalls: [
    'Classes must be given in their order: with names, --classes says it.',
    'Some packages divide by the number of classes less one: --normalize.',
    'With two classes it is the binary Brier score.',
  ],
  equivalents: {
    r: 'verification::rps(obs, pred): normalised',
    scoringrules: 'scoringrules.rps_score(target, probs): classes counted from 1',
  },
  examples: [
    {
      inputs: {
        target: [0, 2],
        probs: [
          [0.5, 0.25, 0.25],
          [0.5, 0.25, 0.25],
        ],
      },
      losses: [0.3125, 0.8125],
      value: 0.5625,
    },
    {
      inputs: {
        target: [0, 2],
        probs: [
          [0.5, 0.25, 0.25],
          [0.5, 0.25, 0.25],
        ],
      },
      params: { normalize: true },
      losses: [0.15625, 0.40625],
      value: 0.28125,
    },
  ],
  kernel({ target, scores }, { normalize }, n, out) {
    const { role, data, width } = scores;
    const byIndex = target.width === 1;
    const divisor = normalize ? width - 1 : 1;
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const y = target.data[i]; // the class, if targets are indices
      let top = 0;
      let tail = 0;
      if (role === 'logits') {
        const at = indexOfMax(data, start, width);
        top = data[at];
        tail = logTail(data, start, width, at);
      }
      let difference = byIndex ? 0 * y : 0; // of the cumulative sums; keeps NaN
      let sum = 0;
      for (let c = 0; c < width; c++) {
        const q = byIndex ? (c === y ? 1 : 0) : target.data[start + c];
        const x = data[start + c];
        if (role === 'probs') difference += x - q;
        else {
          const nl = negativeLog(role, x, top, tail);
          difference += q === 1 ? -complement(nl) : Math.exp(-nl) - q;
        }
        if (c < width - 1) sum += difference * difference;
        else sum += 0 * difference; // all classes together: no term, but a NaN counts
      }
      out[i] = sum / divisor;
    }
  },
});
