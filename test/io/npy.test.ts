import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { open } from '../../src/io/open.ts';
import { cuts, doubles, fixture, npy } from './array-files.ts';
import { failure, openBytes, plain } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'lossctl-npy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = async (bytes: Uint8Array, name = 't.npy') => plain(await openBytes(name, bytes));
const six = doubles([1, 2, 3, 4, 5, 6]);
const REWRITE = 'write it again with numpy.save';

describe('the column', () => {
  test.each([
    ['y_true.npy', 'y_true'],
    ['runs/3/fold.1.npy', 'fold.1'],
    ['preds.npy.gz', 'preds'],
    ['preds.npy.zst', 'preds'],
    ['weights.bin', 'weights'],
    ['<stdin>', 'value'],
    ['.npy', 'value'],
    ['__proto__.npy', '__proto__'],
  ])('of %s is %s', async (path, name) => {
    expect((await openBytes(path, npy('<f8', [6], six))).columns).toEqual([name]);
  });

  test('is one of lists, where the array has more axes', async () => {
    const table = await openBytes('t.npy', npy('<f8', [1, 3, 2], six));
    for await (const { columns } of table.read([{ column: 0, as: 'number' }], { batchRows: 9 })) {
      expect(columns[0]).toMatchObject({ width: 6, dims: [3, 2] });
    }
  });
});

describe('headers', () => {
  const header = (text: string) => npy('', [], six, { header: text });

  test.each([
    ['double quotes, no last comma', `{"descr": "<f8", "fortran_order": False, "shape": (6,)}`],
    ['another order, no spaces', `{'shape':(6,),'fortran_order':False,'descr':'<f8'}\n`],
    ['sizes of Python 2', `{'descr': '<f8', 'fortran_order': False, 'shape': (6L,), }\n`],
  ])('%s', async (_, text) => {
    expect(await read(header(text))).toEqual([[1, 2, 3, 4, 5, 6]]);
  });

  test.each<[what: string, text: string, message: string]>([
    [
      'code',
      `{'descr': __import__('os').system('touch x'), 'fortran_order': False, 'shape': (6,), }`,
      `"__import__('os').system('touch x'), 'fortran_order': False, 'shape': (6,), }" where the value of "descr" is expected`,
    ],
    ['code in the shape', `{'descr': '<f8', 'fortran_order': False, 'shape': (2*3,), }`, `"(2*3,), }" where the value of "shape"`],
    ['code behind the dict', `{'descr': '<f8', 'fortran_order': False, 'shape': (6,), }.x`, '".x" where nothing more is expected'],
    ['an escape', `{'descr': '\\x3cf8', 'fortran_order': False, 'shape': (6,), }`, 'where the value of "descr" is expected'],
    ['no dict', `['<f8']`, `"['<f8']" where a "{" is expected`],
    ['a missing key', `{'descr': '<f8', 'fortran_order': False, }`, 'the key "shape" is missing'],
    ['a key twice', `{'descr': '<f8', 'descr': '<i8', 'fortran_order': False, 'shape': (6,)}`, 'the key "descr" stands twice'],
    ['another key', `{'descr': '<f8', 'fortran_order': False, 'shape': (6,), 'x': 1}`, 'an unknown key "x"'],
    ['a shape that is no tuple', `{'descr': '<f8', 'fortran_order': False, 'shape': (6)}`, `"(6)}" where the value of "shape"`],
    ['a negative size', `{'descr': '<f8', 'fortran_order': False, 'shape': (-6,)}`, `"(-6,)}" where the value of "shape"`],
    ['an octal size', `{'descr': '<f8', 'fortran_order': False, 'shape': (06,)}`, `"(06,)}" where the value of "shape"`],
    ['a number for a truth value', `{'descr': '<f8', 'fortran_order': 0, 'shape': (6,)}`, 'where the value of "fortran_order"'],
    ['no end', `{'descr': '<f8', 'fortran_order': False, 'shape': (6,)`, '"" where a "," or a "}" is expected'],
    ['nothing', ' ', '"" where a "{" is expected'],
  ])('%s', async (_, text, message) => {
    const fault = await failure(() => read(header(text)));
    expect(fault.message).toContain('t.npy: damaged npy header: ');
    expect(fault.message).toContain(message);
    expect(fault.hint).toBe(REWRITE);
  });

  test('a version that is not known, and a header that is too long', async () => {
    const bytes = npy('<f8', [6], six);
    bytes[6] = 4;
    expect((await failure(() => read(bytes))).message).toBe('t.npy: version 4.0 of the npy format is not known');
    const long = npy('', [], six, { header: `{'descr': '<f8', 'fortran_order': False, 'shape': (6,)${' '.repeat(10_000)}}` });
    expect(await failure(() => read(long))).toEqual({
      message: 't.npy: an npy header of 10055 bytes, more than 10 kB, the limit',
      hint: `${REWRITE}; if that is meant, raise the limit: --limit npy-header=20kB`,
    });
  });

  test('of other bytes under the extension', async () => {
    expect(await failure(() => read(Buffer.from('y\n1\n')))).toEqual({
      message: 't.npy: is no .npy array: it does not begin as one',
      hint: REWRITE,
    });
  });
});

describe('element types', () => {
  test.each([
    ['|O', 'holds Python objects, which are pickled: reading them would run code from the file'],
    ['<c16', 'holds complex numbers'],
    ['<f16', 'holds long doubles, which a float64 does not hold exactly'],
    ['<U5', 'holds text'],
    ['|S5', 'holds text'],
    ['<M8[ns]', 'holds dates or durations'],
    ['|V2', 'holds records or raw bytes'],
    ['f8', 'the element type "f8" is not known'],
    ['|f8', 'the element type "|f8" is not known'],
    ['=f8', 'the element type "=f8" is not known'],
    ['<f3', 'holds long doubles, which a float64 does not hold exactly'],
    ['<x8', 'the element type "<x8" is not known'],
    ['', 'the element type "" is not known'],
  ])('%s is refused', async (descr, message) => {
    const fault = await failure(() => read(npy(descr, [6], six)));
    expect(fault.message).toBe(`t.npy: ${message}`);
    expect(fault.hint).toMatch(/numpy\.save/);
  });

  test('fields are refused', async () => {
    const header = `{'descr': [('a', '<i4'), ('b', '<f8')], 'fortran_order': False, 'shape': (6,), }`;
    // What stands in the brackets is not read.
    expect((await failure(() => read(npy('', [], six, { header })))).message).toBe('t.npy: holds records or raw bytes');
  });

  test.each([
    ['<i8', BigInt64Array.of(1n, -(2n ** 53n), 2n ** 53n + 1n), 3, '9007199254740993'],
    ['<i8', BigInt64Array.of(-(2n ** 53n) - 1n), 1, '-9007199254740993'],
    ['<i8', BigInt64Array.of(2n ** 53n, 2n ** 62n), 2, '4611686018427387904'],
    ['<u8', BigUint64Array.of(2n ** 53n, 2n ** 64n - 1n), 2, '18446744073709551615'],
    ['>u8', BigUint64Array.of(0xffn), 1, '18374686479671623680'],
  ])('%s beyond 2^53 names the row, and is exact as text', async (descr, values, row, text) => {
    const bytes = npy(descr, [values.length], Buffer.from(values.buffer));
    expect((await failure(() => read(bytes))).message).toBe(
      `t.npy: row ${row}, column 1: column "t": ${text} is an integer beyond 2^53, which a float64 does not hold exactly`,
    );
    expect((await plain(await openBytes('t.npy', bytes), ['text']))[0]?.[row - 1]).toBe(text);
  });
});

describe('shapes', () => {
  test.each<[shape: readonly number[], message: string]>([
    [[], 'is a single value, of shape (), not a column'],
    [[6, 0], 'shape (6, 0) of float64 has no values in a row'],
    [[7], 'is cut short: shape (7,) of float64 takes 56 bytes, and 48 are there'],
    [[1e9, 1000], 'is cut short: shape (1000000000, 1000) of float64 takes 8000000000000 bytes, and 48 are there'],
    [[1e15, 1e15], 'shape (1000000000000000, 1000000000000000) of float64 is more than any file holds'],
    [[2, 2], 'bytes after the end of the array, at byte 161: shape (2, 2) of float64 takes 32 bytes'],
    [Array.from({ length: 65 }, () => 1), 'has 65 axes, more than 64'],
    [[0, 2], 'bytes after the end of the array, at byte 129: shape (0, 2) of float64 takes 0 bytes'],
  ])('%j', async (shape, message) => {
    for (const fortran of [false, true]) {
      const fault = await failure(() => read(npy('<f8', shape, six, { fortran })));
      expect(fault.message).toBe(`t.npy: ${message}`);
    }
  });

  test('two arrays in one file', async () => {
    const one = npy('<f8', [6], six);
    expect((await failure(() => read(Buffer.concat([one, one])))).message).toMatch(
      /^t\.npy: bytes after the end of the array, at byte 177:/,
    );
  });

  test('without rows', async () => {
    expect(await read(npy('<f8', [0, 2], Buffer.alloc(0)))).toEqual([[]]);
  });
});

test.each([
  ['C order', 'numpy-v1.npy'],
  ['Fortran order', 'numpy-fortran.npy'],
])('cut short anywhere is a fault: %s', async (_, name) => {
  for (const part of cuts(fixture(name))) {
    const path = join(folder, 'cut.npy');
    await writeFile(path, part);
    const fault = await failure(async () => plain(await open({ name: path }, { header: true })));
    expect(fault.message).toMatch(/: is cut short: |: is no \.npy array/);
    expect((await failure(() => read(part))).message).toBe(fault.message.replace(path, 't.npy'));
  }
});

test('no flipped byte of the header ends in anything but numbers or a fault', async () => {
  const good = npy('<f8', [2, 3], six, { fortran: true });
  for (let at = 0; at < good.length - six.length; at++) {
    for (const mask of [0x01, 0x20, 0xff]) {
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] as number) ^ mask;
      try {
        await read(bytes);
      } catch (error) {
        expect((error as Error).name).toBe('Fault');
      }
    }
  }
});
