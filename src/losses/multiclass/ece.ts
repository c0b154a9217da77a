import { defineFoldLoss } from '../define.ts';
import { number } from '../params.ts';
import { bins, calibrationInputs, calibrationOf, calibrationSlots, foldCalibration } from './calibration.ts';

export const ece = defineFoldLoss({
  name: 'ece',
  aliases: ['expected-calibration-error', 'calibration-error'],
  task: 'multiclass',
  summary: 'How far probabilities are from the frequencies they promise, averaged over bins of confidence.',
  inputs: calibrationInputs,
  params: {
    bins,
    norm: number('1: mean gap; 2: root of the mean squared gap. The largest gap is mce', 1, { min: 1, max: 2, integer: true }),
  },
  formula: {
    text: 'sum over bins of n_b / n |accuracy_b - confidence_b|',
    latex: String.raw`\sum_b\frac{n_b}{n}\left|\mathrm{acc}_b-\mathrm{conf}_b\right|`,
  },
  unit: 'prob',
  properties: { differentiable: false, minimum: 0, maximum: 1, symmetric: false, robust: false },
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
    'Bins include their lower border and the last its end. TorchMetrics puts a probability of exactly 1 into a bin of its own; ' +
      'Guo et al. include the upper border.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    torchmetrics: 'torchmetrics.classification.MulticlassCalibrationError(num_classes=C, n_bins=15, norm="l1")',
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
  slots(_inputs, { bins }) {
    return calibrationSlots(bins);
  },
  fold({ target, scores }, { bins }, n, weight, into) {
    foldCalibration(target, scores, bins, n, weight, into);
  },
  finish(slots, { norm }) {
    const { mean, rms, weight } = calibrationOf(slots);
    return { value: norm === 2 ? rms : mean, denominator: weight };
  },
});
