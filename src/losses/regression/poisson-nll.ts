import { defineRowLoss } from '../define.ts';
import { count, real } from '../inputs.ts';
import { logFactorial } from '../math/log-factorial.ts';
import { times } from '../math/logarithm.ts';
import { boolean, choice, number } from '../params.ts';

export const poissonNll = defineRowLoss({
  name: 'poisson-nll',
  aliases: ['poisson'],
  aliasNotes: {
    poisson:
      'predictions are logarithms of rates, as in PyTorch and CatBoost; Keras, LightGBM and XGBoost take rates: --no-log-input',
  },
  task: 'regression',
  summary: 'Negative log-likelihood of counts under a Poisson distribution with the predicted rate.',
  inputs: { target: count('observed count'), pred: real('predicted logarithm of the rate, or the rate with --no-log-input') },
  params: {
    logInput: boolean('pred is the logarithm of the rate', true),
    full: boolean('add ln(target!), which no model can change', false),
    factorial: choice(
      'how full computes it: by the formula of Stirling, for targets above 1 only, as PyTorch; or exactly',
      ['stirling', 'lgamma'],
      'stirling',
    ),
    eps: number('added to the rate inside the logarithm, with --no-log-input', 1e-8, { min: 0 }),
  },
  domain({ logInput }) {
    return logInput ? {} : { pred: { min: 0, hint: 'a negative rate is often a log rate: pass --log-input' } };
  },
  formula: {
    text: 'e^pred - target pred;  without logInput: pred - target ln(pred + eps);  full: + ln(target!)',
    latex: String.raw`e^{\hat y}-y\,\hat y\quad\text{or}\quad \hat\lambda-y\ln(\hat\lambda+\varepsilon)\quad[{}+\ln y!]`,
  },
  unit: 'nats',
  properties: { convexIn: 'pred', differentiable: true, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'McCullagh and Nelder (1989), Generalized Linear Models, chapter 6', url: 'https://doi.org/10.1201/9780203753736' },
  ],
  pitfalls: [
    'PyTorch and CatBoost take the logarithm of the rate; Keras, LightGBM and XGBoost report from the rate: check which one the file holds.',
    'Rates of 0 are raised to 1e-16 by XGBoost; here, as in PyTorch and Keras, eps is added to all. Negative rates give NaN in PyTorch.',
    'It can be negative, and its best value depends on the targets: only differences between models on the same rows mean something.',
    "full adds Stirling's approximation as in PyTorch, and only where the target is above 1: at 2 it adds 0.6518 in place of " +
      'ln 2 = 0.6931. XGBoost always adds the exact one: --full --factorial lgamma.',
    'A log rate above 709 overflows to infinity.',
  ],
  equivalents: {
    torch: { call: 'torch.nn.PoissonNLLLoss(log_input=True, full=False, eps=1e-8)', note: 'full=True is stirling' },
    keras: { call: 'keras.losses.Poisson()', params: { logInput: false, eps: 1e-7 } },
    xgboost: 'eval_metric="poisson-nloglik": logInput false, full true, factorial lgamma',
  },
  examples: [
    {
      inputs: { target: [2, 0, 4], pred: [1.5, 0.5, 3] },
      params: { logInput: false, eps: 0 },
      losses: [0.6890697837836711, 0.5, -1.3944491546724386],
      value: -0.06845979029625567,
      note: 'the rate form without eps',
    },
    { inputs: { target: [1, 0], pred: [0, 0] }, losses: [1, 1], value: 1, note: 'a log rate of 0 is a rate of 1' },
  ],
  kernel({ target, pred }, { logInput, full, factorial, eps }, n, out) {
    for (let i = 0; i < n; i++) {
      const y = target[i];
      const x = pred[i];
      out[i] = logInput ? Math.exp(x) - y * x : x - times(y, Math.log(x + eps));
    }
    const constant = factorial === 'lgamma' ? logFactorial : stirling;
    for (let i = 0; full && i < n; i++) out[i] += constant(target[i]);
  },
});

function stirling(y: number): number {
  return y > 1 ? y * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI * y) : 0;
}
