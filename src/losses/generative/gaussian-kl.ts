import { defineRowLoss } from '../define.ts';
import { optionalReals, reals } from '../inputs.ts';
import { minusExpm1 } from '../math/logarithm.ts';

export const gaussianKl = defineRowLoss({
  name: 'gaussian-kl',
  aliases: ['vae-kl', 'kl-normal', 'kl-gaussian'],
  task: 'generative',
  summary: 'Nats between the latent distribution a VAE encodes a row as, one normal per dimension, and its prior.',
  inputs: {
    mu: reals('mean of each latent dimension'),
    logvar: reals('logarithm of the variance of each latent dimension'),
    mu2: optionalReals('mean of the prior, 0 when not given'),
    logvar2: optionalReals('logarithm of the variance of the prior, 0 when not given'),
  },
  params: {},
  formula: {
    text: '0.5 sum over dimensions of (mu^2 + e^logvar - 1 - logvar); with a prior (mu - mu2)^2 / e^logvar2 and logvar - logvar2',
    latex: String.raw`\tfrac12\sum_k\Bigl(\frac{(\mu_k-\mu'_k)^2+e^{v_k}}{e^{v'_k}}-1-(v_k-v'_k)\Bigr)`,
  },
  unit: 'nats',
  properties: { convexIn: 'mu', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'sum',
  reduction: 'batchmean',
  reductionNotes: {
    mean: 'divides by rows and latent dimensions: as many times too small as there are dimensions; batchmean is the divergence',
  },
  references: [
    { title: 'Kingma and Welling (2014), Auto-Encoding Variational Bayes, appendix B', url: 'https://arxiv.org/abs/1312.6114' },
  ],
  pitfalls: [
    'It is a sum over latent dimensions. Their mean, beside a reconstruction that is summed, is another beta: as many times smaller as there are dimensions.',
    'logvar is the logarithm of the variance, twice that of the standard deviation: for a log std give 2 log std.',
    'A value near 0 is not a good model but a posterior that collapsed onto the prior.',
    'The order matters: this is the divergence of the encoded distribution from the prior, not the other way round.',
  ],
  equivalents: {
    torch: {
      call: '-0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()) / len(mu)',
      note: 'in the VAE example; torch.distributions.kl_divergence(Normal(mu, std), Normal(0, 1)) gives it per element',
    },
    keras: { call: 'mean(sum(-0.5 * (1 + z_log_var - square(z_mean) - exp(z_log_var)), axis=1))', note: 'in the VAE example' },
  },
  examples: [
    {
      inputs: { mu: [[1, 0]], logvar: [[0, 0]] },
      losses: [0.5],
      value: 0.5,
    },
    {
      inputs: { mu: [[1, 2]], logvar: [[0.5, -0.5]], mu2: [[1, 2]], logvar2: [[0.5, -0.5]] },
      losses: [0],
      note: 'equal to its prior',
    },
  ],
  kernel({ mu, logvar, mu2, logvar2 }, _params, n, out) {
    const [mean, logVar, priorMean, priorLogVar] = [mu.data, logvar.data, mu2?.data, logvar2?.data];
    for (let i = 0; i < n; i++) {
      const shift = priorMean ? mean[i] - priorMean[i] : mean[i];
      const v = priorLogVar ? priorLogVar[i] : 0;
      const scaled = shift * Math.exp(-0.5 * v); // squared after, so that neither factor overflows alone
      out[i] = 0.5 * (scaled * scaled + minusExpm1(logVar[i] - v));
    }
  },
});
