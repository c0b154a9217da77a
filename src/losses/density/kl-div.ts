import { defineRowLoss, type Numbers } from '../define.ts';
import { logits, logProbs, oneOf, probs } from '../inputs.ts';
import { logRatio } from '../math/logarithm.ts';
import { heldRows } from '../math/probabilities.ts';
import { distanceFromTop, indexOfMax, logTail } from '../math/softmax.ts';
import { boolean, choice, logBase, number, renormalize, temperature } from '../params.ts';

export const klDiv = defineRowLoss({
  name: 'kl-div',
  aliases: ['kl', 'kld', 'kl-divergence', 'kullback-leibler', 'kullback-leibler-divergence', 'relative-entropy'],
  task: 'density',
  summary: 'Nats lost by using the predicted distribution in place of the target one: distillation, variational models.',
  inputs: {
    target: probs('target distribution over the classes'),
    scores: oneOf({
      logProbs: logProbs('a log-probability for each class'),
      probs: probs('a probability for each class'),
      logits: logits('a score for each class, before softmax'),
    }),
  },
  params: {
    logTarget: boolean('target holds log-probabilities', false),
    direction: choice('forward: D(target || prediction); reverse: D(prediction || target)', ['forward', 'reverse'], 'forward'),
    base: logBase,
    eps: number('probabilities of both sides are held in [eps, 1], logits and log-probabilities are not', 0, { min: 0, max: 1 }),
    renormalize,
    temperature,
  },
  domain({ logTarget }) {
    if (!logTarget) return {};
    const hint = 'a log-probability is at most 0: leave --log-target out for probabilities';
    return { target: { holds: 'log-prob', min: Number.NEGATIVE_INFINITY, max: 0, sumsToOne: false, hint } };
  },
  bestConstant: ({ direction }) => (direction === 'forward' ? 'mean' : undefined),
  formula: {
    text: 'sum over classes of p ln(p / q);  forward: p = target, q = prediction; reverse: the other way round',
    latex: String.raw`\sum_c p_c\ln\frac{p_c}{q_c}`,
  },
  unit: 'nats',
  properties: { convexIn: 'probs', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'sum',
  reduction: 'batchmean',
  reductionNotes: {
    mean: 'divides by all elements as PyTorch does: as many times too small as there are classes; batchmean is the divergence',
  },
  references: [
    { title: 'Kullback and Leibler (1951), On Information and Sufficiency', url: 'https://doi.org/10.1214/aoms/1177729694' },
    { title: 'PyTorch: KLDivLoss', url: 'https://pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html' },
  ],
  pitfalls: [
    "PyTorch's default reduction, mean, divides by rows and classes; the divergence is batchmean, the default here.",
    'It is not symmetric, and libraries order their arguments differently: here the target comes first in D(target || prediction).',
    'A class the target has and the prediction rules out costs infinity; one the target rules out costs 0, where PyTorch can give NaN.',
    'A single element can be negative; only the sum over a row cannot. A negative row says that rows do not sum to 1.',
  ],
  equivalents: {
    torch: {
      call: 'torch.nn.functional.kl_div(log_probs, target, reduction="mean", log_target=False)',
      reduction: 'mean',
      note: 'reduction="batchmean" is the default here',
    },
    keras: { call: 'keras.losses.KLDivergence()', params: { eps: 1e-7 } },
    optax: 'optax.losses.kl_divergence(log_probs, target)',
    torchmetrics: { call: 'torchmetrics.regression.KLDivergence(log_prob=False, reduction="mean")', params: { renormalize: true } },
    scipy: 'scipy.stats.entropy(target, probs, base=None)',
  },
  examples: [
    {
      inputs: { target: [[0.7, 0.2, 0.1]], probs: [[0.6, 0.3, 0.1]] },
      losses: [0.026812454257447937],
      value: 0.026812454257447937,
    },
    {
      inputs: { target: [[0.7, 0.2, 0.1]], probs: [[0.6, 0.3, 0.1]] },
      reduction: 'mean',
      value: 0.008937484752482646,
      note: 'a third of it',
    },
  ],
  kernel({ target, scores }, { logTarget, direction, base, eps, renormalize }, n, out) {
    const { role, width } = scores;
    const hold = (rows: Numbers) => heldRows(rows, n / width, width, { renormalize, least: eps, most: 1 });
    const data = role === 'probs' ? hold(scores.data) : scores.data;
    const targets = logTarget ? target.data : hold(target.data);
    const reverse = direction === 'reverse';
    const unit = Math.log(base);
    const plain = role === 'probs' && !logTarget; // both are probabilities: no need of their logarithms
    for (let start = 0; start < n; start += width) {
      let top = 0;
      let tail = 0;
      if (role === 'logits') {
        const at = indexOfMax(data, start, width);
        top = data[at];
        tail = logTail(data, start, width, at);
      }
      for (let i = start; i < start + width; i++) {
        const t = targets[i];
        const x = data[i];
        const logQ = role === 'logits' ? -(distanceFromTop(top, x) + tail) : role === 'probs' ? Math.log(x) : x;
        const q = role === 'probs' ? x : Math.exp(logQ);
        const p = logTarget ? Math.exp(t) : t;
        const difference = plain ? logRatio(p, q) : (logTarget ? t : Math.log(t)) - logQ; // ln(p / q)
        const term = reverse ? -q * difference : p * difference;
        const none = reverse ? q === 0 && !Number.isNaN(p) : p === 0 && !Number.isNaN(q); // 0 ln 0
        out[i] = none ? 0 : term / unit;
      }
    }
  },
});
