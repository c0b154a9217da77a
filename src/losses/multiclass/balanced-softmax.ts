import { defineRowLoss } from '../define.ts';
import { classIndex, logits } from '../inputs.ts';
import { classCounts, temperature } from '../params.ts';
import { logPriors, shiftedCrossEntropy } from './prior-adjusted.ts';

export const balancedSoftmax = defineRowLoss({
  name: 'balanced-softmax',
  aliases: ['balanced-meta-softmax', 'balanced-softmax-cross-entropy'],
  task: 'multiclass',
  summary: 'Cross-entropy with each exponential multiplied by the rows of its class: softmax as if training had been balanced.',
  inputs: { target: classIndex('class index'), logits: logits('a score for each class, before softmax') },
  params: { classCounts, temperature },
  needs: 'classCounts',
  formula: {
    text: '-ln (n_y e^z_y / sum over classes of n_c e^z_c)',
    latex: String.raw`-\ln\frac{n_y\,e^{z_y}}{\sum_c n_c\,e^{z_c}}`,
  },
  unit: 'nats',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Ren et al. (2020), Balanced Meta-Softmax for Long-Tailed Visual Recognition, equation 4',
      url: 'https://arxiv.org/abs/2007.10740',
    },
  ],
  pitfalls: [
    'The counts are those of the training set: counted in the file of predictions, a balanced test set adjusts nothing.',
    'A loss to train with: at test time the logits are used as they are, and cross-entropy tells how good they are.',
    'A class without rows takes no part; as a target it costs infinitely much.',
  ],
  equivalents: { torch: 'F.cross_entropy(logits + torch.log(counts), target)' },
  examples: [
    {
      inputs: {
        target: [0, 1],
        logits: [
          [0, 0],
          [0, 0],
        ],
      },
      params: { classCounts: [3, 1] },
      losses: [0.28768207245178096, 1.3862943611198906],
      value: 0.8369882167858358,
      note: 'without a score to go by, the counts 3 and 1 are what is left',
    },
  ],
  kernel({ target, logits: scores }, { classCounts: counts }, n, out) {
    shiftedCrossEntropy(target.data, scores, logPriors(counts, 1), n, out);
  },
});
