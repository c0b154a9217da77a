/** Delimited text as the programs that people use write it. What pandas and numpy write is also in fixtures/formats. */
import { describe, expect, test } from 'vitest';
import { parseLimits } from '../../src/io/limits.ts';
import type { OpenOptions } from '../../src/io/open.ts';
import { batches, failure, type Kind, openBytes, plain } from './read.ts';

interface Layout {
  readonly who: string;
  readonly text: string;
  readonly options?: Partial<OpenOptions>;
  readonly columns: readonly string[];
  readonly cells: unknown[][];
  readonly kinds?: readonly Kind[];
}

const NO_HEADER = { header: false };
const booleans = (yes: string, no: string): Kind => ({
  as: 'number',
  labels: new Map([
    [yes, 1],
    [no, 0],
  ]),
});

const READ: readonly Layout[] = [
  {
    who: 'pandas to_csv: an index without a name, booleans, missing cells',
    text: ',y,flag,pred\n0,1.5,True,\n7,,False,2.0\n',
    columns: ['', 'y', 'flag', 'pred'],
    kinds: ['text', 'number', booleans('True', 'False'), 'number'],
    cells: [
      ['0', '7'],
      [1.5, NaN],
      [1, 0],
      [NaN, 2],
    ],
  },
  {
    who: 'pandas to_csv: lists, and arrays that numpy breaks over lines',
    text: 'v,w\n"[0.1, 0.9]","[0.1 0.2\n 0.7]"\n"[1.0, 0.0]","[1. 0.\n 0. ]"\n',
    columns: ['v', 'w'],
    cells: [
      [0.1, 0.9, 1, 0],
      [0.1, 0.2, 0.7, 1, 0, 0],
    ],
  },
  {
    who: 'numpy.savetxt with a header',
    text: '# y pred\n1.000000000000000000e+00 2.500000000000000000e-01\n',
    columns: ['y', 'pred'],
    cells: [[1], [0.25]],
  },
  {
    who: 'numpy.savetxt without a header, nan and inf among the values',
    text: '1.000000000000000000e+00 nan\n-inf 2.500000000000000000e-01\n',
    options: NO_HEADER,
    columns: ['#1', '#2'],
    cells: [
      [1, -Infinity],
      [NaN, 0.25],
    ],
  },
  { who: 'one value a line (XGBoost, LightGBM)', text: '0.25\n0.75\n', options: NO_HEADER, columns: ['#1'], cells: [[0.25, 0.75]] },
  {
    who: 'one class name a line',
    text: 'cat\ndog\n',
    options: NO_HEADER,
    columns: ['#1'],
    kinds: ['text'],
    cells: [['cat', 'dog']],
  },
  {
    who: 'LightGBM with several classes: tabs, no header',
    text: '0.7\t0.2\t0.1\n5.0e-05\t0.99\t0.00995\n',
    options: NO_HEADER,
    columns: ['#1', '#2', '#3'],
    cells: [
      [0.7, 5e-5],
      [0.2, 0.99],
      [0.1, 0.00995],
    ],
  },
  {
    who: 'CatBoost calc',
    text: 'SampleId\tRawFormulaVal\n0\t0.5\n1\t-1.25\n',
    columns: ['SampleId', 'RawFormulaVal'],
    cells: [
      [0, 1],
      [0.5, -1.25],
    ],
  },
  {
    who: 'CatBoost calc with probabilities',
    text: 'SampleId\tProbability:Class=0\tProbability:Class=1\n0\t0.25\t0.75\n',
    columns: ['SampleId', 'Probability:Class=0', 'Probability:Class=1'],
    cells: [[0], [0.25], [0.75]],
  },
  {
    who: 'R write.csv: row names under an empty name, NA, TRUE',
    text: '"","y","ok","pred"\n"1",0.5,TRUE,NA\n"2",NA,FALSE,1e-05\n',
    columns: ['', 'y', 'ok', 'pred'],
    kinds: ['text', 'number', booleans('TRUE', 'FALSE'), 'number'],
    cells: [
      ['1', '2'],
      [0.5, NaN],
      [1, 0],
      [NaN, 1e-5],
    ],
  },
  {
    who: 'R write.table with col.names = NA',
    text: '"" "y" "pred"\n"1" 0.5 0.25\n',
    columns: ['', 'y', 'pred'],
    cells: [[1], [0.5], [0.25]],
  },
  {
    who: 'a spreadsheet: byte order mark, semicolons, CRLF, no last newline',
    text: '\uFEFFy;pred\r\n1.5;2\r\n3;4',
    columns: ['y', 'pred'],
    cells: [
      [1.5, 3],
      [2, 4],
    ],
  },
  {
    who: 'an old Macintosh: CR alone',
    text: 'y,pred\r1,2\r3,4\r',
    columns: ['y', 'pred'],
    cells: [
      [1, 3],
      [2, 4],
    ],
  },
  {
    who: 'Kaggle: id and target, the id with zeros before it',
    text: 'id,target\n00017,0.5\n0017,0.25\n',
    columns: ['id', 'target'],
    kinds: ['text', 'number'],
    cells: [
      ['00017', '0017'],
      [0.5, 0.25],
    ],
  },
  {
    who: 'YOLO: class, box and confidence, no header',
    text: '0 0.5 0.5 0.25 0.25 0.9\n17 0.125 0.25 0.1 0.2 0.75\n',
    options: NO_HEADER,
    columns: ['#1', '#2', '#3', '#4', '#5', '#6'],
    cells: [
      [0, 17],
      [0.5, 0.125],
      [0.5, 0.25],
      [0.25, 0.1],
      [0.25, 0.2],
      [0.9, 0.75],
    ],
  },
];

describe('reads', () => {
  test.each(READ)('$who', async ({ text, options, columns, cells, kinds }) => {
    const table = await openBytes('t.txt', text, options);
    expect(table.columns).toEqual(columns);
    expect(await plain(table, kinds)).toEqual(cells);
  });

  test('100,000 columns, in a row of a megabyte', async () => {
    const width = 100_000;
    const header = Array.from({ length: width }, (_, k) => `c${k}`).join();
    const table = await openBytes('t.csv', `${header}\n${'0.125,'.repeat(width - 1)}7\n`);
    expect(table.columns).toHaveLength(width);
    for await (const batch of table.read([{ column: width - 1, as: 'number' }], { batchRows: 1 })) {
      expect([...batch.columns[0].values]).toEqual([7]);
    }
  });
});

const R_NAMES =
  "if the first cell is a row name without a header, as R's write.table writes it, write the file with row.names = FALSE or col.names = NA";
const PLAIN_VALUES = 'write the plain values, as .tolist() or .item() gives them';

describe('refuses', () => {
  test.each<[who: string, text: string, message: string, hint: string | undefined]>([
    [
      'R write.table: row names without a header',
      '"y" "pred"\n"1" 0.5 0.25\n"2" 1 2\n',
      ':2: 3 cells, but the header has 2',
      R_NAMES,
    ],
    ['the same with commas', '"y","pred"\n"1",0.5,0.25\n', ':2: 3 cells, but the header has 2', R_NAMES],
    [
      'a separator at the end of the first row',
      'y,pred\n0.5,0.25,\n',
      ':2: 3 cells, but the header has 2',
      'cells are separated by ",": quote a cell that holds one, or choose with --delimiter',
    ],
    [
      'an extra cell in a later row',
      'y,pred\n1,2\n0.5,0.25,1\n',
      ':3: 3 cells, but the header has 2',
      'cells are separated by ",": quote a cell that holds one, or choose with --delimiter',
    ],
    [
      'a tab too many, which is no wider space',
      'y\tpred\n1\t2\n0.5\t\t0.25\n',
      ':3: 3 cells, but the header has 2',
      'cells are separated by tab: quote a cell that holds one, or choose with --delimiter',
    ],
    [
      'R write.csv2, and spreadsheets: decimal commas',
      '"";"y"\n"1";0,5\n',
      ':2:2: column "y": "0,5" is not a number',
      'decimal commas are not read: write a point, as in 1.5',
    ],
    [
      'an array as Python prints it',
      'v\n"array([0.1, 0.9])"\n',
      ':2:1: column "v": "array([0.1, 0.9])" is not a number',
      PLAIN_VALUES,
    ],
    ['a tensor', 'v\n"tensor([0.1, 0.9])"\n', ':2:1: column "v": "tensor([0.1, 0.9])" is not a number', PLAIN_VALUES],
    ['a tensor of one value', 'v\ntensor(0.5)\n', ':2:1: column "v": "tensor(0.5)" is not a number', PLAIN_VALUES],
    [
      'a list of arrays',
      'v\n"[array([0.1]), array([0.9])]"\n',
      ':2:1: column "v": "[array([0.1]), array([0.9])]" is not a number',
      PLAIN_VALUES,
    ],
    ['a list of numpy 2', 'v\n"[np.float64(0.1)]"\n', ':2:1: column "v": "np.float64(0.1)" is not a number', PLAIN_VALUES],
    [
      'an array that was shortened over several lines',
      'v\n"[[0.1 0.2 ... 0.3]\n ...\n [0.4 0.5 ... 0.6]]"\n',
      ':2:1: column "v": "[[0.1 0.2 ... 0.3]\\x0a ...\\x0a [0.4 0.5 ... 0.6]]" was shortened with "..." when it was printed',
      'the values are lost: write all of them, with np.set_printoptions(threshold=sys.maxsize) or .tolist()',
    ],
  ])('%s', async (_, text, message, hint) => {
    expect(await failure(async () => batches(await openBytes('t.txt', text), ['number', 'number']))).toEqual({
      message: `t.txt${message}`,
      hint,
    });
  });

  test('a NUL byte in a number, far behind where the format was found out', async () => {
    const { message } = await failure(async () => batches(await openBytes('t.csv', `y\n${'1\n'.repeat(50_000)}2\u0000\n`)));
    expect(message).toBe('t.csv:50002:1: column "y": "2\\x00" is not a number');
  });
});

describe('limits that --limit raises', () => {
  const wide = (columns: number) => `${'1,'.repeat(columns - 1)}1\n`;

  test('columns', async () => {
    const options = { header: false };
    const read = (limits: string) => openBytes('t.csv', wide(12), { ...options, limits: parseLimits(limits) });
    expect((await read('columns=12')).columns).toHaveLength(12);
    expect(await failure(() => read('columns=11'))).toEqual({
      message: 't.csv:1: more than 11 columns, the limit',
      hint: 'if that is meant, raise the limit: --limit columns=22',
    });
  });

  test.each([
    ['t.csv', 'a,b\n1,"', 't.csv:2: a row longer than 1 KiB, the limit', 'perhaps a quote that opens here is never closed; '],
    ['t.ndjson', '{"a":1}\n{"a":"', 't.ndjson:2: a line longer than 1 KiB, the limit', ''],
  ])('the row of %s', async (name, begin, message, first) => {
    const text = `${begin}${'x'.repeat(2000)}`;
    const read = async (limits: string) => batches(await openBytes(name, text, { limits: parseLimits(limits) }), ['text', 'text']);
    expect(await failure(() => read('row=1KiB'))).toEqual({
      message,
      hint: `${first}if that is meant, raise the limit: --limit row=2KiB`,
    });
    expect((await failure(() => read('row=1MiB'))).message).not.toContain('limit');
  });

  test('the text of a number, and the depth of a list', async () => {
    const read = async (text: string, limits: string) => plain(await openBytes('t.csv', text, { limits: parseLimits(limits) }));
    const long = `y\n0.${'1'.repeat(5000)}\n`;
    expect((await failure(() => read(long, 'row=1MB'))).hint).toContain('--limit number=8KiB');
    expect(await read(long, 'number=8KiB')).toEqual([[1 / 9]]);
    const deep = `v\n${'['.repeat(5)}1${']'.repeat(5)}\n`;
    expect(await failure(() => read(deep, 'depth=4'))).toEqual({
      message: 't.csv:2:1: column "v": "[[[[[1]]]]]" is nested deeper than 4 levels, the limit',
      hint: 'if that is meant, raise the limit: --limit depth=8',
    });
    expect(await read(deep, 'depth=5')).toEqual([[1]]);
  });
});
