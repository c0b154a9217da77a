/** Losses of groups whose rows need no group with some inputs: they stream. */
import { describe, expect, test } from 'vitest';
import { type Columns, evaluate, evaluateRows } from '../support/memory-table.ts';

const wave = (i: number, width: number) => Array.from({ length: width }, (_, j) => Math.sin(1.7 * i + j * j));
const rows = Array.from({ length: 10 }, (_, i) => i);
const columns: Columns = {
  query: rows.map((i) => wave(i, 3)),
  key: rows.map((i) => wave(i + 0.1, 3)),
  n: rows.map((i) => wave(i + 5, 6)),
};
const negatives = { loss: 'info-nce', columnsOf: { negatives: 'n' } };

describe('info-nce with negatives of its own for each row', () => {
  test('has no groups, and the same value for any batches', async () => {
    const [whole] = await evaluate(columns, negatives);
    expect(whole.groups).toBeNull();
    expect(await evaluate(columns, { ...negatives, batchRows: 3 })).toEqual([whole]);
    expect(await evaluate(columns, { ...negatives, groupSize: 3 })).toEqual([whole]);
  });

  test('gives rows as they are read', async () => {
    const seen: number[] = [];
    let given = 0;
    const counting = { onRow: () => given++, onBatch: async () => void seen.push(given), batchRows: 4, reduction: 'none' } as const;
    await evaluate(columns, { ...negatives, ...counting });
    expect(seen).toEqual([4, 8, 10]);
    given = 0;
    await evaluate(columns, { loss: 'info-nce', ...counting });
    expect(seen.slice(3)).toEqual([0, 0, 0]); // without negatives the group is complete at the end
  });

  test('without them rows know of each other: the size of the group shows', async () => {
    const [whole] = await evaluate(columns, { loss: 'info-nce' });
    expect(whole.groups).toEqual({ count: 1, smallest: 10, largest: 10 });
    expect((await evaluate(columns, { loss: 'info-nce', groupSize: 3 }))[0].value).not.toBe(whole.value);
    expect(await evaluateRows(columns, { loss: 'info-nce' })).toHaveLength(10);
  });
});
