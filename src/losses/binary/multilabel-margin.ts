import { defineRowLoss, type Numbers } from '../define.ts';
import { hardLabels, reals } from '../inputs.ts';
import { boolean } from '../params.ts';

export const multilabelMargin = defineRowLoss({
  name: 'multilabel-margin',
  aliases: [],
  task: 'binary',
  summary: 'Hinges of the margins between each true label and each false one, divided by the number of labels.',
  inputs: {
    target: hardLabels('which labels are true, 0 or 1 for each; or a list of their indices with --index-target'),
    pred: reals('a raw score for each label'),
  },
  params: { indexTarget: boolean('target lists the indices of the true labels, -1 after the last, as PyTorch does', false) },
  domain({ indexTarget }) {
    const hint = 'a list of labels has as many numbers as there are labels: indices from 0, then -1 to its end';
    return indexTarget ? { target: { holds: 'real', min: -1, whole: true, indices: true, hint } } : {};
  },
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
    'Labels are 0/1 for each. PyTorch takes a list of the indices of the true ones instead: give it with --index-target.',
    'A list of indices ends at its first -1, whatever follows. A label that is listed twice counts twice, as in PyTorch.',
    'It divides by the number of labels, not of pairs: rows with many true labels cost more.',
    'A row with no true label, or with all of them, costs 0.',
  ],
  equivalents: { torch: 'torch.nn.MultiLabelMarginLoss()' },
  examples: [
    {
      inputs: { target: [[1, 0, 0, 1]], pred: [[0.1, 0.2, 0.4, 0.8]] },
      losses: [0.85],
      value: 0.85,
    },
    {
      inputs: { target: [[3, 0, -1, 1]], pred: [[0.1, 0.2, 0.4, 0.8]] },
      params: { indexTarget: true },
      losses: [0.85],
      value: 0.85,
      note: 'the same as a list: the example of the PyTorch documentation',
    },
  ],
  kernel({ target, pred: { data, width } }, { indexTarget }, n, out) {
    const named = new Float64Array(width); // how often each label is named as true
    const name = indexTarget ? nameListed : nameMarked;
    for (let i = 0; i < n; i++) {
      const start = i * width;
      let sum = name(target.data, start, named);
      for (let k = 0; k < width; k++) {
        const score = data[start + k];
        sum += 0 * score; // keeps NaN
        if (named[k] === 0) continue;
        for (let l = 0; l < width; l++) if (named[l] === 0) sum += named[k] * Math.max(0, 1 - (score - data[start + l]));
      }
      out[i] = sum / width;
    }
  },
});

/** Labels of -1 and +1, one for each. Gives 0, or NaN where a label is missing. */
function nameMarked(target: Numbers, start: number, named: Float64Array): number {
  let flaw = 0;
  for (let k = 0; k < named.length; k++) {
    const label = target[start + k];
    named[k] = label > 0 ? 1 : 0;
    flaw += 0 * label;
  }
  return flaw;
}

/** Indices up to the first -1. Gives 0, or NaN where one is missing. */
function nameListed(target: Numbers, start: number, named: Float64Array): number {
  named.fill(0);
  for (let k = 0; k < named.length; k++) {
    const label = target[start + k];
    if (!(label >= 0)) return Number.isNaN(label) ? label : 0;
    named[label]++;
  }
  return 0;
}
