import { defineRowLoss } from '../define.ts';
import { oneOf, real, spread } from '../inputs.ts';
import { erf } from '../math/erf.ts';

const ROOT_TWO_OVER_PI = 0.7978845608028654;
const ONE_OVER_ROOT_PI = 0.5641895835477563;

export const crpsNormal = defineRowLoss({
  name: 'crps-normal',
  aliases: ['crps-gaussian'],
  task: 'forecasting',
  summary: 'Distance between a predicted normal distribution and what happened, in units of the target; outliers count linearly.',
  inputs: {
    target: real('observed value'),
    pred: real('predicted mean'),
    spread: oneOf({ std: spread('predicted standard deviation'), var: spread('predicted variance') }, 'std'),
  },
  params: {},
  formula: {
    text: 's (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi));  z = (target - pred) / s',
    latex: String.raw`\sigma\Bigl(z\,(2\Phi(z)-1)+2\varphi(z)-\frac{1}{\sqrt\pi}\Bigr),\quad z=\frac{y-\mu}{\sigma}`,
  },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: true, symmetric: true, robust: true },
  elements: 'mean',
  references: [
    {
      title: 'Gneiting et al. (2005), Calibrated Probabilistic Forecasting Using Ensemble Model Output Statistics',
      url: 'https://doi.org/10.1175/MWR2904.1',
    },
  ],
  pitfalls: [
    'A variance passed as --std is the usual slip: nothing fails, every number is wrong. Name the role after what the column holds.',
    'A spread of 0 gives the absolute error; even a perfect mean costs 0.2337 standard deviations otherwise.',
    'In units of the target, unlike gaussian-nll in nats: it can be compared with mae.',
  ],
  equivalents: {
    scoringrules: 'scoringrules.crps_normal(target, pred, std)',
    properscoring: 'properscoring.crps_gaussian(target, pred, std)',
  },
  examples: [
    {
      inputs: { target: [0, 1], pred: [0, 0], std: [1, 0] },
      losses: [0.23369497725510913, 1],
      value: 0.6168474886275546,
      note: 'without spread it is the absolute error',
    },
  ],
  kernel({ target, pred, spread }, _params, n, out) {
    const { role, data } = spread;
    for (let i = 0; i < n; i++) {
      const e = target[i] - pred[i];
      const s = role === 'std' ? data[i] : Math.sqrt(data[i]);
      const z = e / s;
      out[i] =
        s === 0 ? Math.abs(e) : e * erf(z * Math.SQRT1_2) + s * (ROOT_TWO_OVER_PI * Math.exp(-0.5 * z * z) - ONE_OVER_ROOT_PI);
    }
  },
});
