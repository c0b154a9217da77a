import type { Case } from './case.ts';

export const SCALES: readonly Case[] = [
  {
    code: 'D02',
    run: { loss: 'cross-entropy' },
    triggers: { target: [0, 1], z0: [0.9, 0.2], z1: [0.1, 0.8] },
    twin: { target: [0, 1], z0: [0.9, 0.2], z1: [0.1, 0.9] },
    says: /--probs.*stays above 0\.3133/,
  },
  {
    code: 'D02',
    run: { loss: 'softmax-focal' },
    triggers: { target: [0, 1], z0: [0.9, 0.2], z1: [0.1, 0.8] },
    twin: { target: [0, 1], z0: [0.9, 0.2], z1: [0.1, 1.8] },
    says: /--probs/,
  },
  {
    code: 'D02',
    run: { loss: 'token-ce' },
    triggers: { target: [0, 1], z0: [0.5, 0.2], z1: [0.3, 0.2], z2: [0.2, 0.6] },
    twin: { target: [0, 1], z0: [0.5, -0.2], z1: [0.3, 0.6], z2: [0.2, 0.6] },
    says: /stays above 0\.5514/,
  },
  {
    code: 'D02', // no other way to pass them
    run: { loss: 'multiclass-sparsemax' },
    triggers: { target: [0, 1], z0: [0.9, 0.2], z1: [0.1, 0.8] },
    twin: { target: [0, 1], z0: [9, 0.2], z1: [0.1, 0.8] },
    says: /pass the scores before softmax/,
  },
  {
    code: 'D03',
    run: { loss: 'bce-with-logits' },
    triggers: { target: [0, 1], logit: [0.1, 0.9] },
    twin: { target: [0, 1], logit: [-0.1, 0.9] },
    says: /in \[0, 1\].*--probs/,
  },
  {
    code: 'D03',
    run: { loss: 'focal' },
    triggers: { target: [0, 1], logit: [0, 1] },
    twin: { target: [0, 1], logit: [0, 1.5] },
    says: /--probs/,
  },
  {
    code: 'D03', // one sigmoid for each label: rows that sum to 1 are no softmax
    run: { loss: 'multilabel-soft-margin' },
    triggers: { target: [[0, 1]], logits: [[0.1, 0.9]] },
    twin: { target: [[0, 1]], logits: [[0.1, 9]] },
    says: /--probs/,
  },
  {
    code: 'D03',
    run: { loss: 'sparsemax' },
    triggers: { target: [0, 1], logit: [0.5, 0.6] },
    twin: { target: [0, 1], logit: [0.5, 1.6] },
    says: /the scores before the sigmoid/,
  },
  {
    code: 'D04',
    run: { loss: 'nll' },
    triggers: { target: [0, 1], lp0: [-0.5, -1], lp1: [-0.93, -3] },
    twin: { target: [0, 1], lp0: [-0.5, -Math.LN2], lp1: [-0.93, -Math.LN2] },
    says: /log-probabilities of 1 of 2 rows.*--logits.*; first at memory:3:2/,
  },
  {
    code: 'D04',
    run: { loss: 'kl-div' },
    triggers: { target: [[0.5, 0.5]], log_probs: [[-1, -2]] },
    twin: { target: [[0.5, 0.5]], log_probs: [[-Math.LN2, -Math.LN2]] },
    says: /log-probabilities of 1 of 1 rows/,
  },
  {
    code: 'D13',
    run: { loss: 'gaussian-nll', columnsOf: { var: 'pred_std' } },
    triggers: { target: [1], pred: [1], pred_std: [0.5] },
    twin: { target: [1], pred: [1], pred_std: [0.5] },
    twinRun: { loss: 'gaussian-nll', columnsOf: { std: 'pred_std' } },
    says: /"pred_std".*--std/,
  },
  {
    code: 'D13',
    run: { loss: 'crps-normal', columnsOf: { std: 'variance' } },
    triggers: { target: [1], pred: [1], variance: [0.5] },
    twin: { target: [1], pred: [1], variance: [0.5] },
    twinRun: { loss: 'crps-normal', columnsOf: { var: 'variance' } },
    says: /"variance".*--var/,
  },
  {
    code: 'D13',
    run: { loss: 'gaussian-nll' },
    triggers: { target: [1, 1], pred: [1, 1], var: [1, 1e-7] },
    twin: { target: [1, 1], pred: [1, 1], var: [1, 1e-5] },
    says: /1 of 2 values of --var are below 0\.000001.*--eps 0.*; first at memory:3:3/,
  },
  {
    code: 'D13', // the floor of a variance of 1e-6 is one of 1e-3 here
    run: { loss: 'gaussian-nll', columnsOf: { std: 'std' } },
    triggers: { target: [1, 1], pred: [1, 1], std: [1, 1e-4] },
    twin: { target: [1, 1], pred: [1, 1], std: [1, 1e-2] },
    says: /1 of 2 values of --std are below 0\.001/,
  },
  {
    code: 'D13',
    run: { loss: 'laplace-nll', columnsOf: { 'laplace-scale': 'b' } },
    triggers: { target: [1], pred: [1], b: [0] },
    twin: { target: [1], pred: [1], b: [0.1] },
    says: /--laplace-scale/,
  },
];
