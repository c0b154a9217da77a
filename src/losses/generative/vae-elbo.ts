import { defineRowLoss, type Matrix } from '../define.ts';
import { optionalNumber, optionalReals } from '../inputs.ts';
import { minusExpm1 } from '../math/logarithm.ts';
import { softplus } from '../math/softplus.ts';
import { choice, number } from '../params.ts';

const HALF_LN_2PI = 0.9189385332046727;

/** -ln p(x | r) for one element, up to what does not depend on r. */
const LIKELIHOODS = {
  'bce-with-logits': (x: number, r: number) => softplus(r) - x * r,
  bce: (x: number, r: number, eps: number) => {
    const p = Math.min(Math.max(r, eps), 1 - eps);
    return -x * Math.max(Math.log(p), -100) - (1 - x) * Math.max(Math.log1p(-p), -100);
  },
  mse: (x: number, r: number) => (r - x) * (r - x),
  mae: (x: number, r: number) => Math.abs(r - x),
  'gaussian-nll': (x: number, r: number) => 0.5 * (r - x) * (r - x) + HALF_LN_2PI,
} as const;

interface Parts {
  readonly target: Matrix | undefined;
  readonly recon: Matrix | undefined;
  readonly mu: Matrix | undefined;
  readonly logvar: Matrix | undefined;
  readonly reconLoss: Matrix | undefined;
  readonly kl: Matrix | undefined;
}

interface Settings {
  readonly likelihood: keyof typeof LIKELIHOODS;
  readonly reconReduction: 'sum' | 'mean';
  readonly freeBits: number;
  readonly eps: number;
}

function reconOf({ target, recon, reconLoss }: Parts, { likelihood, reconReduction, eps }: Settings, row: number): number {
  if (reconLoss) return reconLoss.data[row];
  if (!target || !recon) return Number.NaN; // refused before any row is read
  const { width } = target;
  const element = LIKELIHOODS[likelihood];
  let sum = 0;
  for (let i = row * width; i < (row + 1) * width; i++) sum += element(target.data[i], recon.data[i], eps);
  return reconReduction === 'mean' ? sum / width : sum;
}

function klOf({ mu, logvar, kl }: Parts, { freeBits }: Settings, row: number): number {
  if (kl) return kl.data[row];
  if (!mu || !logvar) return Number.NaN;
  const { width } = mu;
  let sum = 0;
  for (let i = row * width; i < (row + 1) * width; i++) {
    sum += Math.max(0.5 * (mu.data[i] * mu.data[i] + minusExpm1(logvar.data[i])), freeBits);
  }
  return sum;
}

export const vaeElbo = defineRowLoss({
  name: 'vae-elbo',
  aliases: ['elbo', 'beta-vae', 'negative-elbo'],
  task: 'generative',
  summary: 'Negative evidence lower bound of a VAE: how badly rows are reconstructed, plus beta times what their codes cost.',
  inputs: {
    target: optionalReals('the row that was encoded', 'pixels'),
    recon: optionalReals('the row that was decoded, as the likelihood wants it', 'pixels'),
    mu: optionalReals('mean of each latent dimension', 'latents'),
    logvar: optionalReals('logarithm of the variance of each latent dimension', 'latents'),
    reconLoss: optionalNumber('reconstruction loss, instead of target and recon'),
    kl: optionalNumber('KL divergence, instead of mu and logvar'),
  },
  params: {
    beta: number('weight of the KL divergence', 1, { min: 0 }),
    likelihood: choice(
      'what recon is: logits, probabilities or values, and the loss of each',
      ['bce-with-logits', 'bce', 'mse', 'mae', 'gaussian-nll'],
      'bce-with-logits',
    ),
    reconReduction: choice('over the elements of a row', ['sum', 'mean'], 'sum'),
    freeBits: number('nats that each latent dimension costs at least', 0, { min: 0 }),
    eps: number('with likelihood bce, recon is held in [eps, 1 - eps]; 0 ends the logarithm at -100', 0, { min: 0, max: 0.5 }),
  },
  domain({ likelihood }) {
    if (!likelihood.startsWith('bce')) return {};
    const unit = { min: 0, max: 1, hint: 'pixels from 0 to 255 are divided by 255 first; for other values pass --likelihood mse' };
    return {
      target: unit,
      ...(likelihood === 'bce' && { recon: { ...unit, hint: 'for logits pass --likelihood bce-with-logits' } }),
    };
  },
  refuse({ freeBits }, roles) {
    const has = (...names: string[]) => names.every((name) => roles.includes(name));
    if (has('reconLoss') === has('target', 'recon')) return 'give either --target and --recon, or --recon-loss';
    if (has('kl') === has('mu', 'logvar')) return 'give either --mu and --logvar, or --kl';
    if (has('kl') && freeBits > 0) return '--free-bits holds for each latent dimension: give --mu and --logvar, not --kl';
    return undefined;
  },
  formula: {
    text: 'sum over elements of -ln p(target | recon) + beta sum over latents of max(0.5 (mu^2 + e^logvar - 1 - logvar), free_bits)',
    latex: String.raw`\sum_d -\ln p(x_d\mid r_d)+\beta\sum_k\max\bigl(\tfrac12(\mu_k^2+e^{v_k}-1-v_k),\,\lambda\bigr)`,
  },
  unit: 'nats',
  properties: { differentiable: true, symmetric: false, robust: false },
  components: {
    recon: {
      kernel(inputs, params, n, out) {
        for (let i = 0; i < n; i++) out[i] = reconOf(inputs, params, i);
      },
    },
    kl: {
      kernel(inputs, params, n, out) {
        for (let i = 0; i < n; i++) out[i] = klOf(inputs, params, i);
      },
    },
  },
  references: [
    { title: 'Kingma and Welling (2014), Auto-Encoding Variational Bayes', url: 'https://arxiv.org/abs/1312.6114' },
    { title: 'Higgins et al. (2017), beta-VAE', url: 'https://openreview.net/forum?id=Sy2fzU9gl' },
    {
      title: 'Kingma et al. (2016), Improved Variational Inference with Inverse Autoregressive Flow: free bits',
      url: 'https://arxiv.org/abs/1606.04934',
    },
  ],
  pitfalls: [
    'A reconstruction averaged over D elements beside a summed KL is beta-VAE with D times the beta: recon-reduction sum is the bound.',
    'mse and mae are no likelihoods: with mse and beta 1 the variance of the pixels is 1/2. gaussian-nll is the bound for variance 1.',
    'bce-with-logits of pixels that are not 0 or 1 is no likelihood either; it is what most VAE code computes.',
    'The components recon and kl are reported beside the total: a falling total can hide a posterior that collapsed (kl near 0).',
  ],
  equivalents: {
    torch:
      '(F.binary_cross_entropy_with_logits(recon, x, reduction="sum") - 0.5 * (1 + logvar - mu.pow(2) - logvar.exp()).sum()) / len(x)',
    keras: {
      call: 'reconstruction_loss + kl_loss',
      params: { likelihood: 'bce', eps: 1e-7 },
      note: 'in the VAE example: means over rows of sums, the first of keras.losses.binary_crossentropy(data, reconstruction)',
    },
  },
  examples: [
    { inputs: { reconLoss: [12.5], kl: [3.2] }, params: { beta: 1 }, losses: [15.7], value: 15.7 },
    {
      inputs: { target: [[1, 0]], recon: [[0, 0]], mu: [[1, 0]], logvar: [[0, 0]] },
      params: { beta: 2 },
      losses: [2.386294361119891],
      value: 2.386294361119891,
      note: '2 ln 2 for the two pixels, 2 times 0.5 for the code',
    },
  ],
  kernel(inputs, params, n, out) {
    const { beta } = params;
    for (let i = 0; i < n; i++) out[i] = reconOf(inputs, params, i) + beta * klOf(inputs, params, i);
  },
});
