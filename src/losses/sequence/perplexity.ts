import { defineFoldLoss } from '../define.ts';
import { classIndex } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { negativeLogOf } from '../math/softmax.ts';
import { classScores } from '../multiclass/of-likelihood.ts';
import { ignoreIndex, temperature } from '../params.ts';

export const perplexity = defineFoldLoss({
  name: 'perplexity',
  aliases: ['ppl'],
  task: 'sequence',
  summary: 'Exponential of the mean negative log-likelihood of a token: how many tokens the model hesitates between.',
  inputs: { target: classIndex('token that came at this position'), scores: classScores },
  params: { ignoreIndex, temperature },
  formula: {
    text: 'exp(sum(w (-ln p_target)) / sum(w)) over all tokens;  p = softmax(logits)',
    latex: String.raw`\exp\Big(\frac{\sum_t w_t\,(-\ln p_{t,y_t})}{\sum_t w_t}\Big)`,
  },
  unit: 'tokens',
  properties: { differentiable: true, minimum: 1, symmetric: false, robust: false },
  references: [
    {
      title: 'Jelinek et al. (1977), Perplexity: a measure of the difficulty of speech recognition tasks',
      url: 'https://doi.org/10.1121/1.2016299',
    },
    { title: 'TorchMetrics: Perplexity', url: 'https://lightning.ai/docs/torchmetrics/stable/text/perplexity.html' },
  ],
  pitfalls: [
    'The exponential of a mean is not a mean of exponentials: perplexities of files or batches cannot be averaged: evaluate their rows together.',
    'It depends on the tokeniser: compare models with different ones by bits-per-token with --bytes.',
    'One token of probability 0 makes it infinite. TorchMetrics takes the logarithm of a float32 softmax, and reaches that at e^-103.',
    'Guessing costs the size of the vocabulary.',
    'Tokens of index -100 are left out, as PyTorch does; TorchMetrics leaves none out unless it is told to.',
  ],
  equivalents: {
    torch: 'torch.exp(torch.nn.functional.cross_entropy(logits, target))',
    torchmetrics: { call: 'torchmetrics.text.Perplexity(ignore_index=-100)', note: 'by default no index is ignored' },
  },
  examples: [
    {
      inputs: {
        target: [0, 2],
        logits: [
          [2, 0.5, -1],
          [0, 1, 0],
        ],
      },
      value: 2.450710555826795,
      note: 'e to the mean of 0.2413 and 1.5514',
    },
    {
      inputs: {
        target: [0, 1],
        probs: [
          [0.5, 0.5],
          [0.875, 0.125],
        ],
      },
      value: 4,
      note: 'the geometric mean of 2 and 8',
    },
  ],
  slots() {
    return 2; // sum of weights, sum of negative log-likelihoods
  },
  fold({ target, scores }, _params, n, weight, into) {
    const { role, data, width } = scores;
    for (let i = 0; i < n; i++) {
      into.add(0, weight[i]);
      into.add(1, times(weight[i], negativeLogOf(role, data, i * width, width, target.data[i])));
    }
  },
  finish([weights, nll]) {
    return { value: Math.exp(nll / weights), denominator: weights };
  },
});
