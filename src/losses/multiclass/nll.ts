import { defineRowLoss } from '../define.ts';
import { classes, logProbs } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { classCounts, classWeight, ignoreIndex } from '../params.ts';

export const nll = defineRowLoss({
  name: 'nll',
  aliases: ['negative-log-likelihood'],
  task: 'multiclass',
  summary: 'Minus the log-probability of the class, where log-probabilities are what the model gives.',
  inputs: {
    target: classes('class index, or a probability for each class'),
    logProbs: logProbs('a log-probability for each class'),
  },
  params: { classWeight, classCounts, ignoreIndex },
  bestConstant: ({ classWeight }) => (classWeight ? undefined : 'mean'),
  formula: { text: 'sum over classes of w_c q_c (-log_probs_c);  q = one-hot(target)', latex: String.raw`-w_y\ln p_y` },
  unit: 'nats',
  properties: { convexIn: 'logProbs', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Good (1952), Rational Decisions', url: 'https://doi.org/10.1111/j.2517-6161.1952.tb00104.x' },
    { title: 'PyTorch: NLLLoss', url: 'https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html' },
  ],
  pitfalls: [
    'PyTorch takes anything for log-probabilities: probabilities give a negative loss there. Here a positive one is refused.',
    'Nothing is normalised: rows whose probabilities do not sum to 1 are taken as they are.',
    'With class weights the mean divides by the weights of the targets; for targets given as probabilities it divides by rows.',
    'nll(log_softmax(logits)) is cross-entropy: pass logits to that, which keeps more digits.',
  ],
  equivalents: { torch: 'torch.nn.NLLLoss(weight=None, ignore_index=-100)' },
  examples: [
    {
      inputs: {
        target: [0, 2],
        logProbs: [
          [-0.25, -2, -3],
          [-1.5, -0.5, -1.75],
        ],
      },
      losses: [0.25, 1.75],
      value: 1,
    },
    {
      inputs: {
        target: [0, 2],
        logProbs: [
          [-0.25, -2, -3],
          [-1.5, -0.5, -1.75],
        ],
      },
      params: { classWeight: [1, 2, 3] },
      losses: [0.25, 5.25],
      value: 1.375,
      note: 'divided by 1 + 3',
    },
  ],
  kernel({ target, logProbs: { data, width } }, { classWeight }, n, out, norm) {
    const byIndex = target.width === 1;
    for (let i = 0; i < n; i++) {
      const start = i * width;
      if (byIndex) {
        const y = target.data[i];
        const weight = classWeight ? classWeight[y] : 1;
        norm[i] = weight;
        out[i] = times(weight, -data[start + y]);
        continue;
      }
      let loss = 0;
      for (let c = 0; c < width; c++) {
        const q = target.data[start + c];
        loss += times(classWeight ? classWeight[c] * q : q, -data[start + c]);
      }
      out[i] = loss;
    }
  },
});
