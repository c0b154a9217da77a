import { defineRowLoss } from '../define.ts';
import { scalar } from '../inputs.ts';
import { logRatio } from '../math/logarithm.ts';
import { logBetween, logDensity } from '../math/normal.ts';
import { log1mexp } from '../math/preference.ts';
import { softplus } from '../math/softplus.ts';
import { choice, number } from '../params.ts';

export const aftNll = defineRowLoss({
  name: 'aft-nll',
  aliases: ['aft-nloglik', 'aft', 'survival-aft', 'accelerated-failure-time'],
  task: 'survival',
  summary: 'Negative log-likelihood of times of which some are known, and some only to lie before, after or between others.',
  inputs: {
    pred: scalar('logarithm of the time that is predicted'),
    lower: {
      ...scalar('time, or the earliest it can be: 0 if it is known only to lie before upper'),
      min: 0,
      hint: 'times are 0 or more: 0 is no lower bound',
    },
    upper: {
      ...scalar('the same time again, or the latest it can be: negative, such as -1, if it is known only to lie after lower'),
      nonZero: true,
      hint: 'a negative upper bound, such as -1, is none',
    },
  },
  params: {
    dist: choice('distribution of the error of the log time', ['normal', 'logistic', 'extreme'], 'normal'),
    scale: number('scale of that distribution', 1, { min: 0, open: true }),
    eps: number('a likelihood below it counts as it', 1e-12, { min: 0, max: 1 }),
  },
  formula: {
    text:
      '-ln max(eps, L);  L = f(z) / (scale time) for a known time, else F(z of upper) - F(z of lower);  z = (ln time - pred) / scale, f ' +
      'and F density and distribution function',
    latex: String.raw`-\ln\frac{f(z)}{\sigma y}\ \text{or}\ -\ln\big(F(z_u)-F(z_l)\big),\quad z=\frac{\ln y-\hat y}{\sigma}`,
  },
  unit: 'nats',
  properties: { differentiable: true, symmetric: false, robust: true },
  references: [
    {
      title: 'Barnwal, Cho and Hocking (2020), Survival regression with accelerated failure time model in XGBoost',
      url: 'https://arxiv.org/abs/2006.04920',
    },
    { title: 'Wei (1992), The Accelerated Failure Time Model', url: 'https://doi.org/10.1002/sim.4780111409' },
  ],
  pitfalls: [
    'pred is the logarithm of a time. XGBoost predicts times, and takes the logarithm itself before it computes this.',
    'A time without an upper bound is written as a negative number, as in CatBoost; XGBoost writes infinity.',
    'Known times have densities and the others probabilities: a value depends on the unit of time, and may be negative.',
    'No row costs more than -ln eps = 27.6; bounds that are swapped cost just that.',
    'CatBoost leaves out 1 / (scale time) for known times, which adds the mean of ln(scale time).',
  ],
  equivalents: {
    xgboost: 'eval_metric="aft-nloglik", aft_loss_distribution="normal", aft_loss_distribution_scale=1.0',
    catboost: 'SurvivalAft:dist=Normal;scale=1.0',
    scipy: '-scipy.stats.norm.logpdf(log(t), pred, scale) + log(t); for censored times -logsf',
  },
  examples: [
    {
      inputs: { pred: [0, 0, 0], lower: [1, 1, 0], upper: [1, -1, 1] },
      losses: [0.9189385332046728, 0.6931471805599453, 0.6931471805599453],
      note: 'known, after, before',
    },
  ],
  kernel({ pred, lower, upper }, { dist, scale, eps }, n, out) {
    const between = dist === 'normal' ? logBetween : dist === 'logistic' ? logisticBetween : extremeBetween;
    const density = dist === 'normal' ? logDensity : dist === 'logistic' ? logisticDensity : extremeDensity;
    const most = -Math.log(eps);
    for (let i = 0; i < n; i++) {
      const [from, to, center] = [lower[i], upper[i], pred[i]];
      const low = (Math.log(from) - center) / scale;
      const high = to < 0 ? Number.POSITIVE_INFINITY : (Math.log(to) - center) / scale;
      let likelihood: number; // its logarithm
      if (Number.isNaN(from + to + center)) likelihood = Number.NaN;
      else if (from !== to) likelihood = between(low, high, to < 0 ? high : logRatio(to, from) / scale);
      else likelihood = from === 0 ? Number.NEGATIVE_INFINITY : density(low) - Math.log(scale * to);
      out[i] = Math.min(most, 0 - likelihood);
    }
  },
});

function logisticDensity(z: number): number {
  return -softplus(z) - softplus(-z);
}

function logisticBetween(from: number, to: number, gap: number): number {
  if (gap <= 0) return Number.NEGATIVE_INFINITY;
  return log1mexp(-gap) - softplus(-to) - softplus(from);
}

/** Of the smallest value (Gumbel): F(z) = 1 - e^(-e^z). */
function extremeDensity(z: number): number {
  return z - Math.exp(z);
}

function extremeBetween(from: number, to: number, gap: number): number {
  if (gap <= 0) return Number.NEGATIVE_INFINITY;
  const passed = Math.exp(from);
  return log1mexp(passed === 0 ? -Math.exp(to) : -passed * Math.expm1(gap)) - passed;
}
