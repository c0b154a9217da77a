import { defineRowLoss } from '../define.ts';
import { masses, oneOf } from '../inputs.ts';
import { poissonDivergence } from '../math/deviance.ts';
import { generalizedKlOfLog } from '../math/divergence.ts';

export const generalizedKlDiv = defineRowLoss({
  name: 'generalized-kl',
  aliases: ['convex-kl', 'convex-kl-divergence', 'i-divergence', 'generalized-kl-divergence'],
  task: 'density',
  summary: 'Kullback-Leibler divergence of masses that need not sum to 1: counts, intensities, factorised matrices.',
  inputs: {
    target: masses('mass of each class, 0 or more'),
    scores: oneOf({
      logProbs: { shape: 'vector', holds: 'real', doc: 'logarithm of the predicted mass of each class' },
      probs: masses('predicted mass of each class, 0 or more'),
    }),
  },
  params: {},
  formula: {
    text: 'sum over classes of p ln(p / q) - p + q;  p = target, q = prediction',
    latex: String.raw`\sum_c\left(p_c\ln\frac{p_c}{q_c}-p_c+q_c\right)`,
  },
  unit: 'nats',
  properties: { convexIn: 'probs', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Csiszar (1991), Why Least Squares and Maximum Entropy?',
      url: 'https://doi.org/10.1214/aos/1176348385',
    },
    { title: 'Lee and Seung (2000), Algorithms for Non-negative Matrix Factorization' },
  ],
  pitfalls: [
    'For rows that sum to 1 on both sides it is kl-div.',
    'A mass predicted as 0 where the target has some costs infinity; one the target does not have costs itself.',
    'Half of the Poisson deviance, summed over the row.',
  ],
  equivalents: {
    optax: {
      call: 'optax.losses.generalized_kl_divergence(log_probs, target)',
      note: 'in older versions convex_kl_divergence',
    },
    scipy: 'scipy.special.kl_div(target, probs).sum()',
    sklearn: {
      call: 'beta_loss="kullback-leibler" of sklearn.decomposition.NMF',
      reduction: 'sum',
      note: 'its reconstruction_err_ is the root of twice the sum',
    },
  },
  examples: [
    { inputs: { target: [[2, 1]], probs: [[1, 1]] }, losses: [0.3862943611198906], value: 0.3862943611198906 },
    { inputs: { target: [[0, 3]], probs: [[0.5, 3]] }, losses: [0.5], value: 0.5 },
  ],
  kernel({ target, scores }, _params, n, out) {
    const { role, data, width } = scores;
    const fromLog = role === 'logProbs';
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let c = i * width; c < (i + 1) * width; c++) {
        const p = target.data[c];
        const x = data[c];
        sum += fromLog ? generalizedKlOfLog(p, Math.exp(x), Math.log(p) - x) : poissonDivergence(p, x);
      }
      out[i] = sum;
    }
  },
});
