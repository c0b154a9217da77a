import { defineFoldLoss } from '../define.ts';
import { classIndex, optionalPositive } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { negativeLogOf } from '../math/softmax.ts';
import { classScores } from '../multiclass/of-likelihood.ts';
import { ignoreIndex, temperature } from '../params.ts';

export const bitsPerToken = defineFoldLoss({
  name: 'bits-per-token',
  aliases: ['bits-per-byte', 'bpb', 'bits-per-character', 'bpc', 'bpt'],
  task: 'sequence',
  summary: 'Bits a text takes when coded with the model, per token, or per byte or character: comparable between tokenisers.',
  inputs: {
    target: classIndex('token that came at this position'),
    scores: classScores,
    bytes: optionalPositive('bytes or characters the token stands for: the value is then per byte or character'),
  },
  params: { ignoreIndex, temperature },
  formula: {
    text: 'sum(w (-log2 p_target)) / sum(w u);  u = bytes of the token, or 1;  p = softmax(logits)',
    latex: String.raw`\frac{\sum_t w_t\,(-\log_2 p_{t,y_t})}{\sum_t w_t\,u_t}`,
  },
  unit: 'bits',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Gao et al. (2020), The Pile: An 800GB Dataset of Diverse Text for Language Modeling, bits per UTF-8 encoded byte',
      url: 'https://arxiv.org/abs/2101.00027',
    },
    { title: 'Graves (2013), Generating Sequences With Recurrent Neural Networks', url: 'https://arxiv.org/abs/1308.0850' },
  ],
  pitfalls: [
    'The unit is decided by what is given: without --bytes it is bits per token, which depends on the tokeniser, whatever alias it was called by.',
    'Characters are not bytes: in UTF-8 one character takes up to four, and bits per byte are fewer than bits per character.',
    'Tokens that are left out by ignoreIndex leave their bytes out as well.',
    'It is token-ce / ln 2 when no bytes are given; a byte costs at most 8 bits if the model knows nothing but that it is one.',
  ],
  equivalents: {
    torch: 'torch.nn.functional.cross_entropy(logits, target, reduction="sum") / math.log(2) / bytes.sum()',
    'lm-evaluation-harness': 'bits_per_byte',
  },
  examples: [
    {
      inputs: {
        target: [0, 1],
        probs: [
          [0.5, 0.5],
          [0.875, 0.125],
        ],
      },
      value: 2,
      note: 'the mean of 1 and 3 bits',
    },
    {
      inputs: {
        target: [0, 1],
        probs: [
          [0.5, 0.5],
          [0.875, 0.125],
        ],
        bytes: [3, 5],
      },
      value: 0.5,
      note: '4 bits for 8 bytes',
    },
  ],
  slots() {
    return 2; // sum of weighted units, sum of negative log-likelihoods
  },
  fold({ target, scores, bytes }, _params, n, weight, into) {
    const { role, data, width } = scores;
    for (let i = 0; i < n; i++) {
      into.add(0, bytes ? weight[i] * bytes.data[i] : weight[i]);
      into.add(1, times(weight[i], negativeLogOf(role, data, i * width, width, target.data[i])));
    }
  },
  finish([units, nll]) {
    return { value: nll / Math.LN2 / units, denominator: units };
  },
});
