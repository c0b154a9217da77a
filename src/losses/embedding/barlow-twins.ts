import { defineFoldLoss } from '../define.ts';
import { embedding } from '../inputs.ts';
import { addByColumns, Covariances, WEIGHT_SLOTS, widthFor } from '../math/comoments.ts';
import { number } from '../params.ts';

/** After the weights: of each view its columns and their squares, then the products of every column of one with every one of the other. */
const columnSlot = (width: number, view: number, j: number) => WEIGHT_SLOTS + 2 * (view * width + j);
const squareSlot = (width: number, view: number, j: number) => columnSlot(width, view, j) + 1;
const crossSlot = (width: number, j: number, k: number) => columnSlot(width, 2, 0) + j * width + k;
const slotsFor = (width: number) => crossSlot(width, width, 0);

export const barlowTwins = defineFoldLoss({
  name: 'barlow-twins',
  aliases: ['redundancy-reduction'],
  task: 'embedding',
  summary: 'Correlations between the dimensions of two views driven to the identity: alike in each dimension, and none said twice.',
  inputs: { view1: embedding('embedding of one view of the row'), view2: embedding('embedding of the other view') },
  params: {
    lambda: number('factor on correlations of different dimensions', 5e-3, { min: 0 }),
    eps: number('added to standard deviations', 1e-6, { min: 0 }),
  },
  formula: {
    text: 'sum over j of (1 - c_jj)^2 + lambda sum over j != k of c_jk^2;  c_jk = mean over rows of a_j b_k, each centred and divided by (std + eps), std of n - 1',
    latex: String.raw`\sum_j(1-c_{jj})^2+\lambda\sum_{j\ne k}c_{jk}^2`,
  },
  unit: 'ratio',
  properties: { differentiable: true, symmetric: false, robust: true },
  references: [
    {
      title: 'Zbontar et al. (2021), Barlow Twins: Self-Supervised Learning via Redundancy Reduction',
      url: 'https://arxiv.org/abs/2103.03230',
    },
  ],
  pitfalls: [
    'A sum over D^2 correlations: values of embeddings of different widths cannot be compared.',
    'Standard deviations divide by n - 1, the correlation by n, as in MONAI: two equal views have c = (n - 1) / n and do not cost 0. The code of the paper divides both by n, with an eps of 1e-5 in the variance.',
    'One row has no value. A dimension that never changes costs 1. Row weights count as numpy.cov(aweights=...).',
    'One value for all rows, and n of them: training logs the values of small batches, whose chance correlations are larger. For a value of each batch slice by it (--by COLUMN).',
    'Time n D^2, memory D^2: rows stream, but each pair of the D dimensions keeps an exact sum.',
    'lambda is 0.005 here and in MONAI, 0.0051 in the code of the paper; some code also scales the whole (0.024).',
  ],
  equivalents: {
    monai: 'monai.losses.BarlowTwinsLoss(lambd=5e-3)',
    'facebookresearch/barlowtwins': 'main.py: --lambd 0.0051, with batch normalisation of n',
    lightly: 'lightly.loss.BarlowTwinsLoss(lambda_param=5e-3)',
  },
  examples: [
    {
      inputs: {
        view1: [
          [1, 0],
          [-1, 1],
        ],
        view2: [
          [1, 0],
          [-1, 1],
        ],
      },
      params: { eps: 0, lambda: 0.5 },
      value: 0.75,
      note: 'two rows: each c is 1/2 or -1/2, so twice 1/4, and half of twice 1/4',
    },
  ],
  slots: ({ view1 }) => slotsFor(view1.width),
  fold({ view1, view2 }, _params, n, weight, into) {
    const { width } = view1;
    addByColumns([view1, view2], n, weight, into, (views) => {
      views.forEach((columns, view) => {
        for (let j = 0; j < width; j++) {
          columns.addSum(into, columnSlot(width, view, j), j);
          columns.addProducts(into, squareSlot(width, view, j), j, columns, j);
        }
      });
      const [first, second] = views;
      for (let j = 0; j < width; j++) {
        for (let k = 0; k < width; k++) first.addProducts(into, crossSlot(width, j, k), j, second, k);
      }
    });
  },
  finish(slots, { lambda, eps }, rest) {
    const width = widthFor(slots.length, slotsFor);
    const covariances = new Covariances(slots, rest);
    const deviations = [0, 1].map((view) =>
      Float64Array.from(
        { length: width },
        (_, j) => Math.sqrt(covariances.variance(columnSlot(width, view, j), squareSlot(width, view, j))) + eps,
      ),
    );
    let value = 0;
    for (let j = 0; j < width; j++) {
      for (let k = 0; k < width; k++) {
        const products = covariances.centred(columnSlot(width, 0, j), columnSlot(width, 1, k), crossSlot(width, j, k));
        const c = products / deviations[0][j] / deviations[1][k] / slots[0];
        value += j === k ? (1 - c) * (1 - c) : lambda * c * c;
      }
    }
    return { value, denominator: slots[0] };
  },
});
