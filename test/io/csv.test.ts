import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenOptions } from '../../src/io/open.ts';
import { linesOf } from '../support/lines.ts';
import { batches, failure, type Kind, openBytes, plain, whole } from './read.ts';

const text: readonly Kind[] = Array(5).fill('text');

interface Good {
  readonly why: string;
  readonly csv: string;
  readonly options?: Partial<OpenOptions>;
  readonly columns: readonly string[];
  readonly cells: readonly (readonly string[])[];
  readonly lines: readonly number[];
}

const GOOD: readonly Good[] = [
  { why: 'a last character of several bytes', csv: 'a,b\n😀,é', columns: ['a', 'b'], cells: [['😀'], ['é']], lines: [2] },
  {
    why: 'one column with a name of two words',
    csv: 'my score\n1\n2\n',
    columns: ['my score'],
    cells: [['1', '2']],
    lines: [2, 3],
  },
  {
    why: 'no last newline',
    csv: 'a,b\n1,2\n3,4',
    columns: ['a', 'b'],
    cells: [
      ['1', '3'],
      ['2', '4'],
    ],
    lines: [2, 3],
  },
  { why: 'only a header', csv: 'a,b\n', columns: ['a', 'b'], cells: [[], []], lines: [] },
  { why: 'byte order mark before a quote', csv: '\uFEFF"a","b"\n1,2\n', columns: ['a', 'b'], cells: [['1'], ['2']], lines: [2] },
  {
    why: 'mixed newlines',
    csv: 'a,b\n1,2\r\n3,4\r5,6\n',
    columns: ['a', 'b'],
    cells: [
      ['1', '3', '5'],
      ['2', '4', '6'],
    ],
    lines: [2, 3, 4],
  },
  {
    why: 'newlines inside quotes and blank lines count',
    csv: '\na,"b\r\nc"\n\n"1\n\n2",3\r\n\r\n  \n4,5\n',
    columns: ['a', 'b\r\nc'],
    cells: [
      ['1\n\n2', '4'],
      ['3', '5'],
    ],
    lines: [5, 10],
  },
  { why: 'quotes inside quotes', csv: 'a,b\n"x ""y""",""\n', columns: ['a', 'b'], cells: [['x "y"'], ['']], lines: [2] },
  {
    why: 'one column: a blank line is a missing cell',
    csv: '\na\n1\n\n3\n',
    columns: ['a'],
    cells: [['1', '', '3']],
    lines: [3, 4, 5],
  },
  {
    why: 'one column of text with commas is not split',
    csv: 'a\n"x, y"\n"z"\n',
    columns: ['a'],
    cells: [['x, y', 'z']],
    lines: [2, 3],
  },
  { why: 'semicolons win over decimal commas', csv: 'a;b\n1,5;2,5\n', columns: ['a', 'b'], cells: [['1,5'], ['2,5']], lines: [2] },
  {
    why: 'semicolons, no header',
    csv: '1,5;x\n2,5;y\n',
    options: { header: false },
    columns: ['#1', '#2'],
    cells: [
      ['1,5', '2,5'],
      ['x', 'y'],
    ],
    lines: [1, 2],
  },
  { why: 'pipes', csv: 'a|b\n1|x y\n', columns: ['a', 'b'], cells: [['1'], ['x y']], lines: [2] },
  { why: 'tabs', csv: 'a\tb\n1,5\t\n', columns: ['a', 'b'], cells: [['1,5'], ['']], lines: [2] },
  {
    why: 'runs of spaces',
    csv: '  a   b\n 1     "x  y" \n\n3 4\n',
    columns: ['a', 'b'],
    cells: [
      ['1', '3'],
      ['x  y', '4'],
    ],
    lines: [2, 4],
  },
  { why: 'numpy header', csv: '# a b\n1 2\n', columns: ['a', 'b'], cells: [['1'], ['2']], lines: [2] },
  {
    why: 'a hash in a comma-separated header is a name',
    csv: '# trees,b\n1,2\n',
    columns: ['# trees', 'b'],
    cells: [['1'], ['2']],
    lines: [2],
  },
  {
    why: 'lists are not split by the sniff',
    csv: 'y;v\n1;[0.1, 0.2]\n',
    columns: ['y', 'v'],
    cells: [['1'], ['[0.1, 0.2]']],
    lines: [2],
  },
  { why: 'commas with spaces', csv: 'a, b\n1, 2\n', columns: ['a', 'b'], cells: [['1'], [' 2']], lines: [2] },
  {
    why: 'delimiter by its name',
    csv: 'a b,c d\n1,2\n',
    options: { delimiter: 'comma' },
    columns: ['a b', 'c d'],
    cells: [['1'], ['2']],
    lines: [2],
  },
  {
    why: 'delimiter overrides the sniff',
    csv: 'a,b;c\n1,2;3\n',
    options: { delimiter: ',' },
    columns: ['a', 'b;c'],
    cells: [['1'], ['2;3']],
    lines: [2],
  },
  {
    why: 'delimiter \\t',
    csv: 'a\tb,c\n1\t2,3\n',
    options: { delimiter: '\\t' },
    columns: ['a', 'b,c'],
    cells: [['1'], ['2,3']],
    lines: [2],
  },
  {
    why: 'a space as the delimiter',
    csv: 'a b\n1  2\n',
    options: { delimiter: 'space' },
    columns: ['a', 'b'],
    cells: [['1'], ['2']],
    lines: [2],
  },
  {
    why: 'names that objects have',
    csv: '__proto__,constructor,a,a,\n1,2,3,4,5\n',
    columns: ['__proto__', 'constructor', 'a', 'a', ''],
    cells: [['1'], ['2'], ['3'], ['4'], ['5']],
    lines: [2],
  },
];

describe('reads', () => {
  test.each(GOOD)('$why', async ({ csv, options, columns, cells, lines }) => {
    const table = await openBytes('t.csv', csv, options);
    expect(table.columns).toEqual(columns);
    const all = await batches(table, text, 2);
    expect(columns.map((_, k) => all.flatMap((batch) => batch.columns[k]?.values as readonly string[]))).toEqual(cells);
    expect(all.flatMap(linesOf)).toEqual(lines);
  });

  test('.tsv prefers tabs', async () => {
    expect((await openBytes('t.tsv', 'a,b\tc\n1,2,3\t4\n5,6,7\t8\n')).columns).toEqual(['a,b', 'c']);
  });

  test('only the wanted columns, in the order asked for', async () => {
    const table = await openBytes('t.csv', 'a,b,c\n1,x,3\n');
    const wanted = [
      { column: 2, as: 'number' },
      { column: 0, as: 'text' },
    ] as const;
    for await (const batch of table.read(wanted, { batchRows: 9 })) {
      expect(batch.columns.map(({ values }) => [...(values as Iterable<unknown>)])).toEqual([[3], ['1']]);
    }
  });
});

describe('shape', () => {
  const rows = (n: number, cell: string) => `id,v\n${Array.from({ length: n }, (_, i) => `${i},\n`).join('')}${n},${cell}\n`;

  test.each([1, 3, 100])('missing rows before the first list wait for its length, in batches of %i', async (batchRows) => {
    const got = await whole(await openBytes('t.csv', rows(5, '"[1, 2]"')), [], batchRows);
    expect(got.cells[1]).toMatchObject({ widths: [2], missing: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(got.rows).toBe(6);
  });

  test.each([1000, 100_000])('after 8192 missing rows a column counts as single values, in batches of %i', async (batchRows) => {
    const got = await whole(await openBytes('t.csv', rows(9000, '7')), [], batchRows);
    expect(got.cells[1]).toMatchObject({ widths: [1] });
    const { message } = await failure(async () => batches(await openBytes('t.csv', rows(9000, '[7 8]')), [], batchRows));
    expect(message).toBe('t.csv:9002:2: column "v": a list of 2 (none of the first 8192 rows has a value)');
    const { widths } = (await whole(await openBytes('t.csv', rows(8191, '[7 8]')), [], batchRows)).cells[1] as { widths: number[] };
    expect(widths).toEqual([2]);
  });
});

describe('labels', () => {
  const labels = new Map([
    ['cat', 0],
    ['dog', 1],
    ['NA', 2],
    ['3', 30],
  ]);

  test('come before numbers and missing values', async () => {
    const got = await plain(await openBytes('t.csv', 'a\n cat\ndog\t\nNA\n3\n4\n'), [{ as: 'number', labels }]);
    expect(got).toEqual([[0, 1, 2, 30, 4]]);
  });
});

/** Cells of any text, and rows of one length. */
const tables = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean())
  .chain(([width, delimiter, newline, last]) => {
    const piece = fc.constantFrom('a', '"', ',', ';', '\t', '|', '\n', '\r', ' ', 'é', '😀', '#', '0.1', '-0', '');
    const cell = fc.oneof(
      fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
      fc.double().map(String),
    );
    const rows = fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 });
    return fc.record({ rows, delimiter: fc.constant(delimiter), newline: fc.constant(newline), last: fc.constant(last) });
  });

/** Neither `String` nor `toExponential` writes the sign of -0. */
function exact(value: number, digits?: number): string {
  return (Object.is(value, -0) ? '-' : '') + (digits === undefined ? String(value) : value.toExponential(digits));
}

describe('properties', () => {
  const write = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

  test('any table written with quotes reads back the same, however its bytes are split', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 7 }), async ({ rows, delimiter, newline, last }, step) => {
        const csv = rows.map((row) => row.map(write).join(delimiter)).join(newline) + (last ? newline : '');
        const bytes = Buffer.from(csv);
        const parts = Array.from({ length: Math.ceil(bytes.length / step) }, (_, k) => bytes.subarray(k * step, (k + 1) * step));
        const table = await openBytes('t.csv', parts, { header: false, delimiter });
        const got = await batches(table, text);
        const back = rows.map((_, i) => table.columns.map((__, k) => got[0]?.columns[k]?.values[i]));
        expect(back).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  test('numbers read back bit by bit', async () => {
    const numbers = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const csv = `a,b\n${values.map((value) => `${exact(value)},${exact(value, 20)}\n`).join('')}`;
        const got = await plain(await openBytes('t.csv', csv), []);
        expect(got).toEqual([values, values]);
      }),
    );
  });

  test('the same bytes cut in two at every place give the same rows', async () => {
    const bytes = Buffer.from('\uFEFFa,"b\r\n""é"",c"\r\n1,"2\n"\r\n\r\n"x""y",😀\r\n4,5');
    const expected = await whole(await openBytes('t.csv', bytes), text);
    expect(expected.rows).toBe(3);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const got = await whole(await openBytes('t.csv', [bytes.subarray(0, cut), bytes.subarray(cut)]), text);
      expect(got).toEqual(expected);
    }
  });
});
