/** The same arrays in every format of arrays: the same bits as from text, and as numpy has them. */

import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { open } from '../../src/io/open.ts';
import { doubles, FIXTURES, fixture, npy, safetensors, zip } from './array-files.ts';
import { batches, failure, type Kind, openBytes, plain, whole } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'lossctl-arrays-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The columns of conformance.test.ts that an array can hold; NaN is missing. */
const x = [0.1, 5e-324, NaN, -0, 1e308, 0.30000000000000004, 123456789.12345678, -2.2250738585072014e-308, 1 / 3];
const n = [0, 1, -1, 2147483647, -2147483648, 7, 100, 9007199254740991, -9007199254740992];
const flag = [true, false, true, true, false, false, true, true, false];
const vec = [
  [1, 2],
  [0.1, NaN],
  [NaN, NaN],
  [-0, 5e-324],
  [1e308, -1e308],
  [0.30000000000000004, 3],
  [4, 5],
  [6, 7],
  [8, 9],
];
const cube = x.map((_, i) => [[i / 7], [i / 3], [-i]]);
const rows = x.length;

const labels = new Map([
  ['true', 1],
  ['false', 0],
]);
const kinds: readonly Kind[] = ['number', 'number', { as: 'number', labels }, 'number', 'number'];

const bytesOf = {
  x: doubles(x),
  n: Buffer.from(BigInt64Array.from(n.map(BigInt)).buffer),
  flag: Buffer.from(flag.map(Number)),
  vec: doubles(vec.flat()),
  cube: doubles(cube.flat(2)),
};
const shapes = { x: [rows], n: [rows], flag: [rows], vec: [rows, 2], cube: [rows, 3, 1] };
const names = Object.keys(bytesOf) as (keyof typeof bytesOf)[];
const descr = { x: '<f8', n: '<i8', flag: '|b1', vec: '<f8', cube: '<f8' };
const types = { x: 'F64', n: 'I64', flag: 'BOOL', vec: 'F64', cube: 'F64' };

/** JSON.stringify writes -0 as 0, and NaN as null. */
const json = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(json).join(',')}]` : Object.is(value, -0) ? '-0' : String(value);
const csv = [names.join(','), ...x.map((_, i) => [x, n, flag, vec, cube].map((cells) => `"${json(cells[i])}"`).join(','))].join(
  '\n',
);

const swapped = (bytes: Buffer, size: number) => {
  const copy = Buffer.from(bytes);
  return size === 8 ? copy.swap64() : copy;
};
/** Values of rows of `width`, element by element: Fortran order, for two and for three axes of which the last is 1. */
const turned = (bytes: Buffer, width: number) =>
  Buffer.concat(
    Array.from({ length: width }, (_, k) =>
      Buffer.concat(Array.from({ length: rows }, (_, i) => bytes.subarray(8 * (i * width + k), 8 * (i * width + k + 1)))),
    ),
  );

const member = (name: keyof typeof bytesOf) => npy(descr[name], shapes[name], bytesOf[name]);
const bigEndian = (name: keyof typeof bytesOf) =>
  npy(descr[name].replace('<', '>'), shapes[name], swapped(bytesOf[name], name === 'flag' ? 1 : 8));
const fortran = (name: keyof typeof bytesOf) => {
  const width = shapes[name].slice(1).reduce((a, b) => a * b, 1);
  return npy(descr[name], shapes[name], width === 1 ? bytesOf[name] : turned(bytesOf[name], width), { fortran: true });
};
const archive = (write: (name: keyof typeof bytesOf) => Buffer, deflate = false, zip64 = false) =>
  zip(
    names.map((name) => ({ name: `${name}.npy`, data: write(name), deflate })),
    { zip64 },
  );
const offsets = (name: keyof typeof bytesOf) => {
  const before = names.slice(0, names.indexOf(name)).reduce((sum, one) => sum + bytesOf[one].length, 0);
  return [before, before + bytesOf[name].length];
};

const files: Record<string, () => Buffer> = {
  'stored.npz': () => archive(member),
  'deflated.npz': () => archive(member, true),
  'zip64.npz': () => archive(member, false, true),
  'big-endian.npz': () => archive(bigEndian),
  'fortran.npz': () => archive(fortran),
  'fortran-deflated.npz': () => archive(fortran, true),
  'tensors.safetensors': () =>
    safetensors(
      Object.fromEntries(names.map((name) => [name, { dtype: types[name], shape: shapes[name], data_offsets: offsets(name) }])),
      Buffer.concat(names.map((name) => bytesOf[name])),
    ),
};

describe('conformance', () => {
  test.each(Object.keys(files))('%s', async (name) => {
    const content = (files[name] as () => Buffer)();
    const expected = await whole(await openBytes('twin.csv', csv), kinds);
    const path = join(folder, name);
    await writeFile(path, content);
    for (const batchRows of [1, 2, 7, 1000]) {
      for (const table of [
        await open({ name: path }, { header: true }),
        await openBytes(name, content),
        await openBytes(`${name}.gz`, gzipSync(content)),
      ]) {
        const got = await whole(table, kinds, batchRows);
        expect(got.columns).toEqual(names);
        expect(got.cells).toEqual(expected.cells);
      }
    }
  });

  test.each([
    ['C order', member],
    ['Fortran order', fortran],
    ['big-endian', bigEndian],
  ] as const)('.npy in %s, one array a file', async (_, write) => {
    const expected = await whole(await openBytes('twin.csv', csv), kinds);
    for (const [k, name] of names.entries()) {
      const path = join(folder, `${name}.npy`);
      await writeFile(path, write(name));
      for (const batchRows of [1, 2, 7, 1000]) {
        for (const table of [
          await open({ name: path }, { header: true }),
          await openBytes(
            path,
            [...write(name)].map((byte) => Uint8Array.of(byte)),
          ),
          await openBytes(`${path}.gz`, gzipSync(write(name))),
        ]) {
          const got = await whole(table, [kinds[k] as Kind], batchRows);
          expect(got.columns).toEqual([name]);
          expect(got.cells).toEqual([expected.cells[k]]);
        }
      }
    }
  });

  test('text, for keys and slices, is what the CSV has', async () => {
    const text: Kind[] = ['number', 'text', 'text'];
    const [, integers, flags] = await plain(await openBytes('a.npz', archive(member)), text);
    expect(integers).toEqual(n.map(String));
    expect(flags).toEqual(flag.map(String));
    expect(await plain(await openBytes('vec.npy', npy('<f8', [2, 2], doubles([1, NaN, Infinity, -0.5]))), ['text'])).toEqual([
      ['[1,NaN]', '[Infinity,-0.5]'],
    ]);
  });
});

describe('what numpy wrote', () => {
  const kept = Object.entries(FIXTURES).flatMap(([file, arrays]) =>
    Object.entries(arrays).map(([name, one]) => ({ file, name, ...one })),
  );
  const also = kept.filter(({ file }) => file === 'numpy-types.npz').map((one) => ({ ...one, file: 'numpy-types-compressed.npz' }));

  test.each([...kept, ...also])('$file: $name $shape', async ({ file, name, shape, bits }) => {
    const content = fixture(file);
    for (const size of [2, 1000]) {
      const table = await openBytes(file, content);
      const got: { bits: string[]; missing: number[] } = { bits: [], missing: [] };
      const column = table.columns.indexOf(name);
      expect(column).toBeGreaterThanOrEqual(0);
      const all = [];
      for await (const batch of table.read([{ column, as: 'number' }], { batchRows: size })) all.push(batch);
      await table.close();
      const [rowCount = 0, ...dims] = shape.split(' ').map(Number);
      expect(all.reduce((sum, batch) => sum + batch.rows, 0)).toBe(rowCount);
      for (const { columns } of all) {
        const [read] = columns;
        if (read?.kind !== 'number') throw new Error('no numbers');
        expect(read.width).toBe(dims.reduce((product, one) => product * one, 1));
        expect(read.dims).toEqual(dims.length > 1 ? dims : undefined);
        for (const index of read.missing.keys()) got.missing.push(got.bits.length + index);
        for (const value of read.values) got.bits.push(bitsOf(value));
      }
      expect(got.bits.join(' ')).toBe(bits);
      expect(got.missing).toEqual(bits.split(' ').flatMap((one, i) => (one === 'NaN' ? [i] : [])));
    }
  });
});

function bitsOf(value: number): string {
  return Number.isNaN(value) ? 'NaN' : doubles([value]).swap64().toString('hex');
}

describe('blocks', () => {
  test('of float64 in C order are views of what was read', async () => {
    const content = npy('<f8', [4, 2], doubles([1, 2, 3, 4, 5, 6, 7, 8]));
    const all = await batches(await openBytes('a.npy', content), [], 2);
    const buffers = new Set(all.map(({ columns }) => (columns[0]?.values as Float64Array | undefined)?.buffer));
    expect([all.length, buffers.size]).toEqual([2, 1]);
  });

  test('are of bounded bytes, whatever batch is asked for', async () => {
    const wide = npy('|u1', [40, 1_000_000], Buffer.alloc(40_000_000, 1));
    const sizes = (await batches(await openBytes('a.npy', wide), [], 8192)).map((batch) => batch.rows);
    expect(Math.max(...sizes)).toBe(1);
    expect(sizes.reduce((a, b) => a + b)).toBe(40);
  });

  test.each([
    ['few long rows', 40, 600_000],
    ['many short rows', 600_000, 40],
  ])('of an array in Fortran order that is longer than what is held: %s', async (_, count, width) => {
    const value = (row: number, k: number) => (7 * row + 3 * k) % 251;
    const data = Buffer.alloc(count * width);
    for (let k = 0; k < width; k++) for (let row = 0; row < count; row++) data[k * count + row] = value(row, k);
    let wrong = 0;
    let seen = 0;
    const table = await openBytes('a.npy', npy('|u1', [count, width], data, { fortran: true }));
    for await (const { rows: n, columns } of table.read([{ column: 0, as: 'number' }], { batchRows: 8192 })) {
      const values = columns[0]?.values as Int32Array;
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < width; k++) if (values[i * width + k] !== value(seen + i, k)) wrong++;
      }
      seen += n;
    }
    expect([seen, wrong]).toEqual([count, 0]);
  });

  test('a row beyond the limit is refused', async () => {
    const long = npy('|u1', [1, 65 * 2 ** 20], Buffer.alloc(65 * 2 ** 20));
    expect(await failure(async () => plain(await openBytes('a.npy', long)))).toEqual({
      message: 'a.npy: shape (1, 68157440) of uint8 has rows of 68157440 bytes, more than 64 MiB, the limit',
      hint: 'rows run along the first axis: reshape or transpose the array when you write it; if that is meant, raise the limit: --limit row=128MiB',
    });
  });
});

describe('labels', () => {
  const read = async (descr: string, data: Uint8Array, given: Kind) =>
    plain(await openBytes('t.npy', npy(descr, [data.length / Number(descr.at(-1))], data)), [given]);

  test('stand for numbers and truth values', async () => {
    const some = new Map([
      ['3', 30],
      ['true', 1],
      ['NaN', 9],
    ]);
    const kind = { as: 'number', labels: some } as const;
    expect(await read('|u1', Buffer.from([3, 4, 3]), kind)).toEqual([[30, 4, 30]]);
    expect(await read('<f8', doubles([3, NaN, -0, 0]), kind)).toEqual([[30, 9, -0, 0]]);
    expect(await read('|b1', Buffer.from([1, 2]), kind)).toEqual([[1, 1]]);
    const { message } = await failure(() => read('|b1', Buffer.from([1, 0]), kind));
    expect(message).toBe('t.npy: row 2, column 1: column "t": "false" is not a number');
  });

  test('are asked for in the order in which they appear, as from text', async () => {
    const asked: string[] = [];
    const labels = {
      get(text: string) {
        asked.push(text);
        return text === '7' ? 1 : 0;
      },
    };
    await read('|i1', Buffer.from([7, 8, 7, 9]), { as: 'number', labels });
    expect(asked).toEqual(['7', '8', '9']);
  });

  test('truth values are no numbers without them', async () => {
    expect(await failure(() => read('|b1', Buffer.from([1]), 'number'))).toEqual({
      message: 't.npy: row 1, column 1: column "t": "true" is not a number',
      hint: 'say what counts as 1: --positive-label true',
    });
  });
});
