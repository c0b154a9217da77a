import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { gammaDivergence, poissonDivergence, tweedieDivergence } from '../math/deviance.ts';
import { number } from '../params.ts';

export const tweedieDeviance = defineRowLoss({
  name: 'tweedie-deviance',
  aliases: ['mean-tweedie-deviance', 'tweediedeviancescore'],
  task: 'regression',
  summary: 'Deviance of a distribution whose variance grows as mean^power: 0 squared error, 1 Poisson, 2 gamma, between them both.',
  inputs: { target: real('observed value'), pred: real('predicted mean') },
  params: { power: number('the variance is proportional to mean^power; there is nothing between 0 and 1', 0) },
  domain({ power }) {
    const above = { min: 0, open: true };
    const hint = `with power ${power} means are above 0${power < 0 ? '' : power < 2 ? ', targets at least 0' : ', targets too'}`;
    if (power === 0) return {};
    if (power < 0) return { pred: { ...above, hint } };
    return { pred: { ...above, hint }, target: power < 2 ? { min: 0, hint } : { ...above, hint } };
  },
  refuse({ power }) {
    return power > 0 && power < 1 ? `there is no Tweedie distribution with a power between 0 and 1, such as ${power}` : undefined;
  },
  bestConstant: () => 'mean',
  formula: {
    text: '2 (max(target, 0)^(2-p) / ((1-p)(2-p)) - target pred^(1-p) / (1-p) + pred^(2-p) / (2-p)), and its limits at p = 1 and 2',
    latex: String.raw`2\Bigl(\frac{\max(y,0)^{2-p}}{(1-p)(2-p)}-\frac{y\,\hat y^{1-p}}{1-p}+\frac{\hat y^{2-p}}{2-p}\Bigr)`,
  },
  unit: 'target^(2 - power)',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    {
      title: 'Jorgensen (1987), Exponential Dispersion Models',
      url: 'https://doi.org/10.1111/j.2517-6161.1987.tb01685.x',
    },
    { title: 'scikit-learn: mean_tweedie_deviance', url: 'https://scikit-learn.org/stable/modules/model_evaluation.html' },
  ],
  pitfalls: [
    'Values of different powers are in different units: choose the power by the data, not by the smaller value.',
    'For amounts that are often 0 the power lies between 1 and 2: 1.5 is a usual start. The default 0 is mse.',
    'Plain formulas lose all digits for powers near 1 and 2, and for predictions near the target.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.mean_tweedie_deviance(target, pred, power=0)',
    torchmetrics: 'torchmetrics.TweedieDevianceScore(power=0.0)',
  },
  examples: [
    {
      inputs: { target: [0, 1, 4], pred: [1, 1, 1] },
      params: { power: 1.5 },
      losses: [4, 0, 4],
      value: 2.6666666666666665,
    },
    { inputs: { target: [3, -0.5], pred: [2.5, 0] }, losses: [0.25, 0.25], value: 0.25, note: 'power 0 is the squared error' },
  ],
  kernel({ target, pred }, { power }, n, out) {
    if (power === 0) {
      for (let i = 0; i < n; i++) {
        const e = pred[i] - target[i];
        out[i] = e * e;
      }
    } else if (power === 1) {
      for (let i = 0; i < n; i++) out[i] = 2 * poissonDivergence(target[i], pred[i]);
    } else if (power === 2) {
      for (let i = 0; i < n; i++) out[i] = 2 * gammaDivergence(target[i], pred[i]);
    } else {
      for (let i = 0; i < n; i++) out[i] = 2 * tweedieDivergence(target[i], pred[i], power);
    }
  },
});
