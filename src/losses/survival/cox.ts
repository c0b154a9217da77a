import { defineGroupLoss } from '../define.ts';
import { pairSign, positiveScalar, scalar } from '../inputs.ts';
import { anyNaN } from '../math/order.ts';
import { riskSets } from '../math/risk-sets.ts';
import { choice } from '../params.ts';

export const cox = defineGroupLoss({
  name: 'cox',
  aliases: ['cox-ph', 'cox-nloglik', 'cox-partial-likelihood', 'partial-likelihood', 'deepsurv'],
  task: 'survival',
  summary: 'Negative log partial likelihood: at each event, how likely it was to happen to whom it did among all still at risk.',
  inputs: {
    pred: scalar('log hazard: larger is sooner'),
    time: positiveScalar('time of the event, or until which there was none'),
    event: pairSign('whether the event was seen, or the row is censored'),
  },
  params: {
    ties: choice(
      'events at the same time: each against all at risk (breslow), or in the mean of their orders (efron)',
      ['breslow', 'efron'],
      'breslow',
    ),
    normalizer: choice('what the mean divides by: the events, or all rows', ['events', 'rows'], 'events'),
  },
  formula: {
    text: 'mean over events i of ln(sum of e^pred_j over all j with time_j >= time_i) - pred_i',
    latex: String.raw`\frac{1}{|E|}\sum_{i\in E}\Big[\ln\!\!\sum_{j:\,t_j\ge t_i}\!\! e^{s_j}-s_i\Big]`,
  },
  unit: 'nats',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: false, robust: false },
  values: 'group',
  cost: 'a sort of the group; guessing costs the mean of ln(number at risk), so values of different groups cannot be compared',
  references: [
    { title: 'Cox (1972), Regression Models and Life-Tables', url: 'https://doi.org/10.1111/j.2517-6161.1972.tb00899.x' },
    { title: 'Breslow (1974), Covariance Analysis of Censored Survival Data', url: 'https://doi.org/10.2307/2529620' },
    {
      title: "Efron (1977), The Efficiency of Cox's Likelihood Function for Censored Data",
      url: 'https://doi.org/10.1080/01621459.1977.10480613',
    },
  ],
  pitfalls: [
    'Groups are strata: events are compared within a group only. Without --group the file is one stratum; --batch-size changes the value.',
    'The mean divides by the events of all groups, as XGBoost does; --normalizer rows divides by all rows. --reduction sum is the negative ' +
      'log partial likelihood, whose negative CatBoost reports. None shows the sum of a group.',
    'pred is a log hazard. The metric of XGBoost takes hazard ratios e^pred, and its labels carry a minus sign where censored.',
    'Implementations by a cumulative sum over sorted rows (DeepSurv, pycox) depend on the order of rows with equal times.',
    'A group without events has no value and leaves the mean; with --normalizer rows it counts as 0.',
  ],
  equivalents: {
    lifelines: '-CoxPHFitter().fit(...).log_likelihood_ / events: efron',
    statsmodels: '-PHReg(time, x, event, ties="breslow").loglike(params) / events',
    xgboost: 'eval_metric="cox-nloglik": breslow, over events',
    pycox: 'CoxPHLoss(): nearly breslow',
  },
  examples: [
    {
      inputs: { pred: [0.5, -1, 2], time: [1, 2, 3], event: [1, 0, 1] },
      losses: [1.7413112966571571],
      value: 0.8706556483285786,
      note: 'two events: the first among three, the last alone',
    },
    { inputs: { pred: [0, 0, 0], time: [1, 1, 2], event: [1, 1, 1] }, losses: [2.1972245773362196] },
    { inputs: { pred: [0, 0, 0], time: [1, 1, 2], event: [1, 1, 1] }, params: { ties: 'efron' }, losses: [1.791759469228055] },
  ],
  kernel({ pred, time, event }, { ties, normalizer }, n, out, norm) {
    const { loss, events } = riskSets(time, (row) => event[row] > 0, pred, n, ties === 'efron');
    out[0] = anyNaN(event, n) ? Number.NaN : loss;
    norm[0] = normalizer === 'rows' ? n : events;
  },
});
