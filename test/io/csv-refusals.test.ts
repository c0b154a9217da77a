import { describe, expect, test } from 'vitest';
import { batches, failure, type Kind, openBytes } from './read.ts';

const text: readonly Kind[] = Array(5).fill('text');

const QUOTES = 'quote the whole cell and double the quotes inside it: "he said ""yes"""';
const ragged = (delimiter: string) =>
  `cells are separated by ${delimiter}: quote a cell that holds one, or choose with --delimiter`;

const BAD: readonly (readonly [why: string, csv: string, message: string, hint: string | undefined])[] = [
  ['too few cells', 'a,b\n1,2\n3\n', 't.csv:3: 1 cell, but the header has 2', ragged('","')],
  ['too many cells, after quoted lines', 'a,"b\n"\n1,2\n3,4,5\n', 't.csv:4: 3 cells, but the header has 2', ragged('","')],
  ['an extra separator', 'a;b\n1;2;\n', 't.csv:2: 3 cells, but the header has 2', ragged('";"')],
  ['a quoted empty line', 'a,b\n""\n1,2,3\n', 't.csv:3: 3 cells, but the header has 2', ragged('","')],
  ['a quote inside a cell', 'a,b\n1,2\n5" pipe,3\n', 't.csv:3:1: a quote inside a cell that is not quoted', QUOTES],
  ['text after a quote', 'a,b\n1,"2"3\n', 't.csv:2:2: text after a closing quote', QUOTES],
  ['an open quote', 'a,b\n\n1,"2\n3,4\n', 't.csv:3:2: a quote opens here and is never closed', QUOTES],
  ['an open quote in the header', 'a,"b\n1,2\n', 't.csv:1:2: a quote opens here and is never closed', QUOTES],
  [
    'a number with a unit',
    'a,b\n1,2\n3,2kg\n',
    't.csv:3:2: column "b": "2kg" is not a number',
    'write plain decimal digits, as in 2, 0.25 or 1e-3',
  ],
  [
    'hexadecimal',
    'a\n0x10\n',
    't.csv:2:1: column "a": "0x10" is not a number',
    'write plain decimal digits, as in 2, 0.25 or 1e-3',
  ],
  [
    'underscores',
    'a\n1_000\n',
    't.csv:2:1: column "a": "1_000" is not a number',
    'write plain decimal digits, as in 2, 0.25 or 1e-3',
  ],
  [
    'full-width digits',
    'a\n１２\n',
    't.csv:2:1: column "a": "１２" is not a number',
    'write plain decimal digits, as in 2, 0.25 or 1e-3',
  ],
  [
    'a decimal comma',
    'a;b\n1;2,5\n',
    't.csv:2:2: column "b": "2,5" is not a number',
    'decimal commas are not read: write a point, as in 1.5',
  ],
  [
    'a label',
    'a,b\n1,cat\n',
    't.csv:2:2: column "b": "cat" is not a number',
    'if these are labels, name them with --classes a,b,c or --positive-label VALUE',
  ],
  ['a boolean', 'a,b\n1,True\n', 't.csv:2:2: column "b": "True" is not a number', 'say what counts as 1: --positive-label True'],
  [
    'terminal codes',
    'a\n\u001b[31m\n',
    't.csv:2:1: column "a": "\\x1b[31m" is not a number',
    'if these are labels, name them with --classes a,b,c or --positive-label VALUE',
  ],
  [
    'text too long',
    `a\n${'1'.repeat(4097)}\n`,
    't.csv:2:1: column "a": text of 4097 characters, longer than 4096, the limit',
    'if that is meant, raise the limit: --limit number=8KiB',
  ],
  [
    'numbers for a header',
    '1,2.5\n3,4\n',
    't.csv:1: the first line holds only numbers, not column names',
    'if it is the first row of data, add --no-header and name columns by position: #1, #2',
  ],
  ['blank lines alone', '\n\n', 't.csv: holds only blank lines', 'it needs at least a line with column names'],
  [
    'lists of other lengths',
    'v\n"[1, 2]"\n"[1, 2, 3]"\n',
    't.csv:3:1: column "v": a list of 3 (before: a list of 2)',
    'a column holds either single values or lists of one length',
  ],
  [
    'a single value among lists',
    'v\n[1 2]\n3\n',
    't.csv:3:1: column "v": a single value (before: a list of 2)',
    'a column holds either single values or lists of one length',
  ],
  [
    'a list among single values',
    'v\n3\n[1 2]\n',
    't.csv:3:1: column "v": a list of 2 (before: a single value)',
    'a column holds either single values or lists of one length',
  ],
  [
    'a shortened list',
    'v\n[0.1 0.2 ... 0.9]\n',
    't.csv:2:1: column "v": "[0.1 0.2 ... 0.9]" was shortened with "..." when it was printed',
    'the values are lost: write all of them, with np.set_printoptions(threshold=sys.maxsize) or .tolist()',
  ],
  ['an open list', 'v\n[1 2\n', 't.csv:2:1: column "v": "[1 2" has no closing bracket', undefined],
  ['a list with a hole', 'v\n"[1,,2]"\n', 't.csv:2:1: column "v": "[1,,2]" has a comma without a value before it', undefined],
  ['a list with text behind', 'v\n[1] 2\n', 't.csv:2:1: column "v": "[1] 2" has text after its closing bracket', undefined],
  [
    'two separators in a list',
    'v\n"[1, 2 3]"\n',
    't.csv:2:1: column "v": "[1, 2 3]" mixes commas and spaces between its values',
    undefined,
  ],
  ['ragged nesting', 'v\n"[[1, 2], [3]]"\n', 't.csv:2:1: column "v": a list that holds lists of different lengths', undefined],
  ['an empty list', 'v\n[]\n', 't.csv:2:1: column "v": a list that is an empty list', undefined],
];

describe('refuses', () => {
  test.each(BAD)('%s', async (_, csv, message, hint) => {
    expect(await failure(async () => batches(await openBytes('t.csv', csv)))).toEqual({ message, hint });
    // In batches of one row and byte by byte: the same place.
    const bytes = [...Buffer.from(csv)].map((byte) => Uint8Array.of(byte));
    expect(await failure(async () => batches(await openBytes('t.csv', bytes), [], 1))).toEqual({ message, hint });
  });

  test('a delimiter of several characters', async () => {
    expect(await failure(() => openBytes('t.csv', 'a::b\n', { delimiter: '::' }))).toEqual({
      message: '"::" cannot separate cells',
      hint: 'give one character, or a word: tab, space, comma, semicolon, pipe',
    });
  });

  test('a row without end', async () => {
    const bytes = [Buffer.from('a,b\n1,"'), ...Array(66).fill(Buffer.alloc(1024 * 1024, 'x'))];
    const { message } = await failure(async () => batches(await openBytes('t.csv', bytes), text));
    expect(message).toBe('t.csv:2: a row longer than 64 MiB, the limit');
  });

  test('a row of separators without end', async () => {
    const bytes = [Buffer.from('a,b\n1'), ...Array(4).fill(Buffer.alloc(64 * 1024, ','))];
    const { message } = await failure(async () => batches(await openBytes('t.csv', bytes), text));
    expect(message).toBe('t.csv:2: more than 100000 columns, the limit');
  });

  test('too many columns', async () => {
    const { message } = await failure(() => openBytes('t.csv', `${'a,'.repeat(100_000)}a\n`));
    expect(message).toBe('t.csv:1: more than 100000 columns, the limit');
  });
});
