/** Pieces that are evaluated apart add up to what one pass gives, bit for bit, and faults read the same. */
import { describe, expect, test } from 'vitest';
import { LOSSES } from '../../src/losses/index.ts';
import { faultIn } from '../support/fault.ts';
import { joinedRows } from '../support/golden-rows.ts';
import { type Columns, type Evaluation, outcomeOf } from '../support/memory-table.ts';

/** All that a run says, as plain data. */
async function told(columns: Columns, evaluation: Evaluation) {
  const { finished, ...outcome } = await outcomeOf(columns, { fingerprint: true, keepRows: true, ...evaluation });
  const rows = finished.runs.map(({ kept }) => kept?.columns());
  return { ...outcome, slices: finished.slices, clusters: finished.clusters, rows };
}

const streaming = LOSSES.filter(({ kind }) => kind !== 'group').map(({ name }) => name);

describe('parts of the rows', () => {
  test.each(streaming)('%s', async (loss) => {
    const { columns, evaluation } = joinedRows(loss);
    const whole = await told(columns, evaluation);
    for (const pieceRows of [1, 3, 7]) expect(await told(columns, { ...evaluation, pieceRows })).toEqual(whole);
  });
});

const N = 40;
const row = <T>(make: (i: number) => T) => Array.from({ length: N }, (_, i) => make(i));
const COLUMNS: Columns = {
  target: row((i) => i % 2),
  pred: row((i) => Math.sin(i) * 10 ** (i % 9)),
  probs: row((i) => (i === 33 ? 0 : ((i * 7) % 10) / 10 + 0.05)),
  logits: row((i) => (i % 10) / 10),
  who: row((i) => `g${i % 3}`),
  w: row((i) => (i % 4) + 0.5),
};

describe('what else a run tells', () => {
  test.each<[string, Evaluation]>([
    ['weights and slices', { loss: ['mse', 'rmse', 'huber'], weight: 'w', by: ['who'] }],
    ['warnings with their first place', { loss: ['bce', 'brier'], columnsOf: { probs: 'probs' } }],
    ['warnings of all rows', { loss: 'bce', columnsOf: { logits: 'logits' } }],
    ['clusters', { loss: 'mse', cluster: 'who' }],
    ['missing values, skipped', { loss: 'mse', nan: 'skip' }],
  ])('%s', async (_, evaluation) => {
    const columns = { ...COLUMNS, ...(evaluation.nan === 'skip' && { pred: row((i) => (i % 5 === 3 ? null : i / 7)) }) };
    const whole = await told(columns, evaluation);
    expect(await told(columns, { ...evaluation, pieceRows: 3 })).toEqual(whole);
    expect(await told(columns, { ...evaluation, pieceRows: 8, batchRows: 5 })).toEqual(whole);
  });

  test('the best constant', async () => {
    const whole = await outcomeOf(COLUMNS, { loss: ['mse', 'mae'], columnsOf: { pred: 'pred' } }, true);
    const parts = await outcomeOf(COLUMNS, { loss: ['mse', 'mae'], columnsOf: { pred: 'pred' }, pieceRows: 3 }, true);
    expect(parts.results).toEqual(whole.results);
  });
});

describe('a fault reads as without threads', () => {
  const at = (k: number, value: number | null, other: (i: number) => number) => row((i) => (i === k ? value : other(i)));
  test.each<[string, Columns, Evaluation]>([
    ['a missing value', { ...COLUMNS, pred: at(29, null, (i) => i) }, { loss: 'mse' }],
    ['two, in two pieces', { ...COLUMNS, pred: row((i) => (i === 17 || i === 29 ? null : i)) }, { loss: 'mse' }],
    ['a label in another way', { ...COLUMNS, target: at(31, -1, (i) => i % 2) }, { loss: 'bce', columnsOf: { probs: 'probs' } }],
    [
      '0 and -1 in two pieces',
      { ...COLUMNS, target: row((i) => (i < 20 ? 1 : i < 30 ? 0 : -1)) },
      { loss: 'bce', columnsOf: { probs: 'probs' } },
    ],
    ['no label at all', { ...COLUMNS, target: at(31, 7, (i) => i % 2) }, { loss: 'hinge', columnsOf: { pred: 'pred' } }],
    [
      'a third text',
      { ...COLUMNS, target: row((i) => (i < 20 ? 'yes' : i < 30 ? 'no' : 'perhaps')) },
      { loss: 'bce', columnsOf: { probs: 'probs' }, positiveLabel: 'yes' },
    ],
  ])('%s', async (_, columns, evaluation) => {
    const fault = await faultIn(() => outcomeOf(columns, evaluation));
    const { message, hint } = await faultIn(() => outcomeOf(columns, { ...evaluation, pieceRows: 4 }));
    expect([message, hint]).toEqual([fault.message, fault.hint]);
  });
});

describe('what is added up is what counts', () => {
  const evaluation: Evaluation = { loss: 'bce', columnsOf: { probs: 'probs' }, by: ['who'], pieceRows: 5 };
  test.each<[string, NonNullable<Evaluation['tamper']>]>([
    [
      'the sums',
      (part) => ({
        ...part,
        losses: part.losses.map((one) => ({
          ...one,
          totals: {
            ...one.totals,
            tally: { ...one.totals.tally, overall: { ...one.totals.tally.overall, units: 1, loss: { low: 33, units: [1] } } },
          },
        })),
      }),
    ],
    ['the rows', (part) => ({ ...part, rows: part.rows - 1 })],
    ['the slices', (part) => ({ ...part, slices: part.slices.toReversed() })],
    ['the facts', (part) => ({ ...part, losses: part.losses.map((one) => ({ ...one, facts: one.facts.map(() => ({})) })) })],
    ['the fingerprint', (part) => ({ ...part, fingerprint: [0, 0, 0] })],
    ['the rows that are kept', (part) => ({ ...part, losses: part.losses.map((one) => ({ ...one, kept: null })) })],
  ])('%s', async (_, tamper) => {
    expect(await told(COLUMNS, { ...evaluation, tamper })).not.toEqual(await told(COLUMNS, evaluation));
  });
});
