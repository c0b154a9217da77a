import { defineRowLoss, type Numbers } from '../define.ts';
import { optionalNumber, stepLogProbs, symbols } from '../inputs.ts';
import { boolean, number } from '../params.ts';

export const ctc = defineRowLoss({
  name: 'ctc',
  aliases: ['connectionist-temporal-classification', 'connectionist-temporal'],
  task: 'sequence',
  summary:
    'Negative log-probability of a label sequence, summed over every way to lay it along the time steps: no alignment is needed.',
  inputs: {
    target: symbols('label sequence of the row, padded with -1'),
    logProbs: stepLogProbs('log-probability of each symbol at each time step: a list of T lists of C'),
    inputLength: optionalNumber('time steps that count, where rows are padded; all when not given'),
  },
  params: {
    symbols: number('how many symbols a time step has, the blank included: C', 0, { min: 0, integer: true }),
    blank: number('index of the blank', 0, { min: 0, integer: true }),
    perLabel: boolean('divide each row by its number of labels, as the mean of PyTorch does', true),
    zeroInfinity: boolean('0 for a row that is too short for its labels, instead of infinity', false),
  },
  domain: ({ symbols: count }) => ({ target: { max: count - 1 } }),
  refuse({ symbols: count, blank }) {
    if (count < 2) return 'how many symbols a time step has must be said: --symbols C, the blank included';
    return blank >= count ? `--blank ${blank} is not one of ${count} symbols` : undefined;
  },
  formula: {
    text: '-ln sum over paths of prod over t of p_t(path_t), paths that give the labels once repeats are merged and blanks dropped; / labels',
    latex: String.raw`-\frac1{|y|}\ln\sum_{\pi\in\mathcal B^{-1}(y)}\prod_{t=1}^{T}p_t(\pi_t)`,
  },
  unit: 'nats',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Graves et al. (2006), Connectionist Temporal Classification',
      url: 'https://www.cs.toronto.edu/~graves/icml_2006.pdf',
    },
    { title: 'PyTorch: CTCLoss', url: 'https://pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html' },
  ],
  pitfalls: [
    "PyTorch's mean divides each row by its number of labels first; its sum and none do not: for those give --no-per-label.",
    'A row needs at least as many time steps as labels, and one more for each label that repeats its neighbour: else the loss is infinite; ' +
      'Optax gives about 1e5 then.',
    'The blank is a symbol of its own, index 0 here and in PyTorch; TensorFlow takes the last.',
    'A row is [T][C] here; PyTorch takes (T, N, C), time first.',
    'A target column of text is no label sequence: labels are indices, padded with -1 to one length.',
  ],
  equivalents: {
    torch: 'torch.nn.CTCLoss(blank=0, reduction="mean", zero_infinity=False)',
    keras: {
      call: 'keras.losses.CTC()',
      params: { perLabel: false },
      note: 'it takes logits, and labels padded with 0; on JAX a row that is too short for its labels costs about 1e5, not infinity',
    },
    optax: {
      call: 'optax.losses.ctc_loss(logits, logit_paddings, labels, label_paddings)',
      params: { perLabel: false },
      note: 'it takes logits; a row that is too short for its labels costs about 1e5, not infinity',
    },
  },
  examples: [
    {
      inputs: {
        target: [[1]],
        logProbs: [
          [
            [-0.6931471805599453, -0.6931471805599453],
            [-0.6931471805599453, -0.6931471805599453],
          ],
        ],
      },
      params: { symbols: 2 },
      losses: [0.2876820724517809],
      value: 0.2876820724517809,
      note: 'three of the four paths of two fair steps read "1": -ln 3/4',
    },
  ],
  kernel({ target, logProbs, inputLength }, { symbols: count, blank, perLabel, zeroInfinity }, n, out) {
    const states = new Float64Array(2 * target.width + 1);
    const steps = logProbs.width / count;
    for (let i = 0; i < n; i++) {
      const labels = target.data.subarray(i * target.width, (i + 1) * target.width);
      const length = lengthOf(labels);
      const asked = inputLength ? inputLength.data[i] : steps;
      const used = asked >= 0 && asked <= steps && asked === Math.floor(asked) ? asked : Number.NaN; // no more steps than there are
      const loss = -logLikelihood(labels, length, logProbs.data, i * logProbs.width, used, count, blank, states);
      const shown = zeroInfinity && loss === Number.POSITIVE_INFINITY ? 0 : loss;
      out[i] = perLabel ? shown / Math.max(length, 1) : shown;
    }
  },
});

/** Labels up to the first -1. NaN where one is missing. */
function lengthOf(labels: Numbers): number {
  let length = 0;
  while (length < labels.length && labels[length] !== -1) {
    if (Number.isNaN(labels[length])) return Number.NaN;
    length++;
  }
  return length;
}

/** ln(e^a + e^b), for one -Infinity or two as well. */
function logAdd(a: number, b: number): number {
  const top = Math.max(a, b);
  return top === Number.NEGATIVE_INFINITY ? top : top + Math.log1p(Math.exp(Math.min(a, b) - top));
}

/** The forward recursion over blank, y1, blank, y2 ... blank, in place: `states` holds the log-probability of being at each. */
function logLikelihood(
  labels: Numbers,
  length: number,
  data: Numbers,
  start: number,
  steps: number,
  count: number,
  blank: number,
  states: Float64Array,
): number {
  if (Number.isNaN(length + steps)) return Number.NaN;
  const last = 2 * length;
  states.fill(Number.NEGATIVE_INFINITY);
  states[0] = 0; // before the first step: at the blank, or about to enter
  for (let t = 0; t < steps; t++) {
    const at = start + t * count;
    for (let s = last; s >= 0; s--) {
      const symbol = s % 2 === 0 ? blank : labels[(s - 1) / 2];
      // from the same state; from the one before; over a blank between different labels
      let sum = t === 0 ? (s <= 1 ? 0 : Number.NEGATIVE_INFINITY) : states[s];
      if (t > 0 && s > 0) sum = logAdd(sum, states[s - 1]);
      if (t > 0 && s > 2 && s % 2 === 1 && labels[(s - 1) / 2] !== labels[(s - 3) / 2]) sum = logAdd(sum, states[s - 2]);
      states[s] = sum + data[at + symbol];
    }
  }
  if (steps === 0) return length === 0 ? 0 : Number.NEGATIVE_INFINITY;
  return last === 0 ? states[0] : logAdd(states[last], states[last - 1]);
}
