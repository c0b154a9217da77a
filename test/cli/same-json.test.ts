/** The whole JSON, byte for byte: for any order of the rows, any --chunk-rows and any format, warnings and slices included. */
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { lossctl } from '../support/world.ts';

interface Row {
  readonly target: number;
  readonly pred: number;
  readonly var: number;
  readonly region: string;
}

/** Over many magnitudes, with some variances below eps, so that a check has something to say. */
const ROWS: readonly Row[] = Array.from({ length: 300 }, (_, i) => ({
  target: Math.sin(i) * 10 ** ((i % 17) - 8),
  pred: Math.cos(i * 3) * 10 ** ((i % 13) - 6),
  var: i % 5 === 3 ? 1e-9 : 1 + Math.abs(Math.sin(i * 7)),
  region: `r${i % 3}`,
}));

const csv = (rows: readonly Row[]) => `target,pred,var,region\n${rows.map((row) => Object.values(row).join()).join('\n')}\n`;
const ndjson = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const arrow = (rows: readonly Row[]) =>
  tableToIPC(
    tableFromArrays({
      target: Float64Array.from(rows, (row) => row.target),
      pred: Float64Array.from(rows, (row) => row.pred),
      var: Float64Array.from(rows, (row) => row.var),
      region: rows.map((row) => row.region),
    }),
    'stream',
  );

const LOSSES = ['mse', 'rmse', 'rse', 'max-error', 'huber', 'gaussian-nll'].flatMap((loss) => ['-l', loss]);

async function json(input: string | Uint8Array, chunkRows = 8192): Promise<string> {
  const args = ['eval', ...LOSSES, '--by', 'region', '--json', '--chunk-rows', String(chunkRows)];
  const { stdout, stderr, code } = await lossctl(args, input);
  expect(code, stderr).toBe(0);
  return stdout;
}

describe('the same JSON', async () => {
  const given = await json(csv(ROWS));
  const shuffled = ROWS.toSorted((a, b) => a.pred - b.pred);

  test.each<[string, string | Uint8Array, number]>([
    ['reversed', csv(ROWS.toReversed()), 8192],
    ['shuffled', csv(shuffled), 8192],
    ['one row at a time', csv(ROWS), 1],
    ['seven rows at a time', csv(shuffled), 7],
    ['NDJSON', ndjson(ROWS), 8192],
    ['NDJSON, shuffled', ndjson(shuffled), 13],
    ['Arrow', arrow(ROWS), 8192],
    ['Arrow, shuffled', arrow(shuffled), 50],
  ])('%s', async (_, input, chunkRows) => {
    expect(await json(input, chunkRows)).toBe(given);
  });

  test('has something to say that could depend on the order', () => {
    expect(JSON.parse(given).warnings).toEqual([expect.objectContaining({ code: 'D13' })]);
  });

  test('another row is another JSON', async () => {
    expect(await json(csv([...ROWS.slice(1), { ...(ROWS[0] as Row), pred: 1e5 }]))).not.toBe(given);
  });
});
