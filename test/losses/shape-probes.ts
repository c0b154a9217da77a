/** Rows for the losses of masks, boxes, embeddings and latent distributions, which need columns of their own. */
import type { Rows } from './kernel-run.ts';

const MASK = [
  [1, 0, 1],
  [0, 1, 1],
];
const SOFT = [
  [0.5, 0.25, 0.75],
  [0.75, 0.875, 0.125],
];
const ofMasks = (...roles: string[]): Rows['inputs'][] => roles.map((role) => ({ target: MASK, [role]: SOFT }));

const BOXES: readonly Rows['inputs'][] = [
  {
    target: [
      [0, 0, 2, 3],
      [1, 1, 3, 3],
    ],
    pred: [
      [1, 1, 3, 2],
      [0, 0, 2, 2],
    ],
  },
];

const FIRST = [
  [1, 0.5],
  [0.25, -1],
  [-0.5, 0.75],
];
const SECOND = [
  [0.75, 0.5],
  [0.5, -0.5],
  [-1, 0.25],
];
const THIRD = [
  [0.5, 0.75],
  [-0.25, 1],
  [1, 1],
];
const two = <Row>(rows: readonly Row[]) => rows.slice(0, 2);
const labelled: readonly Rows['inputs'][] = [{ embedding: FIRST, target: [4, 4, 2] }];
const views: readonly Rows['inputs'][] = [{ view1: FIRST, view2: SECOND }];
const latent = { mu: two(FIRST), logvar: two(THIRD) };
const COSINES: readonly Rows['inputs'][] = [
  {
    target: [1, 0],
    logits: [
      [0.5, 0.25, -0.5],
      [-0.75, 0.125, 0.875],
    ],
  },
];

/** First rows on which every number counts; see registry.test.ts. */
export const SHAPE_PROBES: { readonly [loss: string]: readonly Rows['inputs'][] } = {
  jaccard: ofMasks('pred', 'probs', 'logits'),
  tversky: ofMasks('pred', 'probs', 'logits'),
  'focal-tversky': ofMasks('pred', 'probs', 'logits'),
  'generalized-dice': ofMasks('pred', 'probs', 'logits'),
  'mcc-loss': ofMasks('pred', 'probs', 'logits'),
  'dice-ce': ofMasks('probs', 'logits'),
  'dice-focal': ofMasks('probs', 'logits'),
  'lovasz-hinge': [
    {
      target: [
        [1, -1],
        [-1, 1],
      ],
      logits: SOFT.map((row) => row.slice(0, 2)),
    },
  ],
  'box-iou': BOXES,
  diou: BOXES,
  ciou: BOXES,
  eiou: BOXES,
  contrastive: [{ x1: two(FIRST), x2: two(SECOND), target: [0.5, 1] }],
  triplet: [{ anchor: two(FIRST), positive: two(SECOND), negative: two(THIRD) }],
  'cosine-distance': [{ target: two(FIRST), pred: two(SECOND) }],
  'hinge-embedding': [{ target: [1, -1], distance: [0.5, 0.25] }],
  'cosine-embedding': [{ x1: two(FIRST), x2: two(SECOND), target: [1, -1] }],
  'nt-xent': views,
  supcon: labelled,
  circle: labelled,
  'multi-similarity': labelled,
  'batch-hard-triplet': labelled,
  siglip: [{ query: FIRST, key: SECOND }],
  vicreg: views,
  'barlow-twins': views,
  arcface: COSINES,
  cosface: COSINES,
  'gaussian-kl': [latent, { ...latent, mu2: two(SECOND), logvar2: two(FIRST) }],
};

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

/** Rows around which a prediction is moved; see property-checks.ts. */
export const SMOOTH_ROWS: { readonly [loss: string]: Around } = {
  'lovasz-hinge': {
    generic: { logits: [[0, 0.5, -0.25]], target: [[1, -1, 1]] },
    kink: { logits: [[0, 0.5, -0.25]], target: [[1, -1, 1]] }, // at 1 the margin is met
  },
  contrastive: {
    generic: { x1: APART, x2: ELSEWHERE, target: [0, 1, 0] },
    kink: { x1: BY_ONE_HALF, x2: BY_ONE_HALF, target: [0, 1, 0] }, // no distance at all
  },
  triplet: {
    generic: { anchor: APART, positive: ELSEWHERE, negative: APART.toReversed() },
    kink: { anchor: BY_ONE_HALF, positive: BY_ONE_HALF, negative: BY_ONE_HALF.toReversed() },
  },
  'hinge-embedding': { generic: { distance: [0], target: [-1] }, kink: { distance: [0], target: [-1] } }, // at the margin, 1
  'cosine-embedding': {
    generic: { x1: APART, x2: ELSEWHERE, target: [-1, 1, -1] },
    kink: { x1: BY_ONE_HALF, x2: BY_ONE_HALF, target: [-1, 1, -1] }, // a right angle at -0.5
  },
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
  contrastive: { x1: [...FIRST.slice(0, 1), [0, 0]], x2: [...FIRST.slice(0, 1), [3, 4]], target: [1, 0] },
  triplet: { anchor: [[0, 0]], positive: [[0, 0]], negative: [[3, 4]] },
  'hinge-embedding': { target: [1, -1], distance: [0, 2] },
  'cosine-embedding': { x1: two(FIRST), x2: [...FIRST.slice(0, 1), [1, 0.25]], target: [1, -1] },
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
