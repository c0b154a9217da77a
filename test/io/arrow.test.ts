import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as arrow from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { ipc, item, of } from './arrow-write.ts';
import { batches, failure, type Kind, openBytes, plain, whole } from './read.ts';

const float = (values: readonly (number | null)[]) => arrow.vectorFromArray(values, new arrow.Float64());

describe('types', () => {
  test.each<[name: string, type: arrow.DataType, values: readonly unknown[], expected: readonly number[], array: unknown]>([
    ['float64', new arrow.Float64(), [1.5, -0, 5e-324], [1.5, -0, 5e-324], Float64Array],
    ['float32', new arrow.Float32(), [1.5, Infinity], [1.5, Infinity], Float32Array],
    ['float32 with null', new arrow.Float32(), [1.5, null], [1.5, NaN], Float64Array],
    ['int8', new arrow.Int8(), [-128, 127], [-128, 127], Int32Array],
    ['uint8', new arrow.Uint8(), [0, 255], [0, 255], Int32Array],
    ['int16', new arrow.Int16(), [-32768, 32767], [-32768, 32767], Int32Array],
    ['uint16', new arrow.Uint16(), [0, 65535], [0, 65535], Int32Array],
    ['int32', new arrow.Int32(), [-(2 ** 31), 2 ** 31 - 1], [-(2 ** 31), 2 ** 31 - 1], Int32Array],
    ['int32 with null', new arrow.Int32(), [null, 7], [NaN, 7], Float64Array],
    ['uint32', new arrow.Uint32(), [0, 2 ** 32 - 1], [0, 2 ** 32 - 1], Float64Array],
    ['int64', new arrow.Int64(), [-(2n ** 53n), 2n ** 53n], [-(2 ** 53), 2 ** 53], Float64Array],
    ['uint64 with null', new arrow.Uint64(), [null, 2n ** 53n], [NaN, 2 ** 53], Float64Array],
    [
      'dictionary of numbers',
      new arrow.Dictionary(new arrow.Float64(), new arrow.Int8()),
      [0.5, null, 0.5],
      [0.5, NaN, 0.5],
      Float64Array,
    ],
    ['null', new arrow.Null(), [null, null], [NaN, NaN], Float64Array],
    ['decimal', new arrow.Decimal(1, 5, 128), [Uint32Array.of(15, 0, 0, 0), null], [1.5, NaN], Float64Array],
    ['large text with numbers', new arrow.LargeUtf8(), ['1.5', null, '-0'], [1.5, NaN, -0], Float64Array],
    ['text with numbers', new arrow.Utf8(), ['1.5', ' NA', null, 'inf'], [1.5, NaN, NaN, Infinity], Float64Array],
  ])('%s', async (_, type, values, expected, array) => {
    const [batch] = await batches(await openBytes('t.arrow', of(values, type)));
    expect([...(batch?.columns[0]?.values ?? [])]).toEqual(expected);
    expect(batch?.columns[0]?.values).toBeInstanceOf(array);
  });

  test('float16, among them subnormals and infinities', async () => {
    const bits = new Uint16Array([0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0x3555, 0x7bff, 0x7c00, 0xfc00, 0x7e00]);
    const data = arrow.makeData({ type: new arrow.Float16(), length: bits.length, data: bits });
    const expected = [0, -0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1, 0.333251953125, 65504, Infinity, -Infinity, NaN];
    const [batch] = await batches(await openBytes('t.arrow', ipc({ x: new arrow.Vector([data]) })));
    expect([...(batch?.columns[0]?.values ?? [])]).toEqual(expected);
    expect(batch?.columns[0]).toMatchObject({ missing: new Map([[10, 'NaN']]) });
  });

  test('NaN and null are listed', async () => {
    const got = await whole(await openBytes('t.arrow', of([NaN, 1, null], new arrow.Float64())));
    expect(got.cells[0]).toMatchObject({ missing: [0, 2] });
  });

  test('text of numbers is exact', async () => {
    const big = [2n ** 63n - 1n, -(2n ** 63n), null];
    expect(await plain(await openBytes('t.arrow', of(big, new arrow.Int64())), ['text'])).toEqual([
      ['9223372036854775807', '-9223372036854775808', ''],
    ]);
    expect(await plain(await openBytes('t.arrow', of([true, null], new arrow.Bool())), ['text'])).toEqual([['true', '']]);
  });

  test('a list as text is JSON, with all digits', async () => {
    const type = new arrow.List(item(new arrow.Int64()));
    expect(await plain(await openBytes('t.arrow', of([[2n ** 63n - 1n, null], [], null], type)), ['text'])).toEqual([
      ['[9223372036854775807,null]', '[]', ''],
    ]);
  });

  test('labels apply to text, dictionaries, booleans and numbers', async () => {
    const labels = new Map([
      ['cat', 0],
      ['true', 1],
      ['3', 30],
    ]);
    const kinds: readonly Kind[] = [{ as: 'number', labels }];
    const read = async (values: readonly unknown[], type: arrow.DataType) =>
      plain(await openBytes('t.arrow', of(values, type)), kinds);
    expect(await read(['cat', '4'], new arrow.Utf8())).toEqual([[0, 4]]);
    expect(await read(['cat', '3', 'cat'], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()))).toEqual([[0, 30, 0]]);
    expect(await read([true, null], new arrow.Bool())).toEqual([[1, NaN]]);
    expect(await read([3, 4], new arrow.Int32())).toEqual([[30, 4]]);
  });
});

describe('lists', () => {
  const pairs = [[1, 2], [3, 4], null, [5, NaN]];

  test.each([
    ['list', new arrow.List(item(new arrow.Float32()))],
    ['fixed size', new arrow.FixedSizeList(2, item(new arrow.Float32()))],
  ])('%s with missing rows, in batches of any size', async (_, type) => {
    for (const size of [1, 3, 10]) {
      const got = await whole(await openBytes('t.arrow', of(pairs, type)), [], size);
      expect(got.cells[0]).toMatchObject({ widths: [2], missing: [4, 5, 7] });
    }
  });

  test('of float32 without a null are not copied or widened', async () => {
    const bytes = of(
      [
        [1, 2],
        [3, 4],
      ],
      new arrow.FixedSizeList(2, item(new arrow.Float32())),
    );
    const all = await batches(await openBytes('t.arrow', bytes), [], 1);
    expect(all.map(({ columns }) => columns[0]?.values)).toEqual([new Float32Array([1, 2]), new Float32Array([3, 4])]);
    expect(new Set(all.map(({ columns }) => (columns[0]?.values as Float32Array | undefined)?.buffer)).size).toBe(1);
  });

  test('nested lists flatten by rows', async () => {
    const type = new arrow.List(item(new arrow.FixedSizeList(2, item(new arrow.Int32()))));
    const got = await whole(
      await openBytes(
        't.arrow',
        of(
          [
            [
              [1, 2],
              [3, 4],
              [5, 6],
            ],
          ],
          type,
        ),
      ),
    );
    expect(got.cells[0]).toMatchObject({ widths: [6] });
    const { message } = await failure(async () =>
      plain(
        await openBytes(
          't.arrow',
          of(
            [
              [[1, 2]],
              [
                [1, 2],
                [3, 4],
              ],
            ],
            type,
          ),
        ),
        [],
        1,
      ),
    );
    expect(message).toBe('t.arrow: row 2, column 1: column "x": a list of 2x2 (before: a list of 1x2)');
  });

  test('of different lengths name the row, within a batch and over two', async () => {
    const bytes = of([[1, 2], [3, 4], [5]], new arrow.List(item(new arrow.Float64())));
    for (const size of [1, 3]) {
      expect(await failure(async () => plain(await openBytes('t.arrow', bytes), [], size))).toEqual({
        message: 't.arrow: row 3, column 1: column "x": a list of 1 (before: a list of 2)',
        hint: 'a column holds either single values or lists of one length',
      });
    }
  });
});

describe('structs', () => {
  const inner = new arrow.Struct([new arrow.Field('label', new arrow.Utf8(), true)]);
  const type = new arrow.Struct([new arrow.Field('score', new arrow.Float64(), true), new arrow.Field('inner', inner, true)]);
  const rows = [{ score: 1.5, inner: { label: 'x' } }, { score: null, inner: null }, null, { score: 2, inner: { label: 'y' } }];

  test('are columns by their path; where the struct is missing, so are they', async () => {
    const bytes = ipc({ id: arrow.vectorFromArray([7, 8, 9, 10], new arrow.Int32()), output: arrow.vectorFromArray(rows, type) });
    const table = await openBytes('t.arrow', bytes);
    expect(table.columns).toEqual(['id', 'output.score', 'output.inner.label']);
    expect(await plain(table, ['number', 'number', 'text'])).toEqual([
      [7, 8, 9, 10],
      [1.5, NaN, NaN, 2],
      ['x', '', '', 'y'],
    ]);
  });

  test('a field whose own name reads like a path wins over it', async () => {
    const table = await openBytes(
      't.arrow',
      ipc({ output: arrow.vectorFromArray(rows, type), 'output.score': float([1, 2, 3, 4]) }),
    );
    expect(table.columns).toEqual(['output.inner.label', 'output.score']);
    expect(await plain(table, ['text', 'number'])).toEqual([
      ['x', '', '', 'y'],
      [1, 2, 3, 4],
    ]);
  });
});

/** A column of values that apache-arrow has no builder for, from its buffer. */
const fromBuffer = (type: arrow.DataType, data: BigInt64Array | Int32Array | Uint32Array, length: number) =>
  ipc({ x: new arrow.Vector([arrow.makeData({ type, length, data } as never)]) });

const words = (bits: number, ...values: readonly bigint[]) =>
  Uint32Array.from(
    values.flatMap((v) => Array.from({ length: bits / 32 }, (_, k) => Number(BigInt.asUintN(32, v >> BigInt(32 * k))))),
  );

describe('decimals', () => {
  const values = [12345n, -5n, 0n, 10n ** 37n + 1n, -(10n ** 17n)];

  test.each([128, 256])('of %i bits are exact as text, and rounded once as numbers', async (bits) => {
    const bytes = fromBuffer(new arrow.Decimal(2, 38, bits), words(bits, ...values), values.length);
    const texts = ['123.45', '-0.05', '0.00', '100000000000000000000000000000000000.01', '-1000000000000000.00'];
    expect(await plain(await openBytes('t.arrow', bytes), ['text'])).toEqual([texts]);
    expect(await plain(await openBytes('t.arrow', bytes))).toEqual([texts.map(Number)]);
  });

  test('with a scale below 0 and above 22', async () => {
    const of = (scale: number) => fromBuffer(new arrow.Decimal(scale, 38, 128), words(128, 7n, -3n), 2);
    expect(await plain(await openBytes('t.arrow', of(-3)), ['text'])).toEqual([['7000', '-3000']]);
    expect(await plain(await openBytes('t.arrow', of(-3)))).toEqual([[7000, -3000]]);
    expect(await plain(await openBytes('t.arrow', of(30)))).toEqual([[7e-30, -3e-30]]);
  });

  test('are the same numbers as their digits, which one division alone does not give', async () => {
    const digits = Array.from({ length: 500 }, (_, i) => BigInt(i) * 18_014_398_509_481n - 4_503_599_627_370_496n);
    const bytes = fromBuffer(new arrow.Decimal(17, 38, 128), words(128, ...digits), digits.length);
    const [texts] = await plain(await openBytes('t.arrow', bytes), ['text']);
    expect(await plain(await openBytes('t.arrow', bytes))).toEqual([(texts as string[]).map(Number)]);
  });
});

describe('times', () => {
  const long = (...values: readonly bigint[]) => BigInt64Array.from(values);
  const SECOND = arrow.TimeUnit.SECOND;
  const NANOSECOND = arrow.TimeUnit.NANOSECOND;

  test.each<[type: arrow.DataType, data: BigInt64Array | Int32Array, texts: readonly string[]]>([
    [new arrow.DateDay(), Int32Array.of(0, 19_753, -1), ['1970-01-01', '2024-01-31', '1969-12-31']],
    [new arrow.DateMillisecond(), long(86_400_000n, -1n), ['1970-01-02', '1969-12-31T23:59:59.999']],
    [new arrow.Timestamp(SECOND), long(0n, -1n), ['1970-01-01T00:00:00', '1969-12-31T23:59:59']],
    [new arrow.Timestamp(NANOSECOND, 'Europe/Berlin'), long(1_500_000_001n), ['1970-01-01T00:00:01.500000001Z']],
    [new arrow.TimeSecond(), Int32Array.of(0, 86_399), ['00:00:00', '23:59:59']],
    [new arrow.TimeMicrosecond(), long(1n, 43_200_250_000n), ['00:00:00.000001', '12:00:00.25']],
    [new arrow.Duration(SECOND), long(90n, -1n), ['PT90S', '-PT1S']],
    [new arrow.Duration(arrow.TimeUnit.MILLISECOND), long(1500n, -20n, 3000n), ['PT1.5S', '-PT0.02S', 'PT3S']],
  ])('%s is text in ISO form', async (type, data, texts) => {
    const bytes = fromBuffer(type, data, data.length);
    expect(await plain(await openBytes('t.arrow', bytes), ['text'])).toEqual([texts]);
    expect(await failure(async () => plain(await openBytes('t.arrow', bytes)))).toEqual({
      message: expect.stringMatching(
        /^t\.arrow: column "x": holds (date|timestamp|time|duration)(32|64)?\[.+\], which is no number$/,
      ),
      hint: 'it can be a key or a slice; to use it as a number, write one: df["t"].astype("int64")',
    });
  });

  test('the same moment is the same text in every unit', async () => {
    const moment = 1_706_702_400n;
    const texts = await Promise.all(
      [SECOND, arrow.TimeUnit.MILLISECOND, arrow.TimeUnit.MICROSECOND, NANOSECOND].map(async (unit) => {
        const bytes = fromBuffer(new arrow.Timestamp(unit), long(moment * 1000n ** BigInt(unit)), 1);
        return plain(await openBytes('t.arrow', bytes), ['text']);
      }),
    );
    expect(texts).toEqual(new Array(4).fill([['2024-01-31T12:00:00']]));
  });

  test('outside the years that have dates name the row', async () => {
    const bytes = fromBuffer(new arrow.Timestamp(SECOND), long(0n, 2n ** 62n), 2);
    const { message } = await failure(async () => plain(await openBytes('t.arrow', bytes), ['text']));
    expect(message).toMatch(/^t\.arrow: row 2, column "x": damaged Arrow data: a point in time/);
  });
});

describe('what others write', () => {
  const path = (name: string) => join(import.meta.dirname, '../../fixtures/formats/arrow', name);

  test.each(['types-polars.arrow', 'types-rust.arrows'])('%s', async (name) => {
    const table = await openBytes(name, readFileSync(path(name)));
    const names = ['category', 'date', 'stamp', 'zoned', 'output.score', 'output.inner.label', 'masks', 'small', 'long'];
    expect(table.columns).toEqual(names);
    const stamps = ['1970-01-01T00:00:00', '2024-01-31T12:00:00.25', '', '1969-12-31T23:59:59.999'];
    expect(await plain(table, ['text', 'text', 'text', 'text', 'number', 'text', 'number', 'number', 'text'], 3)).toEqual([
      ['b', 'a', '', 'b'],
      ['1970-01-01', '2024-01-31', '', '1969-12-31'],
      stamps,
      stamps.map((text) => (text === '' ? '' : `${text}Z`)),
      [1.5, NaN, NaN, -0.25],
      ['x', '', '', 'y'],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, ...new Array(6).fill(NaN), 13, 14, 15, 16, 17, 18],
      [-1, 0, NaN, 127],
      ['a text that does not fit into its view', 'short', '', ''],
    ]);
    const masks = names.map((_, k): Kind => (k === 6 ? 'number' : 'text'));
    const [batch] = await batches(await openBytes(name, readFileSync(path(name))), masks);
    expect(batch?.columns[6]).toMatchObject({ width: 6, dims: [3, 2] });
  });

  test.each(['lz4', 'zstd'])('frames of several blocks, compressed with %s', async (codec) => {
    const [steps] = await plain(await openBytes('t.arrow', readFileSync(path(`steps-${codec}.arrow`))));
    expect(steps).toEqual(Array.from({ length: 9000 }, (_, i) => Math.floor(i / 20)));
    const [target, pred] = await plain(await openBytes('t.arrow', readFileSync(path(`many-${codec}.arrow`))));
    expect(target).toEqual(Array.from({ length: 1500 }, (_, i) => i % 7));
    expect((pred as number[]).reduce((sum, value) => sum + Math.round(value * 100), 0)).toBe(74_790);
  });
});

describe('refuses', () => {
  test.each<[name: string, type: arrow.DataType, values: readonly unknown[], message: string]>([
    [
      'int64 beyond 2^53',
      new arrow.Int64(),
      [1n, 2n ** 53n + 1n],
      't.arrow: row 2, column 1: column "x": 9007199254740993 is an integer beyond 2^53, which a float64 does not hold exactly',
    ],
    [
      'uint64 beyond 2^53',
      new arrow.Uint64(),
      [2n ** 64n - 1n],
      't.arrow: row 1, column 1: column "x": 18446744073709551615 is an integer beyond 2^53, which a float64 does not hold exactly',
    ],
    ['a boolean', new arrow.Bool(), [true], 't.arrow: row 1, column 1: column "x": "true" is not a number'],
    ['a text', new arrow.Utf8(), ['1', 'cat'], 't.arrow: row 2, column 1: column "x": "cat" is not a number'],
    ['binary', new arrow.Binary(), [new Uint8Array(1)], 't.arrow: column "x": values of type binary are not read'],
    [
      'lists of structs',
      new arrow.List(item(new arrow.Struct([item(new arrow.Int8())]))),
      [[{ item: 1 }]],
      't.arrow: column "x": values of type list<struct> are not read',
    ],
    [
      'a map',
      new arrow.Map_(
        new arrow.Field(
          'entries',
          new arrow.Struct([new arrow.Field('k', new arrow.Utf8(), false), new arrow.Field('v', new arrow.Int8(), true)] as never),
          false,
        ) as never,
      ),
      [new Map([['a', 1]])],
      't.arrow: column "x": values of type map are not read',
    ],
    ['an interval', new arrow.IntervalYearMonth(), [Int32Array.of(1)], 't.arrow: column "x": values of type interval are not read'],
  ])('%s', async (_, type, values, message) => {
    expect((await failure(async () => plain(await openBytes('t.arrow', of(values, type))))).message).toBe(message);
  });
});
