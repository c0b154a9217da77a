import { defineRowLoss } from '../define.ts';
import { classIndex, logits } from '../inputs.ts';
import { softplus } from '../math/softplus.ts';
import { number } from '../params.ts';

export const ovaLogloss = defineRowLoss({
  name: 'ova-logloss',
  aliases: ['multiclass-ova', 'multiclass-one-vs-all', 'one-vs-all', 'ova', 'ovr'],
  task: 'multiclass',
  summary:
    'Mean over classes of the binary cross-entropy of each class against the rest: classes that need not exclude each other.',
  inputs: { target: classIndex('class index'), logits: logits('a score for each class, before its sigmoid') },
  params: { sigmoid: number('factor on the scores, as in LightGBM', 1, { min: 0, open: true }) },
  formula: {
    text: '1 / C times the sum of ln(1 + e^-a_y) and, over other classes, ln(1 + e^a_c);  a = sigmoid times logits',
    latex: String.raw`\frac1C\left(\ln(1+e^{-k z_y})+\sum_{c\neq y}\ln(1+e^{k z_c})\right)`,
  },
  unit: 'nats',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'CatBoost: MultiClassOneVsAll', url: 'https://catboost.ai/docs/en/concepts/loss-functions-multiclassification' },
    {
      title: 'Rifkin and Klautau (2004), In Defense of One-Vs-All Classification',
      url: 'https://www.jmlr.org/papers/v5/rifkin04a.html',
    },
  ],
  pitfalls: [
    'It divides by the number of classes, as CatBoost does; a sum over classes is C times as large.',
    'The metric LightGBM reports for objective multiclassova is multi_logloss, that of normalised probabilities: another number.',
    'The probabilities of the classes do not sum to 1.',
  ],
  equivalents: {
    catboost: 'eval_metric="MultiClassOneVsAll"',
    lightgbm: 'objective="multiclassova", sigmoid=1.0',
  },
  examples: [
    { inputs: { target: [0], logits: [[0, 0, 0]] }, losses: [0.6931471805599453], value: 0.6931471805599453 },
    { inputs: { target: [0], logits: [[2, -1, 0]] }, losses: [0.3777789597070469], value: 0.3777789597070469 },
  ],
  kernel({ target, logits: { data, width } }, { sigmoid }, n, out) {
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const own = start + target.data[i];
      let sum = 0 * own; // keeps NaN
      for (let c = start; c < start + width; c++) sum += softplus(c === own ? -sigmoid * data[c] : sigmoid * data[c]);
      out[i] = sum / width;
    }
  },
});
