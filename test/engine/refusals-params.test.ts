/** What parameters make of the inputs: the widths and the values they then take, and what does not go together. */
import { describe, expect, test } from 'vitest';
import { faultIn } from '../support/fault.ts';
import { type Columns, type Evaluation, evaluate } from '../support/memory-table.ts';

const REFUSALS: readonly [string, Columns, Evaluation, string, RegExp][] = [
  [
    'an index of a label there is not',
    {
      target: [
        [2, 0, -1],
        [1, 3, -1],
      ],
      pred: [
        [1, 2, 3],
        [1, 2, 3],
      ],
    },
    { loss: 'multilabel-margin', params: { 'index-target': 'true' } },
    'memory:3:1: column "target": 3 is out of range: a row has 3 elements, 0 to 2',
    /indices from 0, then -1/,
  ],
  [
    'pixels that are no probabilities',
    { target: [[255, 0]], recon: [[1, -1]], mu: [[0]], logvar: [[0]] },
    { loss: 'vae-elbo', columnsOf: { target: 'target', recon: 'recon', mu: 'mu', logvar: 'logvar' } },
    'memory:2:1: column "target": 255 is not in [0, 1]',
    /divided by 255/,
  ],
  [
    'logits as probabilities of pixels',
    { target: [[1, 0]], recon: [[1, -1]], mu: [[0]], logvar: [[0]] },
    {
      loss: 'vae-elbo',
      params: { likelihood: 'bce' },
      columnsOf: { target: 'target', recon: 'recon', mu: 'mu', logvar: 'logvar' },
    },
    'memory:2:2: column "recon": -1 is not in [0, 1]',
    /bce-with-logits/,
  ],
  [
    'free bits of a divergence that is summed already',
    { recon_loss: [1], kl: [2] },
    { loss: 'vae-elbo', params: { 'free-bits': '0.5' }, columnsOf: { 'recon-loss': 'recon_loss', kl: 'kl' } },
    'vae-elbo: --free-bits holds for each latent dimension: give --mu and --logvar, not --kl',
    /./,
  ],
  [
    'several guesses of a single class',
    { target: [0, 1], pred: [0, 1] },
    { loss: 'zero-one', params: { 'top-k': '2' } },
    'zero-one: --top-k above 1 needs --probs or --logits: of a predicted class there is one',
    /./,
  ],
  [
    'a target for each quantile',
    { target: [[1, 2]], pred: [[1, 2]] },
    { loss: 'quantile', params: { quantiles: '0.1,0.9' } },
    'quantile: --target has 2 values a row, not 1',
    /name one column/,
  ],
  [
    'fewer quantiles than levels',
    { target: [1], pred: [[1, 2]] },
    { loss: 'quantile', params: { quantiles: '0.1,0.5,0.9' } },
    'quantile: --pred has 2 values a row, not 3',
    /name 3 columns/,
  ],
];

describe('refused', () => {
  test.each(REFUSALS)('%s', async (_, columns, evaluation, message, hint) => {
    const fault = await faultIn(() => evaluate(columns, evaluation));
    expect(fault.message).toBe(message);
    expect(fault.hint).toMatch(hint);
  });

  test('with other parameters the same inputs are fine', async () => {
    const vae = { target: [[255, 0]], recon: [[1, -1]], mu: [[0]], logvar: [[0]] };
    const columnsOf = { target: 'target', recon: 'recon', mu: 'mu', logvar: 'logvar' };
    const [result] = await evaluate(vae, { loss: 'vae-elbo', params: { likelihood: 'mse' }, columnsOf });
    expect(result.value).toBe(254 ** 2 + 1);
    expect((await evaluate({ target: [0, 1], pred: [0, 1] }, { loss: 'zero-one' }))[0].value).toBe(0);
    expect(
      (await evaluate({ recon_loss: [1], kl: [2] }, { loss: 'vae-elbo', columnsOf: { 'recon-loss': 'recon_loss', kl: 'kl' } }))[0]
        .value,
    ).toBe(3);
  });
});
