import { defineRowLoss } from '../define.ts';
import { hardLabels, reals } from '../inputs.ts';

export const multilabelMargin = defineRowLoss({
  name: 'multilabel-margin',
  aliases: ['multilabelmargin', 'multi-label-margin'],
  task: 'binary',
  summary: 'Hinges of the margins between each true label and each false one, divided by the number of labels.',
  inputs: { target: hardLabels('which labels are true'), pred: reals('a raw score for each label') },
  params: {},
  formula: {
    text: '1 / L times the sum over true k and false l of max(0, 1 - (s_k - s_l))',
    latex: String.raw`\frac1L\sum_{k:\,y_k=1}\ \sum_{l:\,y_l=0}\max(0,\ 1-(s_k-s_l))`,
  },
  unit: 'margin',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'PyTorch: MultiLabelMarginLoss',
      url: 'https://pytorch.org/docs/stable/generated/torch.nn.MultiLabelMarginLoss.html',
    },
    {
      title: 'Crammer and Singer (2003), A Family of Additive Online Algorithms for Category Ranking',
      url: 'https://www.jmlr.org/papers/v3/crammer03b.html',
    },
  ],
  pitfalls: [
    'Labels are given as 0/1 for each; PyTorch takes a list of the true ones, padded with -1, and ignores what follows the first -1.',
    'It divides by the number of labels, not of pairs: rows with many true labels cost more.',
    'A row with no true label, or with all of them, costs 0.',
  ],
  equivalents: { torch: 'torch.nn.MultiLabelMarginLoss()' },
  examples: [
    {
      inputs: { target: [[1, 0, 0, 1]], pred: [[0.1, 0.2, 0.4, 0.8]] },
      losses: [0.85],
      value: 0.85,
      note: 'of the PyTorch documentation, where the target is [3, 0, -1, 1]',
    },
  ],
  kernel({ target, pred: { data, width } }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const end = start + width;
      let sum = 0;
      for (let k = start; k < end; k++) {
        sum += 0 * (target.data[k] + data[k]); // keeps NaN
        if (!(target.data[k] > 0)) continue;
        for (let l = start; l < end; l++) if (target.data[l] < 0) sum += Math.max(0, 1 - (data[k] - data[l]));
      }
      out[i] = sum / width;
    }
  },
});
