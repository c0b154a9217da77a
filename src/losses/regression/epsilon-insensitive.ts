import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { boolean, number } from '../params.ts';

export const epsilonInsensitive = defineRowLoss({
  name: 'epsilon-insensitive',
  aliases: ['svr', 'eps-insensitive', 'linear-epsilon-insensitive'],
  task: 'regression',
  summary: 'Absolute error beyond a tube of half-width epsilon, nothing inside it: the loss of support vector regression.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: {
    epsilon: number('errors up to this cost nothing, in units of the target', 0.1, { min: 0 }),
    squared: boolean('the square of what lies beyond epsilon', false),
  },
  formula: {
    text: 'max(0, |pred - target| - epsilon); squared: its square',
    latex: String.raw`\max(0,\ |\hat y-y|-\epsilon)\quad[{}^2]`,
  },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: true, robust: true },
  elements: 'mean',
  references: [
    { title: 'Vapnik (1995), The Nature of Statistical Learning Theory', url: 'https://doi.org/10.1007/978-1-4757-3264-1' },
    {
      title: 'Smola and Schoelkopf (2004), A tutorial on support vector regression',
      url: 'https://doi.org/10.1023/B:STCO.0000035301.49549.88',
    },
  ],
  pitfalls: [
    'epsilon is in units of the target: with the default 0.1 a target in [0, 1] has a wide tube, one in thousands none.',
    'A value of 0 does not mean that the predictions are right, only that all lie in the tube.',
    'Squared, its unit is the square of the target, and an outlier is no longer linear.',
  ],
  equivalents: {
    sklearn: {
      call: 'loss="epsilon_insensitive" of sklearn.linear_model.SGDRegressor(epsilon=0.1)',
      note: 'with squared it is "squared_epsilon_insensitive"; LinearSVR takes epsilon 0',
    },
  },
  examples: [
    { inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, params: { epsilon: 0.5 }, losses: [0, 0, 0, 0.5], value: 0.125 },
    { inputs: { target: [0, 0], pred: [0.5, -2] }, params: { epsilon: 1, squared: true }, losses: [0, 1], value: 0.5 },
  ],
  kernel({ target, pred }, { epsilon, squared }, n, out) {
    for (let i = 0; i < n; i++) {
      const beyond = Math.max(0, Math.abs(pred[i] - target[i]) - epsilon);
      out[i] = squared ? beyond * beyond : beyond;
    }
  },
});
