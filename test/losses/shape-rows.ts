/** Rows on which the properties of the losses of masks, embeddings, latent distributions and ratios are tried: see property-checks.ts. */
import type { Rows } from './kernel-run.ts';

/** No two of these meet. */
const APART = [
  [0.3, -0.7],
  [1.1, 0.2],
  [-0.4, 0.9],
];
const ELSEWHERE = [
  [0.9, 0.4],
  [-0.6, 1.2],
  [0.2, 0.1],
];
const BY_ONE_HALF = [
  [0.5, -0.5],
  [0.5, -0.5],
  [0.6, -0.4],
];

interface Around {
  /** Away from every kink. */
  readonly generic: Rows['inputs'];
  /** The kink lies at a point of the grid: the first element of the first row is moved there. */
  readonly kink?: Rows['inputs'];
}

const alike = (embedding: readonly (readonly number[])[]): Rows['inputs'] => ({ embedding, target: [3, 3, 5] });
/** At 0.5 the first dimension has, with its eps, a standard deviation of 1. */
const UNIT_SPREAD = [
  [0.5, 1],
  [0.5 - Math.sqrt(2 * (1 - 1e-4)), 2],
];

/** Rows around which a prediction is moved. */
export const SMOOTH_ROWS: { readonly [loss: string]: Around } = {
  ctc: { generic: { target: [[1, -1]], logProbs: [[-1, -2, -0.5, -0.7, -1.2, -2]] } },
  rse: { generic: { target: [1, 2, 4], pred: [0, 2, 3] } }, // a target that varies
  nrmse: {
    generic: { target: [1, 2, 4], pred: [0, 2, 3] },
    kink: { target: [1, 2, 4], pred: [0, 2, 4] }, // at 1 there is no error left
  },
  'lovasz-softmax': {
    generic: {
      target: [0, 1, 1],
      probs: [
        [0, 0.3],
        [0.6, 0.4],
        [0.33, 0.67],
      ],
      logits: [
        [0, 0],
        [0.7, 0],
        [-0.2, 0],
      ],
    },
    kink: {
      target: [0, 1, 1],
      probs: [
        [0, 0.3],
        [0.5, 0.5],
        [0.33, 0.67],
      ],
      logits: [
        [0, 0],
        [0, 0],
        [-0.2, 0],
      ],
    }, // two errors of one half
  },
  'lovasz-hinge': {
    generic: { logits: [[0, 0.5, -0.25]], target: [[1, -1, 1]] },
    kink: { logits: [[0, 0.5, -0.25]], target: [[1, -1, 1]] }, // at 1 the margin is met
  },
  contrastive: {
    generic: { x1: APART, x2: ELSEWHERE, target: [0, 1, 0], distance: [0, 0.7, 2.1] },
    kink: { x1: BY_ONE_HALF, x2: BY_ONE_HALF, target: [0, 1, 0], distance: [0, 0.5, 0.5] }, // no distance at all
  },
  triplet: {
    generic: {
      anchor: APART,
      positive: ELSEWHERE,
      negative: APART.toReversed(),
      positiveDistance: [0, 0.4, 1.7],
      negativeDistance: [1.3, 0.6, 1.1],
    },
    kink: {
      anchor: BY_ONE_HALF,
      positive: BY_ONE_HALF,
      negative: BY_ONE_HALF.toReversed(),
      positiveDistance: [0, 0.5, 0.5],
      negativeDistance: [1.5, 1, 1], // at 0.5 the gap is the margin
    },
  },
  'hinge-embedding': { generic: { distance: [0], target: [-1] }, kink: { distance: [0], target: [-1] } }, // at the margin, 1
  'cosine-embedding': {
    generic: { x1: APART, x2: ELSEWHERE, target: [-1, 1, -1] },
    kink: { x1: BY_ONE_HALF, x2: BY_ONE_HALF, target: [-1, 1, -1] }, // a right angle at -0.5
  },
  'nt-xent': { generic: { view1: APART, view2: ELSEWHERE, ...alike(APART) } },
  supcon: { generic: alike(APART) },
  circle: {
    generic: alike(APART),
    kink: alike([
      [1, Math.sqrt(5.25)],
      [-1, 0],
      [-1, 0],
    ]), // at 1 the cosine is -m, where a stranger begins to count
  },
  'multi-similarity': { generic: alike(APART) },
  'batch-hard-triplet': { generic: alike(ELSEWHERE), kink: alike(BY_ONE_HALF) },
  vicreg: {
    generic: { view1: APART.map(([x, y]) => [x / 8, y]), view2: ELSEWHERE },
    kink: { view1: UNIT_SPREAD, view2: ELSEWHERE.slice(0, 2) },
  },
  'barlow-twins': { generic: { view1: APART, view2: ELSEWHERE } },
};

const SQUARE = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
];

/** Rows that cost the minimum, of losses whose prediction is no copy of the target. */
export const BEST_ROWS: { readonly [loss: string]: Rows['inputs'] } = {
  ctc: { target: [[1, -1]], logProbs: [[Number.NEGATIVE_INFINITY, 0, Number.NEGATIVE_INFINITY]] }, // certain of the one label
  contrastive: {
    x1: [
      [1, 0.5],
      [0, 0],
    ],
    x2: [
      [1, 0.5],
      [3, 4],
    ],
    target: [1, 0],
  },
  triplet: { anchor: [[0, 0]], positive: [[0, 0]], negative: [[3, 4]] },
  'hinge-embedding': { target: [1, -1], distance: [0, 2] },
  'cosine-embedding': {
    x1: [
      [1, 0.5],
      [0.25, -1],
    ],
    x2: [
      [1, 0.5],
      [1, 0.25],
    ],
    target: [1, -1],
  },
  'batch-hard-triplet': {
    embedding: [
      [0, 0],
      [0, 0],
      [3, 4],
    ],
    target: [1, 1, 2],
  },
  vicreg: { view1: SQUARE, view2: SQUARE },
  'gaussian-kl': { mu: [[0, 0]], logvar: [[0, 0]] },
};
