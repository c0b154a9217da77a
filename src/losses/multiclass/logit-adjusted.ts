import { defineRowLoss } from '../define.ts';
import { classIndex, logits } from '../inputs.ts';
import { classCounts, number, temperature } from '../params.ts';
import { logPriors, shiftedCrossEntropy } from './prior-adjusted.ts';

export const logitAdjusted = defineRowLoss({
  name: 'logit-adjusted',
  aliases: ['logit-adjustment', 'logit-adjusted-softmax'],
  task: 'multiclass',
  summary: 'Cross-entropy of logits to which tau times the log prior of each class is added: long tails weigh in at training.',
  inputs: { target: classIndex('class index'), logits: logits('a score for each class, before softmax') },
  params: {
    tau: number('how much of the prior is added: 1 for all of it, 0 for plain cross-entropy', 1, { min: 0 }),
    classCounts,
    temperature,
  },
  needs: 'classCounts',
  formula: {
    text: '-ln softmax(logits + tau ln prior)[target];  prior_c = n_c / N',
    latex: String.raw`-\ln\operatorname{softmax}(z+\tau\ln\pi)_y,\quad\pi_c=n_c/N`,
  },
  unit: 'nats',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Menon et al. (2021), Long-tail learning via logit adjustment, equation 10', url: 'https://arxiv.org/abs/2007.07314' },
  ],
  pitfalls: [
    'The counts are those of the training set: counted in the file of predictions, a balanced test set adjusts nothing.',
    'A loss to train with: at test time the logits are used without the prior, and cross-entropy tells how good they are.',
    'A class without rows has prior 0 and takes no part; as a target it costs infinitely much.',
    'At tau 1 it is balanced-softmax to the last digit: the two add logarithms that differ by a constant.',
  ],
  equivalents: { torch: 'F.cross_entropy(logits + tau * torch.log(prior), target)' },
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
      note: 'without a score to go by, the priors 3/4 and 1/4 are what is left',
    },
  ],
  kernel({ target, logits: scores }, { tau, classCounts: counts }, n, out) {
    shiftedCrossEntropy(target.data, scores, logPriors(counts, tau), n, out);
  },
});
