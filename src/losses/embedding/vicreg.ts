import { defineFoldLoss } from '../define.ts';
import { embedding } from '../inputs.ts';
import { addByColumns, Covariances, WEIGHT_SLOTS, widthFor } from '../math/comoments.ts';
import { number } from '../params.ts';

/** Sum of the squared differences of the views, after the weights; then of each view its columns and their products in pairs. */
const DIFFERENCES = WEIGHT_SLOTS;
const columnSlot = (width: number, view: number, j: number) => WEIGHT_SLOTS + 1 + view * (width + pairs(width)) + j;
const pairSlot = (width: number, view: number, j: number, k: number) => columnSlot(width, view, width + pairs(j) + k); // k <= j
const slotsFor = (width: number) => columnSlot(width, 2, 0);

/** Pairs j >= k of `n` columns, a column with itself included. */
function pairs(n: number): number {
  return (n * (n + 1)) / 2;
}

export const vicreg = defineFoldLoss({
  name: 'vicreg',
  aliases: ['variance-invariance-covariance'],
  task: 'embedding',
  summary:
    'Views of a row alike, every dimension spread out, dimensions uncorrelated: training without negatives that cannot collapse.',
  inputs: { view1: embedding('embedding of one view of the row'), view2: embedding('embedding of the other view') },
  params: {
    simCoeff: number('factor on the squared difference of the views', 25, { min: 0 }),
    stdCoeff: number('factor on how far standard deviations are below 1', 25, { min: 0 }),
    covCoeff: number('factor on the squared covariances of different dimensions', 1, { min: 0 }),
    eps: number('added to variances before the root', 1e-4, { min: 0 }),
  },
  formula: {
    text: 'simCoeff mean (a - b)^2 + stdCoeff (V(a) + V(b)) / 2 + covCoeff (C(a) + C(b));  V mean over dimensions of max(0, 1 - sqrt(var + eps)), C sum of cov_jk^2 over j != k, divided by D',
    latex: String.raw`\lambda\,\frac1{nD}\lVert A-B\rVert^2+\frac\mu2\sum_{Z\in\{A,B\}}\frac1D\sum_j\Bigl[1-\sqrt{\operatorname{var}z_j+\varepsilon}\Bigr]_++\nu\sum_{Z\in\{A,B\}}\frac1D\sum_{j\ne k}\operatorname{cov}_{jk}^2`,
  },
  unit: 'embedding^2',
  properties: { differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  references: [{ title: 'Bardes, Ponce and LeCun (2022), VICReg', url: 'https://arxiv.org/abs/2105.04906' }],
  pitfalls: [
    'Variances and covariances divide by n - 1: one row has no value. Row weights count as numpy.cov(aweights=...).',
    'One value for all rows, and n of them: training logs the values of small batches, whose chance covariances are larger. For a value of each batch slice by it (--by COLUMN).',
    'The two terms of the standard deviations are averaged over the views, those of the covariances are added: as in the code of the paper.',
    'Embeddings are taken as they are: scaled to length 1 each dimension has a standard deviation below 1, and that term never ends.',
    'Time n D^2, memory D^2: rows stream, but each pair of the D dimensions keeps an exact sum.',
  ],
  equivalents: {
    pml: 'pytorch_metric_learning.losses.VICRegLoss(invariance_lambda=25, variance_mu=25, covariance_v=1, eps=1e-4)(view1, ref_emb=view2)',
    'facebookresearch/vicreg': 'main_vicreg.py: --sim-coeff 25 --std-coeff 25 --cov-coeff 1',
    lightly: 'lightly.loss.VICRegLoss(lambda_param=25, mu_param=25, nu_param=1, eps=1e-4)',
  },
  examples: [
    {
      inputs: {
        view1: [
          [1, 0],
          [-1, 0],
        ],
        view2: [
          [1, 0],
          [-1, 1],
        ],
      },
      params: { eps: 0, simCoeff: 4, stdCoeff: 2, covCoeff: 1 },
      value: 2.6464466094067265,
      note: '4 / 4 for the difference; (1/2 + (1 - sqrt(1/2)) / 2) for spread; 1 for the covariance -1 of the second view',
    },
  ],
  slots: ({ view1 }) => slotsFor(view1.width),
  fold({ view1, view2 }, _params, n, weight, into) {
    const { width } = view1;
    const squares = new Float64Array(n * width);
    for (let i = 0; i < squares.length; i++) {
      const difference = view1.data[i] - view2.data[i];
      squares[i] = weight[Math.floor(i / width)] * difference * difference;
    }
    into.addAll(DIFFERENCES, squares, squares.length);
    addByColumns([view1, view2], n, weight, into, (views) => {
      views.forEach((columns, view) => {
        for (let j = 0; j < width; j++) {
          columns.addSum(into, columnSlot(width, view, j), j);
          for (let k = 0; k <= j; k++) columns.addProducts(into, pairSlot(width, view, j, k), j, columns, k);
        }
      });
    });
  },
  finish(slots, { simCoeff, stdCoeff, covCoeff, eps }, rest) {
    const width = widthFor(slots.length, slotsFor);
    const covariances = new Covariances(slots, rest);
    let spread = 0;
    let covariance = 0;
    for (const view of [0, 1]) {
      for (let j = 0; j < width; j++) {
        const column = columnSlot(width, view, j);
        spread += Math.max(0, 1 - Math.sqrt(covariances.variance(column, pairSlot(width, view, j, j)) + eps));
        for (let k = 0; k < j; k++) {
          const cov = covariances.centred(column, columnSlot(width, view, k), pairSlot(width, view, j, k)) / covariances.freedom;
          covariance += 2 * cov * cov;
        }
      }
    }
    const difference = slots[DIFFERENCES] / (slots[0] * width);
    const value = simCoeff * difference + (0.5 * stdCoeff * spread) / width + (covCoeff * covariance) / width;
    return { value, denominator: slots[0] };
  },
});
