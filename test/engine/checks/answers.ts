import type { Case } from './case.ts';

export const ANSWERS: readonly Case[] = [
  {
    code: 'D18',
    run: { loss: 'orpo' },
    triggers: { chosen: [-40, -1], rejected: [-50, -60], nll: [1, 1] },
    twin: { chosen: [-40, -1], rejected: [-50, -2], nll: [1, 1] },
    says: /3 of 4 log-probabilities are below -30.*orpo takes means/,
  },
  {
    code: 'D18',
    run: { loss: 'simpo' },
    triggers: { chosen: [-40], rejected: [-50], chosen_length: [40], rejected_length: [40] },
    twin: { chosen: [-40], rejected: [-50], chosen_length: [40], rejected_length: [40] },
    twinRun: { loss: 'simpo', columnsOf: { 'chosen-length': 'chosen_length', 'rejected-length': 'rejected_length' } },
    says: /--chosen-length/,
  },
  {
    code: 'D18',
    run: { loss: 'ipo' },
    triggers: { chosen: [-31], rejected: [-31], ref_chosen: [-1], ref_rejected: [-1] },
    twin: { chosen: [-29], rejected: [-29], ref_chosen: [-50], ref_rejected: [-50] },
    says: /2 of 2/,
  },
  {
    code: 'D18', // divided once more, they say that every token was nearly certain
    run: { loss: 'simpo', columnsOf: { 'chosen-length': 'chosen_length', 'rejected-length': 'rejected_length' } },
    triggers: { chosen: [-1], rejected: [-2], chosen_length: [100], rejected_length: [100] },
    twin: { chosen: [-1], rejected: [-2], chosen_length: [3], rejected_length: [3] },
    says: /2 of 2.*leave the lengths out/,
  },
  {
    code: 'D18',
    run: { loss: 'dpo' },
    triggers: { chosen: [-1, -2], rejected: [-3, -4], ref_chosen: [-1, -2], ref_rejected: [-3, -4] },
    twin: { chosen: [-1, -2], rejected: [-3, -40], ref_chosen: [-1, -2], ref_rejected: [-3, -4] },
    says: /4 of 4 log-probabilities are above -5.*dpo takes sums/,
  },
  {
    code: 'D18',
    run: { loss: 'cpo' },
    triggers: { chosen: [-1], rejected: [-2], nll: [1] },
    twin: { chosen: [-1], rejected: [-2], nll: [1] },
    twinRun: { loss: 'cpo:alpha=0.1' },
    says: /cpo takes sums/,
  },
  {
    code: 'D18',
    run: { loss: 'kto' },
    triggers: { target: [1, 0], log_prob: [-1, -2], ref_log_prob: [-10, -20] },
    twin: { target: [1, 0], log_prob: [-10, -20], ref_log_prob: [-1, -2] },
    says: /kto takes sums/,
  },
];
