/** Each check with data that trigger it, and a twin that differs only in what the check looks for. */
import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../src/engine/checks/index.ts';
import { type Columns, type Evaluation, evaluateFindings } from '../support/memory-table.ts';

interface Case {
  readonly code: string;
  readonly run: Evaluation;
  readonly triggers: Columns;
  readonly twin: Columns;
  readonly says: RegExp;
}

const CASES: readonly Case[] = [
  {
    code: 'D02',
    run: { loss: 'cross-entropy' },
    triggers: { target: [0, 1], z0: [0.9, 0.2], z1: [0.1, 0.8] },
    twin: { target: [0, 1], z0: [0.9, 0.2], z1: [0.1, 0.9] },
    says: /--probs.*stays above 0\.3133/,
  },
  {
    code: 'D03',
    run: { loss: 'bce-with-logits' },
    triggers: { target: [0, 1], logit: [0.1, 0.9] },
    twin: { target: [0, 1], logit: [-0.1, 0.9] },
    says: /in \[0, 1\].*--probs/,
  },
  {
    code: 'D08',
    run: { loss: 'hinge' },
    triggers: { target: [1, 1], pred: [0.5, 2] },
    twin: { target: [1, -1], pred: [0.5, 2] },
    says: /all 2 rows have the label 1/,
  },
  {
    code: 'D10',
    run: { loss: 'mape' },
    triggers: { target: [0, 1, 0], pred: [1, 1, 1] },
    twin: { target: [1, 1, 1], pred: [1, 1, 0] },
    says: /2 of 3 targets are 0.*; first at memory:2:1/,
  },
  {
    code: 'D12',
    run: { loss: 'poisson-nll' },
    triggers: { target: [1, 0.5], pred: [1, 1] },
    twin: { target: [1, 2], pred: [0.5, 1] },
    says: /1 of 2 counts are not whole.*; first at memory:3:1/,
  },
  {
    code: 'D13',
    run: { loss: 'gaussian-nll', columnsOf: { var: 'pred_std' } },
    triggers: { target: [1], pred: [1], pred_std: [0.5] },
    twin: { target: [1], pred: [1], pred_std: [0.5] },
    says: /"pred_std".*--std/,
  },
  {
    code: 'D14',
    run: { loss: 'interval-score' },
    triggers: { target: [1, 1], lower: [0, 3], upper: [2, 2] },
    twin: { target: [1, 1], lower: [0, 2], upper: [2, 3] },
    says: /1 of 2 lower bounds are above/,
  },
  {
    code: 'D16',
    run: { loss: 'info-nce' },
    triggers: {
      query: [
        [0, 0],
        [1, 0],
      ],
      key: [
        [1, 0],
        [0, 1],
      ],
    },
    twin: {
      query: [
        [0, 1],
        [1, 0],
      ],
      key: [
        [1, 0],
        [0, 1],
      ],
    },
    says: /1 embeddings have length zero/,
  },
  {
    code: 'D17',
    run: { loss: 'info-nce' },
    triggers: {
      query: [
        [0, 1],
        [1, 0],
      ],
      key: [
        [1, 0],
        [0, 1],
      ],
    },
    twin: { query: [[0, 1]], key: [[1, 0]] },
    says: /one batch of 2 rows.*ln 2 = 0\.6931/,
  },
  {
    code: 'D21',
    run: { loss: 'bce' },
    triggers: { target: [1, 0, 1], prob: [0, 0, 1] },
    twin: { target: [0, 0, 1], prob: [0, 0, 1] },
    says: /1 probabilities are exactly 0 or 1 on the wrong side.*; first at memory:2:2/,
  },
  {
    code: 'D21',
    run: { loss: 'cross-entropy' },
    triggers: { target: [1, 0], p0: [1, 0.5], p1: [0, 0.5] },
    twin: { target: [0, 0], p0: [1, 0.5], p1: [0, 0.5] },
    says: /; first at memory:2:3/,
  },
  {
    code: 'D22',
    run: { loss: 'quantile' },
    triggers: { target: [1.5, 2], pred: [1, 2] },
    twin: { target: [1.5, 2], pred: [1, 2.5] },
    says: /swapped/,
  },
  {
    code: 'D26',
    run: { loss: 'cross-entropy' },
    triggers: { target: [0, 1, 1], z0: [1, 2, 3], z1: [0, 1, 4], z2: [2, 2, 0] },
    twin: { target: [0, 1, 2], z0: [1, 2, 3], z1: [0, 1, 4], z2: [2, 2, 0] },
    says: /1 of 3 classes have no row, first 2/,
  },
  {
    code: 'D27',
    run: { loss: 'cross-entropy', params: { 'label-smoothing': '0.1' } },
    triggers: { target: [[0.9, 0.1]], logits: [[1, 2]] },
    twin: { target: [[1, 0]], logits: [[1, 2]] },
    says: /softens them again/,
  },
  {
    code: 'D28',
    run: { loss: 'poisson-nll' },
    triggers: { target: [1], pred: [800] },
    twin: { target: [1], pred: [700] },
    says: /--no-log-input/,
  },
];

describe('checks', () => {
  test.each(CASES)('$code: $run.loss', async ({ code, run, triggers, twin, says }) => {
    const found = (await evaluateFindings(triggers, run)).filter((finding) => finding.code === code);
    expect(found.map(({ message, first }) => (first ? `${message}; first at ${first}` : message))).toEqual([
      expect.stringMatching(says),
    ]);
    const quiet = code === 'D13' ? { ...run, columnsOf: { std: 'pred_std' } } : run;
    expect((await evaluateFindings(twin, quiet)).filter((finding) => finding.code === code)).toEqual([]);
  });

  test.each(CASES)('$code: $run.loss, in batches of one row and silenced', async ({ code, run, triggers }) => {
    const found = (await evaluateFindings(triggers, { ...run, batchRows: 1 })).filter((finding) => finding.code === code);
    expect(found).toEqual((await evaluateFindings(triggers, run)).filter((finding) => finding.code === code));
    expect((await evaluateFindings(triggers, { ...run, allow: new Set([code]) })).map((finding) => finding.code)).not.toContain(
      code,
    );
  });

  test('every check has a case', () => {
    expect([...new Set(CASES.map(({ code }) => code))].sort()).toEqual(CHECKS.map(({ code }) => code).sort());
  });
});
