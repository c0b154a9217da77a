import { defineRowLoss } from '../define.ts';
import { count, positive } from '../inputs.ts';
import { poissonDivergence } from '../math/deviance.ts';
import { stirlingRest } from '../math/log-factorial.ts';
import { minusLog1p } from '../math/logarithm.ts';

export const negativeBinomialNll = defineRowLoss({
  name: 'negative-binomial-nll',
  aliases: ['nb-nll', 'negbin-nll', 'nb2-nll'],
  task: 'regression',
  summary: 'Negative log-likelihood of counts that vary more than Poisson counts, with predicted mean and dispersion.',
  inputs: {
    target: count('observed count'),
    pred: positive('predicted mean'),
    dispersion: positive('predicted dispersion alpha: the variance is mean + alpha mean^2'),
  },
  params: {},
  formula: {
    text: '-(ln Gamma(y+r) - ln Gamma(r) - ln y! + r ln(r / (r+m)) + y ln(m / (r+m)));  y = target, m = pred, r = 1 / dispersion',
    latex: String.raw`-\ln\frac{\Gamma(y+r)}{\Gamma(r)\,y!}-r\ln\frac{r}{r+\hat y}-y\ln\frac{\hat y}{r+\hat y},\quad r=1/\alpha`,
  },
  unit: 'nats',
  properties: { differentiable: true, symmetric: false, robust: true },
  elements: 'mean',
  references: [
    { title: 'Hilbe (2011), Negative Binomial Regression', url: 'https://doi.org/10.1017/CBO9780511973420' },
    { title: 'Salinas et al. (2020), DeepAR', url: 'https://arxiv.org/abs/1704.04110' },
    { title: 'Loader (2000), Fast and Accurate Computation of Binomial Probabilities' },
  ],
  pitfalls: [
    'Libraries parametrise it differently: dispersion here is alpha of statsmodels (NB2) and 1 / theta of R; PyTorch and SciPy take r = 1 / dispersion and a probability.',
    'As the dispersion goes to 0 it becomes poisson-nll with its full constant.',
    'For a model with one dispersion for all rows give a column that holds it.',
  ],
  equivalents: {
    torch: '-torch.distributions.NegativeBinomial(1 / dispersion, logits=torch.log(dispersion * pred)).log_prob(target)',
    scipy: '-scipy.stats.nbinom.logpmf(target, 1 / dispersion, 1 / (1 + dispersion * pred))',
  },
  examples: [
    {
      inputs: { target: [0, 2], pred: [1, 1], dispersion: [1, 1] },
      losses: [0.6931471805599453, 2.0794415416798357],
      value: 1.3862943611198906,
      note: 'dispersion 1 is the geometric distribution: 1/2 and 1/8',
    },
  ],
  kernel({ target, pred, dispersion }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const y = target[i];
      const m = pred[i];
      const a = dispersion[i];
      if (y === 0) {
        out[i] = Math.log1p(a * m) / a;
        continue;
      }
      // Loader's form: no difference of large logarithms of factorials, also where r is huge and the distribution nearly Poisson.
      const r = 1 / a;
      const share = (1 + a * y) / (1 + a * m);
      const x = (a * (y - m)) / (1 + a * m); // share - 1
      out[i] =
        0.5 * Math.log(2 * Math.PI * y) +
        0.5 * Math.log1p(a * y) +
        (stirlingRest(y) + stirlingRest(r) - stirlingRest(r + y)) +
        ((Math.abs(x) < 0.2 ? minusLog1p(x) : x - Math.log(share)) / a + poissonDivergence(y, m * share));
    }
  },
});
