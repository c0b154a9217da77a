import { defineGroupLoss } from '../define.ts';
import { embedding } from '../inputs.ts';
import { Columns } from '../math/columns.ts';
import { ExactSum } from '../math/exact-sum.ts';
import { number } from '../params.ts';

export const vicreg = defineGroupLoss({
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
  values: 'group',
  cost: 'n D^2 products for a group of n rows of D dimensions; at least two rows; variances depend on the size of the group',
  references: [{ title: 'Bardes, Ponce and LeCun (2022), VICReg', url: 'https://arxiv.org/abs/2105.04906' }],
  pitfalls: [
    'Variances and covariances divide by n - 1: a group of one row has no value.',
    'The two terms of the standard deviations are averaged over the views, those of the covariances are added: as in the code of the paper.',
    'Embeddings are taken as they are: scaled to length 1 each dimension has a standard deviation below 1, and that term never ends.',
    'One value for a group: give a batch a group of its own (--group, --batch-size), or all rows are one.',
  ],
  equivalents: {
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
      losses: [2.6464466094067265],
      value: 2.6464466094067265,
      note: '4 / 4 for the difference; (1/2 + (1 - sqrt(1/2)) / 2) for spread; 1 for the covariance -1 of the second view',
    },
  ],
  kernel({ view1, view2 }, { simCoeff, stdCoeff, covCoeff, eps }, n, out) {
    const { width } = view1;
    const terms = new Float64Array(n * width);
    for (let i = 0; i < n * width; i++) terms[i] = (view1.data[i] - view2.data[i]) * (view1.data[i] - view2.data[i]);
    const squares = new ExactSum();
    squares.add(terms, n * width);
    let spread = 0;
    let covariance = 0;
    for (const view of [new Columns(view1, n), new Columns(view2, n)]) {
      for (let j = 0; j < width; j++) {
        spread += Math.max(0, 1 - Math.sqrt(view.product(j, view, j) / (n - 1) + eps));
        for (let k = 0; k < j; k++) {
          const cov = view.product(j, view, k) / (n - 1);
          covariance += 2 * cov * cov;
        }
      }
    }
    out[0] = (simCoeff * squares.value()) / (n * width) + (0.5 * stdCoeff * spread) / width + (covCoeff * covariance) / width;
  },
});
