/** What scan.as.ts takes off with SIMD instructions must be what plain.ts takes off: same rows, places, lines, and every bit of a number. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Wanted } from '../../src/io/batch.ts';
import { BLOCK, type Block, type RowLayout, type Rows } from '../../src/io/csv/fast/layout.ts';
import { PlainRows } from '../../src/io/csv/fast/plain.ts';
import { Scanner, SimdRows, simdRows } from '../../src/io/csv/fast/simd.ts';
import { TextWindow } from '../../src/io/csv/fast/window.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';
// @ts-expect-error a tool, in JavaScript
import { compile, SOURCES } from '../../tools/wasm.js';
import { drawn, generator, HARD } from './number-texts.ts';
import { hex } from './read.ts';

const layoutOf = (columns: number, wanted: readonly Wanted[], delimiter = ','): RowLayout => ({
  delimiter,
  columns,
  wanted,
  limits: DEFAULT_LIMITS,
});

const real = await compile(SOURCES.scan);

interface Taken {
  /** Of every row that was taken, its line, and its cells as bits or text. */
  readonly rows: readonly unknown[];
  /** Numbers that were left to the host. */
  readonly odd: number;
  /** Whether the texts of each column were given as codes, to the end. */
  readonly coded: readonly boolean[];
}

/** All rows that come off a text which arrives in pieces; where none comes off, what stands before the next newline is passed over. */
function takeAll(rows: Rows, text: Buffer, { piece, room }: Arrival): unknown[] {
  const window = new TextWindow(1, 1 << 20);
  const random = generator(room);
  const taken: unknown[] = [];
  for (let at = 0; at < text.length; at += piece) {
    window.complete = at + piece >= text.length;
    window.push(text.subarray(at, at + piece));
    for (let stuck = false; !stuck; ) {
      const n = rows.take(window, 1 + Math.floor(random() * room));
      const { columns, lines } = rows.block;
      for (let row = 0; row < n; row++) taken.push([lines[row], columns.map((column) => cellOf(column, row))]);
      const newline = newlineIn(window);
      stuck = n === 0 && newline === window.end;
      if (stuck || n > 0) continue;
      taken.push(window.bytes.toString('utf8', window.at, newline));
      window.advance(newline + 1, 1);
    }
  }
  return taken;
}

/** The bits of a number, or a text. */
function cellOf(column: Block['columns'][number], row: number): unknown {
  if ('codes' in column) return column.texts[column.codes[row] as number];
  return Array.isArray(column) ? column[row] : hex(column[row] as number);
}

function newlineIn({ bytes, at, end }: TextWindow): number {
  let newline = at;
  while (newline < end && bytes[newline] !== 0x0a && bytes[newline] !== 0x0d) newline++;
  return newline;
}

/** Bytes that come at a time, and most rows that are taken at a time. */
interface Arrival {
  readonly piece: number;
  readonly room: number;
}

const AT_ONCE: Arrival = { piece: 100_000, room: BLOCK };

function takenBy(wasm: Uint8Array, layout: RowLayout, text: Buffer, arrival = AT_ONCE): Taken {
  const machine = new Scanner(new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>), layout);
  const rows = new SimdRows(layout, machine);
  const { odd } = machine;
  let count = 0;
  machine.odd = (...cell) => {
    count++;
    return odd(...cell);
  };
  const taken = takeAll(rows, text, arrival);
  return { rows: taken, odd: count, coded: rows.block.columns.map((column) => 'codes' in column) };
}

const plain = (layout: RowLayout, text: Buffer, arrival = AT_ONCE) => takeAll(new PlainRows(layout), text, arrival);

/* ---------------------------------------------------------------- numbers */

const NUMBERS = layoutOf(1, [{ column: 0, as: 'number' }]);

/** Texts of numbers that a row of one number is read from wrongly. */
function misread(wasm: Uint8Array, texts: readonly string[]): { wrong: string[]; odd: number } {
  const { rows, odd } = takenBy(wasm, NUMBERS, Buffer.from(texts.map((text) => `${text}\n`).join('')));
  expect(rows.length).toBe(texts.length);
  return { wrong: texts.filter((text, k) => (rows[k] as [number, string[]])[1]?.[0] !== hex(Number(text))), odd };
}

/** Halfway between two float64s, or a little beside: where an error in the last of 64 or 128 bits shows. */
function halfways(random: () => number): string[] {
  return Array.from({ length: 4000 }, () => {
    const odd = 2n * BigInt(Math.floor(2 ** 52 + random() * 2 ** 52)) + 1n;
    const power = Math.floor(random() * 5);
    const beside = Math.floor(random() * 3) - 1;
    const digits =
      power === 0 ? (odd * 10n + BigInt(beside)).toString() : (odd * 5n ** BigInt(power) * 10n + BigInt(beside)).toString();
    const point = digits.length - power - 1;
    return `${digits.slice(0, point)}.${digits.slice(point)}`;
  });
}

/** As programs write them: what must not be left to the host. */
function usual(random: () => number): string[] {
  return Array.from({ length: 2000 }, () => {
    const value = (random() - 0.5) * 10 ** Math.floor(random() * 12 - 4);
    return [value.toFixed(6), String(value), value.toExponential(18), value.toPrecision(9), String(Math.round(value))];
  }).flat();
}

const all = () => {
  const random = generator(2);
  const short = HARD.filter((text) => text.length < 400);
  return [
    ...short,
    ...short.filter((text) => /^[\d.]/.test(text)).map((text) => `-${text}`),
    ...Array.from({ length: 3000 }, () => drawn(random)).flat(),
    ...halfways(random),
  ];
};

/** All texts of one to five of the characters of numbers, each behind a number: two are read at a time. */
const SHORT_TEXTS = [1, 2, 3, 4, 5].map((length) => {
  let texts = [''];
  for (let k = 0; k < length; k++) texts = texts.flatMap((text) => ['0', '7', '.', 'e', '-', '+'].map((one) => text + one));
  return Buffer.from(texts.map((text) => `7\n${text}\n`).join(''));
});

describe('a number is what Number gives', () => {
  test('for hard cases and texts of many shapes', () => {
    const texts = all();
    expect(texts.length).toBeGreaterThan(55_000);
    const { wrong, odd } = misread(real, texts);
    expect(wrong).toEqual([]);
    expect(odd).toBeLessThan(texts.length / 2);
  });

  test('and hardly any that programs write is left to the host', () => {
    const { wrong, odd } = misread(real, usual(generator(3)));
    expect(wrong).toEqual([]);
    expect(odd).toBeLessThan(100);
  });

  test('for every text of up to five of the characters of numbers, or it is left', () => {
    for (const text of SHORT_TEXTS) expect(takenBy(real, NUMBERS, text).rows).toEqual(plain(NUMBERS, text));
  });
});

/* ------------------------------------------------------------------- rows */

const TABLE = layoutOf(4, [
  { column: 3, as: 'text' },
  { column: 0, as: 'number' },
  { column: 1, as: 'number', labels: new Map([['cat', 1]]) },
  { column: 0, as: 'text' },
]);

/** Rows as they come, with everything that is not plain here and there, more or less often. */
function tableText(random: () => number, lines: number, odds: number, newline: string): Buffer {
  const strange = [
    '',
    ' 1.5 ',
    '"2.5"',
    '"a, b"',
    '"two\nlines"',
    '"two\r\nlines"',
    '"say ""x"""',
    'a"b',
    'x',
    '"open',
    '1,2',
    '\r',
    '"7" ',
  ];
  const cell = (usual: () => string) => (random() < odds ? (strange[Math.floor(random() * strange.length)] as string) : usual());
  const number = () => cell(() => (random() < 0.1 ? 'cat' : (random() * 200 - 100).toFixed(Math.floor(random() * 9))));
  const name = () => cell(() => `name${Math.floor(random() * 9)}`);
  const rows = Array.from({ length: lines }, () => [number(), number(), number(), name()].join());
  return Buffer.from(rows.map((row) => row + (random() < odds ? '\n' : newline)).join(''));
}

const TEXTS = ['\n', '\r\n', '\r'].flatMap((newline, k) =>
  [0, 0.001, 0.02, 0.3].map((odds) => tableText(generator(k), odds === 0.3 ? 500 : 4000, odds, newline)),
);

const ARRIVALS: readonly Arrival[] = [AT_ONCE, { piece: 5000, room: 100 }, { piece: 777, room: 3 }];

/** How many of the texts are taken otherwise than by plain.ts. */
function differing(wasm: Uint8Array): number {
  return TEXTS.filter((text) =>
    ARRIVALS.some(
      (arrival) => JSON.stringify(takenBy(wasm, TABLE, text, arrival).rows) !== JSON.stringify(plain(TABLE, text, arrival)),
    ),
  ).length;
}

describe('rows', () => {
  test('are those of plain.ts, in whatever pieces', () => {
    for (const text of TEXTS)
      for (const arrival of ARRIVALS) expect(takenBy(real, TABLE, text, arrival).rows).toEqual(plain(TABLE, text, arrival));
    expect(TEXTS.every((text) => plain(TABLE, text).length > 100)).toBe(true);
  });

  test('of more cells than marks are found at a time are left to the host', () => {
    const wide = layoutOf(2, [{ column: 0, as: 'number' }]);
    const text = Buffer.from(`1,"${'\n'.repeat(20_000)}"\n2,3\n`);
    expect(takenBy(real, wide, text).rows.at(-1)).toEqual([20_002, [hex(2)]]);
  });

  test('keep one memory for one table after the other', () => {
    const wide = layoutOf(
      4,
      Array.from({ length: 300 }, () => ({ column: 0, as: 'text' }) as const),
    );
    const machine = new Scanner(new WebAssembly.Module(real as Uint8Array<ArrayBuffer>), wide);
    const text = TEXTS[2] as Buffer;
    for (const layout of [TABLE, NUMBERS, wide, TABLE]) {
      expect(machine.holds(layout)).toBe(true);
      expect(takeAll(new SimdRows(layout, machine), text, AT_ONCE)).toEqual(plain(layout, text));
    }
    expect(new Scanner(new WebAssembly.Module(real as Uint8Array<ArrayBuffer>), TABLE).holds(wide)).toBe(false);
  });
});

/* ------------------------------------------------------------------ texts */

const TEXT = layoutOf(2, [
  { column: 0, as: 'text' },
  { column: 1, as: 'text' },
]);

/** Texts that begin alike, of all lengths that have codes, as they stand in a file. */
const ALIKE = Array.from({ length: 64 }, (_, n) => 'x'.repeat(n)).flatMap((start) => [
  start,
  `${start}y`,
  `${start}\0`,
  ...(start.length < 60 ? [`"${start},"`, `"${start}""é"`] : []),
]);

/** Rows of one of these texts and of an own one. */
function textRows(texts: readonly string[], lines: number): Buffer {
  const random = generator(5);
  const rows = Array.from({ length: lines }, (_, k) => `${texts[Math.floor(random() * texts.length)]},${k}`);
  return Buffer.from(rows.map((row) => `${row}\n`).join(''));
}

describe('texts', () => {
  test.each([
    ['few', ALIKE, 6000, true],
    ['few, and hardly any rows', ALIKE, 900, true],
    ['one of them longer than the others', [...ALIKE, 'x'.repeat(65)], 6000, false],
    ['as many as there is room for', Array.from({ length: 1024 }, (_, k) => `t${k}`), 6000, true],
    ['one more', Array.from({ length: 1025 }, (_, k) => `t${k}`), 15_000, false],
  ])('are those of plain.ts, with codes or without: %s', (_, texts, lines, coded) => {
    const text = textRows(texts, lines);
    const taken = takenBy(real, TEXT, text);
    expect(taken.rows).toEqual(plain(TEXT, text));
    expect(taken.coded).toEqual([coded, lines < 1024]);
  });

  test('a table does not know those of the one before', () => {
    const machine = new Scanner(new WebAssembly.Module(real as Uint8Array<ArrayBuffer>), TEXT);
    for (const text of [textRows(ALIKE, 900), textRows(['b', 'a', ...ALIKE], 900)])
      expect(takeAll(new SimdRows(TEXT, machine), text, AT_ONCE)).toEqual(plain(TEXT, text));
  });
});

class WithoutMemory {
  constructor() {
    throw new RangeError('WebAssembly.Memory(): could not allocate memory');
  }
}

describe('without SIMD instructions', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  test.each([
    ['no WebAssembly', undefined],
    ['a machine that lacks them', { ...WebAssembly, validate: (): boolean => false }],
    ['no memory for them', { validate: (): boolean => true, Module: Object, Memory: WithoutMemory }],
  ])('rows are left to plain.ts: %s', async (_, substitute) => {
    vi.resetModules();
    vi.stubGlobal('WebAssembly', substitute);
    const { simdRows } = await import('../../src/io/csv/fast/simd.ts');
    expect(simdRows(TABLE)).toBeUndefined();
  });

  test('they would be taken with them, but not in extreme layouts', () => {
    expect(simdRows(TABLE)).toBeInstanceOf(SimdRows);
    expect(simdRows({ ...TABLE, columns: 5000 })).toBeUndefined();
    expect(simdRows({ ...TABLE, limits: { ...DEFAULT_LIMITS, number: 20 } })).toBeUndefined();
  });
});

/* ---------------------------------------------------------------- mutants */

/** The module with one place of its source changed. */
async function mutant(file: string, before: string, after: string): Promise<Uint8Array> {
  let found = 0;
  const wasm = await compile(SOURCES.scan, (path: string, text: string) => {
    if (!path.endsWith(file)) return text;
    found = text.split(before).length - 1;
    return text.replace(before, after);
  });
  expect(found).toBe(1);
  return wasm;
}

describe('these tests would show', () => {
  test.each([
    ['the halfway rule left out', '(rounded & 3) === 1', '(rounded & 3) === 5'],
    ['the lower half of a power ignored', '(high & 0x1ff) === 0x1ff', '(high & 0x1ff) === 0x200'],
    ['a carry lost', 'if (low < before) high++;', ''],
    ['digits that do not fit 64 bits', 'TOO_MUCH_BEFORE: u64 = 1844', 'TOO_MUCH_BEFORE: u64 = 2844'],
    ['digits before the last 20 left out', 'v128.any_true(v128.and(first16, v128.load(FIRST_THREE))) ||', ''],
    ['the sign of one of a pair', 'placeB + (minusB << 3)', 'placeB + (minusA << 3)'],
    ['an exponent without its sign', 'exponent = -exponent', 'exponent = +exponent'],
  ])('%s', async (_, before, after) => {
    const wasm = await mutant('decimal.as.ts', before, after);
    expect(misread(wasm, all()).wrong.length).toBeGreaterThan(0);
  });

  test.each([
    ['a second point', ' | (others & (others - 1))', ''],
    ['a second point in one of a pair', ' | (othersB & (othersB - 1))', ''],
    ['a point alone', ' | (u32(length === 1) & (others >> 31))', ''],
    ['a point alone in one of a pair', '(pointsB & DIGIT_BEHIND)', 'pointsB'],
  ])('%s', async (_, before, after) => {
    const wasm = await mutant('decimal.as.ts', before, after);
    const shown = SHORT_TEXTS.filter(
      (text) => JSON.stringify(takenBy(wasm, NUMBERS, text).rows) !== JSON.stringify(plain(NUMBERS, text)),
    );
    expect(shown.length).toBeGreaterThan(0);
  });

  test.each([
    ['a mark too few', 'bits |= (marksAt(at + 32', 'bits = bits | (0 & marksAt(at + 32'],
    ['quotes taken for text', 'byteAt(mark) === QUOTE ? quotedClose(start, mark, end, last) : mark', 'mark'],
    ['CR LF within quotes counted twice', ' && load<u8>(placeOf(mark) - 1) !== RETURN', ''],
    ['a row that goes on', 'if (stop > last ||', 'if ('],
    ['a number that is none', 'return k - row;', 'continue;'],
  ])('%s', async (_, before, after) => {
    expect(differing(await mutant('scan.as.ts', before, after))).toBeGreaterThan(0);
  });

  test.each([
    [
      'texts that begin alike taken for the same',
      'v128.xor(v128.load(known + at), chunk(start + at, length - at))',
      'v128.splat<u8>(0)',
    ],
    ['what stands behind a text', 'min(count, CHUNK)', 'CHUNK'],
    ['a slot that another text has', '!isText(dictionary, code, start, length)', 'false'],
  ])('%s', async (_, before, after) => {
    const text = textRows(ALIKE, 6000);
    const { rows, coded } = takenBy(await mutant('texts.as.ts', before, after), TEXT, text);
    expect([rows, coded]).not.toEqual([plain(TEXT, text), [true, false]]);
  });
});
