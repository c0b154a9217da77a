import { defineRowLoss } from '../define.ts';
import { classIndex } from '../inputs.ts';
import { negativeLogOf } from '../math/softmax.ts';
import { classScores } from '../multiclass/of-likelihood.ts';
import { ignoreIndex, temperature } from '../params.ts';

export const tokenCe = defineRowLoss({
  name: 'token-ce',
  aliases: ['next-token-ce', 'causal-lm', 'lm-loss', 'token-cross-entropy'],
  task: 'sequence',
  summary: 'Negative log-likelihood of each token: the loss of language models, a row for each position.',
  inputs: { target: classIndex('token that came at this position'), scores: classScores },
  params: { ignoreIndex, temperature },
  formula: { text: '-ln p_target;  p = softmax(logits)', latex: String.raw`-\ln\frac{e^{z_y}}{\sum_v e^{z_v}}` },
  unit: 'nats',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Bengio et al. (2003), A Neural Probabilistic Language Model', url: 'https://www.jmlr.org/papers/v3/bengio03a.html' },
  ],
  pitfalls: [
    'The mean is over all tokens that are not ignored. A mean of the means of batches or files is another number: merge, do not average.',
    'For a mean over sequences of the mean of their tokens, give --weight a column of 1 / the number of tokens of the sequence.',
    'A row holds the scores for its own target: where logits of position t predict token t + 1, shift one of them before writing the file.',
    'Padding must carry the ignored index, or it counts as tokens that are easy to predict.',
    'Nats per token depend on the tokeniser: compare models with different ones by bits-per-token with --bytes.',
  ],
  equivalents: {
    torch: 'torch.nn.CrossEntropyLoss(ignore_index=-100)',
    transformers: 'the loss of AutoModelForCausalLM, which shifts logits and labels itself',
    keras: {
      call: 'keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=-100)',
      note: 'by default no class is ignored',
    },
    optax: 'optax.softmax_cross_entropy_with_integer_labels(logits, target)',
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
      losses: [0.24131129665715706, 1.551444713932051],
      value: 0.8963780052946041,
    },
  ],
  kernel({ target, scores }, _params, n, out) {
    const { role, data, width } = scores;
    for (let i = 0; i < n; i++) out[i] = negativeLogOf(role, data, i * width, width, target.data[i]);
  },
});
