import { defineRowLoss, type Numbers } from '../define.ts';
import { logits, logProbs, oneOf, probs } from '../inputs.ts';
import { jensenShannon } from '../math/divergence.ts';
import { heldRows } from '../math/probabilities.ts';
import { indexOfMax, logTail, negativeLog } from '../math/softmax.ts';
import { logBase, renormalize, temperature } from '../params.ts';

export const jsDiv = defineRowLoss({
  name: 'js-div',
  aliases: ['jensen-shannon', 'jensen-shannon-divergence', 'jsd'],
  task: 'density',
  summary: 'Distance of two distributions from their middle: symmetric, and finite where kl-div is not.',
  inputs: {
    target: probs('target distribution over the classes'),
    scores: oneOf({
      probs: probs('a probability for each class'),
      logits: logits('a score for each class, before softmax'),
      logProbs: logProbs('a log-probability for each class'),
    }),
  },
  params: { base: logBase, renormalize, temperature },
  formula: {
    text: 'half the sum over classes of p ln(p / m) + q ln(q / m);  m = (p + q) / 2, p = target, q = prediction',
    latex: String.raw`\tfrac12\sum_c\left(p_c\ln\frac{p_c}{m_c}+q_c\ln\frac{q_c}{m_c}\right),\quad m=\tfrac12(p+q)`,
  },
  unit: 'nats',
  properties: { convexIn: 'probs', differentiable: true, minimum: 0, maximum: Math.LN2, symmetric: true, robust: true },
  references: [{ title: 'Lin (1991), Divergence Measures Based on the Shannon Entropy', url: 'https://doi.org/10.1109/18.61115' }],
  pitfalls: [
    'SciPy gives the distance, which is its square root.',
    'At most ln 2 = 0.693 nats, or 1 bit with base 2: the maximum stated here is that in nats.',
    'Rows are taken as they are, and refused where they do not sum to 1; SciPy divides them by their sums (--renormalize).',
  ],
  equivalents: {
    scipy: 'scipy.spatial.distance.jensenshannon(target, probs, base=None) ** 2',
    torchmetrics: { call: 'torchmetrics.regression.JensenShannonDivergence()', params: { renormalize: true } },
  },
  examples: [
    { inputs: { target: [[1, 0]], probs: [[0, 1]] }, losses: [0.6931471805599453], value: 0.6931471805599453 },
    { inputs: { target: [[1, 0]], probs: [[0, 1]] }, params: { base: 2 }, losses: [1], value: 1 },
    { inputs: { target: [[0.5, 0.5]], probs: [[1, 0]] }, losses: [0.21576155433883565], value: 0.21576155433883565 },
  ],
  kernel({ target, scores }, { base, renormalize }, n, out) {
    const { role, width } = scores;
    const hold = (rows: Numbers) => heldRows(rows, n, width, { renormalize, least: 0, most: 1 });
    const data = role === 'probs' ? hold(scores.data) : scores.data;
    const targets = hold(target.data);
    const unit = Math.log(base);
    for (let i = 0; i < n; i++) {
      const start = i * width;
      let top = 0;
      let tail = 0;
      if (role === 'logits') {
        const at = indexOfMax(data, start, width);
        top = data[at];
        tail = logTail(data, start, width, at);
      }
      let sum = 0;
      for (let c = start; c < start + width; c++) {
        sum += jensenShannon(targets[c], role === 'probs' ? data[c] : Math.exp(-negativeLog(role, data[c], top, tail)));
      }
      out[i] = sum / unit;
    }
  },
});
