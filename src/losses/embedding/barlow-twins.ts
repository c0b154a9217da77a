import { defineGroupLoss } from '../define.ts';
import { embedding } from '../inputs.ts';
import { Columns } from '../math/columns.ts';
import { number } from '../params.ts';

export const barlowTwins = defineGroupLoss({
  name: 'barlow-twins',
  aliases: ['barlowtwins', 'redundancy-reduction'],
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
  values: 'group',
  cost: 'n D^2 products for a group of n rows of D dimensions; at least two rows; small groups have large chance correlations',
  references: [
    {
      title: 'Zbontar et al. (2021), Barlow Twins: Self-Supervised Learning via Redundancy Reduction',
      url: 'https://arxiv.org/abs/2103.03230',
    },
  ],
  pitfalls: [
    'A sum over D^2 correlations: values of embeddings of different widths cannot be compared.',
    'Standard deviations divide by n - 1, the correlation by n, as in MONAI: two equal views have c = (n - 1) / n and do not cost 0. The code of the paper divides both by n, with an eps of 1e-5 in the variance.',
    'A group of one row has no value. A dimension that never changes costs 1.',
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
      losses: [0.75],
      value: 0.75,
      note: 'two rows: each c is 1/2 or -1/2, so twice 1/4, and half of twice 1/4',
    },
  ],
  kernel({ view1, view2 }, { lambda, eps }, n, out) {
    const { width } = view1;
    const [a, b] = [new Columns(view1, n), new Columns(view2, n)];
    const deviation = (view: Columns, j: number) => Math.sqrt(view.product(j, view, j) / (n - 1)) + eps;
    const deviations = Float64Array.from({ length: width }, (_, k) => deviation(b, k));
    let sum = 0;
    for (let j = 0; j < width; j++) {
      const own = deviation(a, j);
      for (let k = 0; k < width; k++) {
        const c = a.product(j, b, k) / own / deviations[k] / n;
        sum += j === k ? (1 - c) * (1 - c) : lambda * c * c;
      }
    }
    out[0] = sum;
  },
});
