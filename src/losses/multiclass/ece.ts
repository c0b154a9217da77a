import { defineFoldLoss } from '../define.ts';
import { choice, temperature } from '../params.ts';
import { bins, calibrationInputs, calibrationOf, calibrationSlots, certain, foldCalibration } from './calibration.ts';

export const ece = defineFoldLoss({
  name: 'ece',
  aliases: ['expected-calibration-error', 'calibration-error'],
  task: 'multiclass',
  summary: 'How far probabilities are from the frequencies they promise, averaged over bins of confidence.',
  inputs: calibrationInputs,
  params: {
    bins,
    certain,
    norm: choice(
      'of the gaps of the bins: their mean (l1), the root of their mean square (l2), or the largest (max), which is mce',
      ['l1', 'l2', 'max'],
      'l1',
    ),
    temperature,
  },
  formula: {
    text: 'sum over bins of n_b / n |accuracy_b - confidence_b|;  l2: the root of the sum of n_b / n (accuracy_b - confidence_b)^2',
    latex: String.raw`\sum_b\frac{n_b}{n}\left|\mathrm{acc}_b-\mathrm{conf}_b\right|`,
  },
  unit: 'prob',
  properties: { differentiable: false, minimum: 0, maximum: 1, symmetric: false, robust: true },
  references: [
    {
      title: 'Naeini, Cooper and Hauskrecht (2015), Obtaining Well Calibrated Probabilities Using Bayesian Binning',
      url: 'https://doi.org/10.1609/aaai.v29i1.9602',
    },
    { title: 'Guo et al. (2017), On Calibration of Modern Neural Networks', url: 'https://arxiv.org/abs/1706.04599' },
  ],
  pitfalls: [
    'It depends on the bins and, with few rows, is above 0 for a perfectly calibrated model too: compare with the same bins and rows.',
    'Of several probabilities the largest is the confidence; of one it is that of class 1, against the label (as TorchMetrics).',
    'A model that always says the base rate is calibrated: ece says nothing about how well classes are told apart.',
    'Bins include their lower border and the last its end (but see --certain); Guo et al. include the upper border.',
    'Bins have equal widths: those with equal numbers of rows (adaptive, strategy quantile) give another number, and are not offered.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    torchmetrics: {
      call: 'torchmetrics.classification.MulticlassCalibrationError(num_classes=C, n_bins=15, norm="l1")',
      params: { certain: 'own' },
      note: 'BinaryCalibrationError for one probability; borders of bins are rounded to float32',
    },
    netcal: 'netcal.metrics.ECE(bins=15)',
  },
  examples: [
    { inputs: { target: [1, 1, 0, 0], probs: [0.75, 1, 0.25, 0.5] }, params: { bins: 4 }, value: 0.25 },
    {
      inputs: {
        target: [0, 1],
        probs: [
          [0.75, 0.25],
          [0.75, 0.25],
        ],
      },
      params: { bins: 10 },
      value: 0.25,
      note: 'right half of the time, 0.75 sure',
    },
  ],
  slots(_inputs, params) {
    return calibrationSlots(params);
  },
  fold({ target, scores }, params, n, weight, into) {
    foldCalibration(target, scores, params, n, weight, into);
  },
  finish(slots, { norm }) {
    const { mean, rms, largest, weight, worst } = calibrationOf(slots);
    if (norm === 'max') return { value: largest, denominator: worst };
    return { value: norm === 'l2' ? rms : mean, denominator: weight };
  },
});
