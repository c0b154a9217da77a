/** The fast way through delimited text must give what csv-parse and the builders give: same bits, same lines, same faults. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Batch, Labels, Wanted } from '../../src/io/batch.ts';
import type * as utf8 from '../../src/io/bytes/utf8.ts';
import type * as record from '../../src/io/csv/fast/record.ts';
import { SimdRows } from '../../src/io/csv/fast/simd.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';
import { RowSink } from '../../src/io/row-sink.ts';
import { linesOf } from '../support/lines.ts';
import { failure, hex, openBytes } from './read.ts';

const csvParse = vi.hoisted(() => ({ alone: false }));

vi.mock('../../src/io/csv/fast/record.ts', async (original) => {
  const real = await original<typeof record>();
  return {
    ...real,
    takeRecord: (...args: Parameters<typeof real.takeRecord>) => (csvParse.alone ? real.UNCLEAR : real.takeRecord(...args)),
  };
});

/** Lengths of the pieces in which text arrives, over and over: what openBytes is given comes in one, because the dialect is sniffed first. */
const pieces = vi.hoisted(() => ({ lengths: [] as readonly number[] }));

vi.mock('../../src/io/bytes/utf8.ts', async (original) => {
  const real = await original<typeof utf8>();
  async function* utf8Chunks(...args: Parameters<typeof real.utf8Chunks>): AsyncGenerator<Buffer> {
    const { lengths } = pieces;
    for await (const chunk of real.utf8Chunks(...args)) {
      if (lengths.length === 0) yield chunk;
      else
        for (let at = 0, k = 0; at < chunk.length; at += lengths[k++ % lengths.length] as number)
          yield chunk.subarray(at, at + (lengths[k % lengths.length] as number));
    }
  }
  return { ...real, utf8Chunks };
});

/** From how many bytes on rows are taken off with SIMD instructions. */
const long = vi.hoisted(() => ({ from: 0 }));
const PLAIN = Number.POSITIVE_INFINITY;
const SIMD = -1;

vi.mock('../../src/io/csv/fast/long.ts', () => ({
  get LONG() {
    return long.from;
  },
}));

interface Reading {
  readonly wanted: readonly Wanted[];
  readonly batchRows: number;
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly from?: number;
}

/** Everything that the batches hold, with numbers as bits. */
function contents(batch: Batch): unknown {
  const columns = batch.columns.map((column) =>
    column.kind === 'text' ? column.values : { ...column, values: [...column.values].map(hex), missing: [...column.missing] },
  );
  return { ...batch, columns, lines: linesOf(batch) };
}

/** The batches, or the fault that reading ends with. */
async function outcome(
  bytes: Uint8Array,
  lengths: readonly number[],
  { wanted, batchRows, from = PLAIN, ...options }: Reading,
): Promise<unknown> {
  const found: unknown[] = [];
  pieces.lengths = lengths;
  long.from = from;
  const read = async () => {
    const table = await openBytes('t.csv', bytes, {
      header: true,
      ...options,
      limits: { ...DEFAULT_LIMITS, number: 40, columns: 6 },
    });
    found.push(table.columns);
    const inside = wanted.map((one) => ({ ...one, column: one.column % table.columns.length }));
    for await (const batch of table.read(inside, { batchRows })) found.push(contents(batch));
    return Promise.reject(Object.assign(new Error(), { name: 'Fault', message: 'none' }));
  };
  const fault = await failure(read);
  return fault.message === 'none' ? found : fault;
}

async function reference(bytes: Uint8Array, reading: Reading): Promise<unknown> {
  csvParse.alone = true;
  try {
    return await outcome(bytes, [], reading);
  } finally {
    csvParse.alone = false;
  }
}

/** Labels that change as they are asked: the first text that is not `cat` is the other class. */
function oneAgainstOther(): Labels {
  let other: string | undefined;
  const get = (text: string) => {
    if (text === 'cat') return 1;
    other ??= text;
    return text === other ? 0 : undefined;
  };
  return { get };
}

const LABELS: readonly (() => Partial<Wanted>)[] = [
  () => ({}),
  () => ({}),
  () => ({
    labels: new Map([
      ['cat', 1],
      ['dog', 0],
      ['a b', 5],
      ['"', 6],
      ['""', 7],
    ]),
  }),
  () => ({
    labels: new Map([
      ['cat', 1],
      ['7', 70],
    ]),
  }),
  () => ({ labels: oneAgainstOther() }),
];

const number = fc.oneof(
  fc.integer({ min: -20, max: 2000 }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ min: 0, max: 1 }).map((value) => value.toFixed(6)),
  fc.constantFrom('7', '-0', '+1.5', '.5', '5.', '1e+05', '1E-7', '007', '12345678901234567890', '0.1234567890123456789', '1e400'),
);
const plain = fc.oneof(
  { weight: 30, arbitrary: number },
  { weight: 3, arbitrary: fc.constantFrom('cat', 'dog', 'a b', 'é', '😀') },
);
const odd = fc.constantFrom(
  '',
  ' ',
  'NA',
  'NaN',
  'nan',
  'inf',
  '-Infinity',
  'x',
  '1,5',
  '2kg',
  '0x10',
  '--1',
  '1e',
  '[1 2]',
  '[1, 2]',
  '[3]',
  '"',
  'a"b',
  '\t4',
  `${'1'.repeat(41)}`,
  `${'1'.repeat(30)}.${'5'.repeat(9)}`,
  '\u00a0',
  'line\nbreak',
  'a\r\nb',
);

/** Numbers and texts as programs write them, with blanks and quotes here and there; now and then something that is no number. */
const cell = (strange: number) =>
  fc.oneof(
    { weight: 40, arbitrary: plain },
    { weight: 3, arbitrary: plain.map((text) => ` ${text} `) },
    { weight: 4, arbitrary: plain.map((text) => `"${text}"`) },
    { weight: strange, arbitrary: odd.map((text) => `"${text.replaceAll('"', '""')}"`) },
    { weight: strange, arbitrary: odd },
  );

const file = fc
  .record({
    width: fc.integer({ min: 1, max: 4 }),
    delimiter: fc.constantFrom(',', ',', ';', '\t', ' ', '|', 'e', '§'),
    strange: fc.constantFrom(0, 0, 1, 4),
    newline: fc.constantFrom('\n', '\n', '\r\n', '\r'),
  })
  .chain(({ width, delimiter, strange, newline }) => {
    const row = fc.array(cell(strange), { minLength: width, maxLength: width });
    const ragged = fc.array(cell(strange), { minLength: 0, maxLength: 8 });
    const line = fc.oneof(
      { weight: 60, arbitrary: row },
      { weight: strange, arbitrary: ragged },
      { weight: 1, arbitrary: fc.constantFrom([], [' ']) },
    );
    const end = fc.oneof(
      { weight: 20, arbitrary: fc.constant(newline) },
      { weight: strange, arbitrary: fc.constantFrom('\n', '\r', '\r\n') },
    );
    const lines = fc.array(fc.tuple(line, end), { maxLength: 20 });
    return fc.record({
      delimiter: fc.constant(delimiter),
      text: fc.tuple(fc.constantFrom('', '', '\uFEFF'), lines, fc.boolean()).map(([bom, body, last]) => {
        const header = Array.from({ length: width }, (_, k) => `c${k}`).join(delimiter) + newline;
        const text = bom + header + body.map(([cells, stop]) => cells.join(delimiter) + stop).join('');
        return last ? text : text.replace(/(\r\n|\n|\r)$/, '');
      }),
    });
  });

const wanted = fc.array(
  fc.tuple(fc.nat(3), fc.constantFrom('number', 'number', 'number', 'text', 'identity'), fc.nat(LABELS.length - 1)),
  { minLength: 0, maxLength: 5 },
);

const TEXT = Buffer.from(
  '\uFEFFa,b,"c"\n1,"2",x\n3.25,-4e-1,"y, z"\r\n"5",6,"é ""q"""\r\n\r\n7,,"two\nlines"\r8,9,😀\r\n"10"," 11 ",\n12,13,z',
);
const ALL: readonly Wanted[] = [
  { column: 0, as: 'number' },
  { column: 1, as: 'number' },
  { column: 2, as: 'text' },
];

describe('the fast way', () => {
  test.each([
    [1, PLAIN],
    [1000, PLAIN],
    [1, SIMD],
    [1000, SIMD],
  ])('gives the same batches wherever the bytes are cut, in batches of %i, with SIMD from %d bytes on', async (batchRows, from) => {
    const reading = { wanted: ALL, batchRows, from };
    const expected = await reference(TEXT, reading);
    expect(expected).toMatchObject([['a', 'b', 'c'], ...(batchRows === 1 ? Array(7).fill({ rows: 1 }) : [{ rows: 7 }])]);
    for (let cut = 1; cut < TEXT.length; cut++) expect(await outcome(TEXT, [cut, TEXT.length], reading)).toEqual(expected);
    for (let length = 1; length < 20; length++) expect(await outcome(TEXT, [length], reading)).toEqual(expected);
  });

  test('gives what csv-parse and the builders give, or the same fault, for any text in any pieces', async () => {
    const pushPlain = vi.spyOn(RowSink.prototype, 'pushPlain');
    const end = vi.spyOn(RowSink.prototype, 'end');
    const simd = vi.spyOn(SimdRows.prototype, 'take');
    const counts = { rows: 0, faults: 0 };
    await fc.assert(
      fc.asyncProperty(
        file,
        wanted,
        fc.nat(5),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
        async ({ text, delimiter }, asked, most, lengths) => {
          const bytes = Buffer.from(text);
          // labels remember, so each reading has its own
          const reading = () => ({
            delimiter,
            batchRows: most === 0 ? 1000 : most,
            wanted: asked.map(
              ([column, as, labels]): Wanted => ({
                column,
                as,
                ...(as === 'identity'
                  ? {
                      labels: new Map([
                        ['7', 3],
                        ['cat', 4],
                      ]),
                    }
                  : LABELS[labels]?.()),
              }),
            ),
          });
          const got = await outcome(bytes, lengths, reading());
          counts[Array.isArray(got) ? 'rows' : 'faults']++;
          const expected = await reference(bytes, reading());
          expect(got).toEqual(expected);
          expect(await outcome(bytes, lengths, { ...reading(), from: SIMD })).toEqual(expected);
        },
      ),
      { numRuns: 1500 },
    );
    // Neither way alone would make this a test.
    expect(pushPlain.mock.calls.length).toBeGreaterThan(1000);
    expect(end.mock.calls.length).toBeGreaterThan(1000);
    expect(simd.mock.results.filter(({ value }) => value > 0).length).toBeGreaterThan(1000);
    expect(Math.min(counts.rows, counts.faults)).toBeGreaterThan(200);
    vi.restoreAllMocks();
  });
});
