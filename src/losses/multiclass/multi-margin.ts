import { defineRowLoss } from '../define.ts';
import { classIndex, scores } from '../inputs.ts';
import { classCounts, classWeight, number } from '../params.ts';

export const multiMargin = defineRowLoss({
  name: 'multi-margin',
  aliases: ['weston-watkins'],
  task: 'multiclass',
  summary: 'Hinges of the margins between the score of the class and every other score, divided by the number of classes.',
  inputs: { target: classIndex('class index'), pred: scores('a raw score for each class') },
  params: {
    p: number('power of each hinge: 1 or 2', 1, { min: 1, max: 2, integer: true }),
    margin: number('how far below the class another score costs nothing', 1, { min: 0 }),
    classWeight,
    classCounts,
  },
  formula: {
    text: 'w_y / C times the sum over other classes of max(0, margin - s_y + s_c)^p',
    latex: String.raw`\frac{w_y}{C}\sum_{c\neq y}\max(0,\ m-s_y+s_c)^p`,
  },
  unit: 'margin^p',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Weston and Watkins (1999), Support Vector Machines for Multi-Class Pattern Recognition',
      url: 'https://www.esann.org/sites/default/files/proceedings/legacy/es1999-461.pdf',
    },
    { title: 'PyTorch: MultiMarginLoss', url: 'https://pytorch.org/docs/stable/generated/torch.nn.MultiMarginLoss.html' },
  ],
  pitfalls: [
    'It divides by the number of classes, not by that of the others: with 2 classes half of the hinge.',
    'Class weights do not enter the denominator: the mean divides by rows, as PyTorch does here and not in cross-entropy.',
    'Scores are raw: between probabilities no margin of 1 is ever reached.',
  ],
  equivalents: { torch: { call: 'torch.nn.MultiMarginLoss(p=1, margin=1.0, weight=None)', reduction: 'sum-over-batch-size' } },
  examples: [
    { inputs: { target: [3], pred: [[0.1, 0.2, 0.4, 0.8]] }, losses: [0.325], value: 0.325, note: 'of the PyTorch documentation' },
    { inputs: { target: [0], pred: [[0.5, 0, 1]] }, params: { p: 2 }, losses: [0.8333333333333334], value: 0.8333333333333334 },
  ],
  kernel({ target, pred: { data, width } }, { p, margin, classWeight }, n, out) {
    const squared = p === 2;
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const own = start + target.data[i];
      let sum = 0;
      for (let c = start; c < start + width; c++) {
        if (c === own) continue;
        const short = Math.max(0, margin + (data[c] - data[own]));
        sum += squared ? short * short : short;
      }
      out[i] = ((classWeight ? classWeight[target.data[i]] : 1) * sum) / width;
    }
  },
});
