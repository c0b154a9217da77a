import { defineFoldLoss } from '../define.ts';
import { temperature } from '../params.ts';
import { bins, calibrationInputs, calibrationOf, calibrationSlots, certain, foldCalibration } from './calibration.ts';

export const mce = defineFoldLoss({
  name: 'mce',
  aliases: ['maximum-calibration-error', 'max-calibration-error'],
  task: 'multiclass',
  summary: 'The largest gap between probabilities and the frequencies they promise, over bins of confidence.',
  inputs: calibrationInputs,
  params: { bins, certain, temperature },
  formula: {
    text: 'max over bins with rows of |accuracy_b - confidence_b|',
    latex: String.raw`\max_b\left|\mathrm{acc}_b-\mathrm{conf}_b\right|`,
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
    'A bin with a single row can decide it: that row, certain and wrong, is an mce of 1. Take fewer bins for few rows.',
    'Of several probabilities the largest is the confidence; of one it is that of class 1, against the label.',
    'Bins include their lower border and the last its end; Guo et al. include the upper border.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    torchmetrics: {
      call: 'torchmetrics.classification.MulticlassCalibrationError(num_classes=C, n_bins=15, norm="max")',
      params: { certain: 'own' },
      note: 'BinaryCalibrationError for one probability; borders of bins are rounded to float32',
    },
    netcal: 'netcal.metrics.MCE(bins=15)',
  },
  examples: [{ inputs: { target: [1, 1, 0, 0], probs: [0.75, 1, 0.25, 0.5] }, params: { bins: 4 }, value: 0.5 }],
  slots(_inputs, params) {
    return calibrationSlots(params);
  },
  fold({ target, scores }, params, n, weight, into) {
    foldCalibration(target, scores, params, n, weight, into);
  },
  finish(slots) {
    const { largest, worst } = calibrationOf(slots);
    return { value: largest, denominator: worst };
  },
});
