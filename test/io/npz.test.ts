import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Wanted } from '../../src/io/batch.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';
import { cuts, doubles, fixture, type MemberParts, npy, type ZipParts, zip } from './array-files.ts';
import { failure, openBytes } from './read.ts';

/** Reads columns by their names; all of them when none is named. */
async function read(bytes: Uint8Array, ...names: readonly string[]): Promise<number[][]> {
  const table = await openBytes('t.npz', bytes);
  const asked = names.length ? names : table.columns;
  const wanted = asked.map((name): Wanted => ({ column: table.columns.indexOf(name), as: 'number' }));
  const values: number[][] = asked.map(() => []);
  try {
    for await (const batch of table.read(wanted, { batchRows: 2 })) {
      for (const [k, column] of batch.columns.entries()) values[k]?.push(...(column.values as Float64Array));
    }
  } finally {
    await table.close();
  }
  return values;
}

const REWRITE = 'copy or write the file again';
const y: MemberParts = { name: 'y.npy', data: npy('<f8', [3], doubles([1, 2, 3])) };
const p: MemberParts = { name: 'p.npy', data: npy('<f8', [3], doubles([4, 5, 6])), deflate: true };
const both = zip([y, p]);

describe('members', () => {
  test('stored and deflated, in any order', async () => {
    expect(await read(both)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(await read(both, 'p', 'y', 'p')).toEqual([
      [4, 5, 6],
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test.each<[what: string, parts: ZipParts]>([
    ['a comment', { comment: 'made by hand' }],
    ['the zip64 form', { zip64: true }],
  ])('with %s', async (_, parts) => {
    expect(await read(zip([y, p], parts), 'p')).toEqual([[4, 5, 6]]);
  });

  test('that nobody asks for may be anything', async () => {
    const others: MemberParts[] = [
      { name: 'classes.npy', data: npy('<U3', [2], Buffer.alloc(24)) },
      { name: 'epoch.npy', data: npy('<i8', [], Buffer.alloc(8)) },
      { name: 'readme.txt', data: Buffer.from('hello') },
      { name: 'folder/', data: Buffer.alloc(0) },
      { name: 'folder/short.npy', data: npy('<f8', [2], doubles([1, 2])) },
      { name: 'secret.npy', data: y.data, flags: 1, packed: Buffer.concat([Buffer.alloc(12), y.data]) },
      { name: 'packed.npy', data: y.data, method: 12 },
      { name: '__proto__.npy', data: y.data },
    ];
    const bytes = zip([y, ...others, p]);
    expect(await read(bytes, 'p', '__proto__')).toEqual([
      [4, 5, 6],
      [1, 2, 3],
    ]);
    const names = ['y', 'classes', 'epoch', 'readme.txt', 'folder/short', 'secret', 'packed', '__proto__', 'p'];
    expect((await openBytes('t.npz', bytes)).columns).toEqual(names);
    const messages = Object.fromEntries(
      await Promise.all(names.slice(1, 7).map(async (name) => [name, (await failure(() => read(bytes, 'p', name))).message])),
    );
    expect(messages).toEqual({
      classes: 't.npz: member "classes.npy": holds text',
      epoch: 't.npz: member "epoch.npy": is a single value, of shape (), not a column',
      'readme.txt': 't.npz: member "readme.txt": is no .npy array',
      'folder/short': 't.npz: arrays with different numbers of rows: "p" (3,), "folder/short" (2,)',
      secret: 't.npz: member "secret.npy": is encrypted',
      packed: 't.npz: member "packed.npy": zip compression method 12 is not read',
    });
  });

  test('rows are counted also when no column is wanted', async () => {
    const table = await openBytes('t.npz', both);
    let rows = 0;
    for await (const batch of table.read([], { batchRows: 2 })) rows += batch.rows;
    expect(rows).toBe(3);
  });
});

describe('what numpy refuses to make numbers of', () => {
  test.each([
    ['objects', 'holds Python objects, which are pickled: reading them would run code from the file'],
    ['complex', 'holds complex numbers'],
    ['longdouble', 'holds long doubles, which a float64 does not hold exactly'],
    ['text', 'holds text'],
    ['bytes', 'holds text'],
    ['date', 'holds dates or durations'],
    ['duration', 'holds dates or durations'],
    ['record', 'holds records or raw bytes'],
    ['raw', 'holds records or raw bytes'],
    ['single', 'is a single value, of shape (), not a column'],
    ['nothing', 'shape (3, 0) of float64 has no values in a row'],
  ])('%s', async (name, message) => {
    const bytes = fixture('numpy-refused.npz');
    expect((await failure(() => read(bytes, name))).message).toBe(`t.npz: member "${name}.npy": ${message}`);
    expect(await read(bytes, 'good')).toEqual([[1.5, 2.5, 3.5]]);
  });

  test('integers beyond 2^53, by row', async () => {
    expect((await failure(() => read(fixture('numpy-refused.npz'), 'int64'))).message).toBe(
      't.npz: row 2, column 11: column "int64": 9007199254740993 is an integer beyond 2^53, which a float64 does not hold exactly',
    );
  });
});

/** Positions of bytes that can be flipped so that other numbers are read and nothing is said. */
async function silentFlips(good: Buffer): Promise<number[]> {
  const silent: number[] = [];
  const expected = JSON.stringify(await read(good));
  for (let at = 0; at < good.length; at++) {
    for (const mask of [0x01, 0x80, 0xff]) {
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] as number) ^ mask;
      try {
        if (JSON.stringify(await read(bytes)) !== expected) silent.push(at);
      } catch (error) {
        expect((error as Error).name, `byte ${at}`).toBe('Fault');
      }
    }
  }
  return silent;
}

describe('damage', () => {
  const one = (parts: Partial<MemberParts>, more: ZipParts = {}) => zip([{ ...y, ...parts }], more);
  const zeros = npy('<f8', [100_000], Buffer.alloc(800_000));

  test.each<[what: string, bytes: Buffer, message: string]>([
    ['a wrong checksum', one({ crc: 1 }), 't.npz: member "y.npy": its checksum differs: the data is damaged'],
    [
      'a wrong checksum, deflated',
      one({ crc: 1, deflate: true }),
      't.npz: member "y.npy": its checksum differs: the data is damaged',
    ],
    [
      'more than it declares',
      one({ data: zeros, deflate: true, size: 800 }),
      't.npz: member "y.npy": damaged zip: it holds more or less than it declares',
    ],
    [
      'less than it declares',
      one({ data: zeros, deflate: true, size: 4_000_000_000 }),
      't.npz: member "y.npy": damaged zip: it holds more or less than it declares',
    ],
    [
      'deflated bytes cut short',
      one({ packed: deflateRawSync(zeros).subarray(0, 300), data: zeros, method: 8 }),
      't.npz: member "y.npy": damaged zip: unexpected end of file',
    ],
    [
      'bytes after the deflated ones',
      one({ packed: Buffer.concat([deflateRawSync(y.data), Buffer.alloc(9)]), method: 8 }),
      't.npz: member "y.npy": damaged zip: it holds more or less than it declares',
    ],
    [
      'deflated bytes that are none',
      one({ packed: Buffer.alloc(99, 0xff), method: 8 }),
      't.npz: member "y.npy": damaged zip: invalid block type',
    ],
    [
      'stored and declared lengths that differ',
      one({ size: 100 }),
      't.npz: damaged zip: compressed/uncompressed size mismatch for stored file: 152 != 100',
    ],
    ['another name inside', one({ localName: 'z.npy' }), 't.npz: member "y.npy": damaged zip: the member itself has another name'],
    ['a name twice', zip([y, y]), 't.npz: damaged zip: two members are named "y.npy"'],
    ['members that overlap', zip([y, { ...p, offset: 10 }]), 't.npz: damaged zip: member "p.npy" overlaps another'],
    [
      'a member that begins nowhere',
      zip([y, { ...p, offset: 230 }]),
      't.npz: member "p.npy": damaged zip: invalid local file header signature',
    ],
    [
      'a member that reaches into the directory',
      one({ deflate: true, packedSize: 300 }),
      't.npz: damaged zip: a member reaches into the directory',
    ],
    [
      'a member that reaches behind the end',
      one({ deflate: true, packedSize: 4_000_000_000 }),
      't.npz: damaged zip: a member reaches into the directory',
    ],
    ['a member not counted', zip([y, p], { count: 1 }), 't.npz: damaged zip: its directory ends at byte'],
    ['a member counted that is not there', zip([y, p], { count: 3 }), 't.npz: is cut short or damaged: it speaks of byte'],
    ['bytes behind the directory', zip([y], { after: Buffer.alloc(5) }), 't.npz: damaged zip: its directory ends at byte'],
    ['bytes behind the end', Buffer.concat([both, Buffer.from('x')]), 't.npz: damaged zip: Invalid comment length'],
    ['a path out of the folder', one({ name: '../y.npy' }), 't.npz: damaged zip: invalid relative path: ../y.npy'],
    ['strong encryption', one({ flags: 0x41 }), 't.npz: damaged zip: strong encryption is not supported'],
    [
      'an array that is cut short',
      one({ data: npy('<f8', [4], doubles([1, 2, 3])) }),
      't.npz: member "y.npy": is cut short: shape (4,) of float64 takes 32 bytes, and 24 are there',
    ],
    [
      'an array in Fortran order that is cut short',
      one({ data: npy('<f8', [2, 2], doubles([1, 2, 3]), { fortran: true }), deflate: true }),
      't.npz: member "y.npy": is cut short: shape (2, 2) of float64 takes 32 bytes, and 24 are there',
    ],
    [
      'bytes after the array',
      one({ data: Buffer.concat([y.data, Buffer.alloc(8)]) }),
      't.npz: member "y.npy": bytes after the end of the array, at byte 153',
    ],
    ['no array under the name', one({ data: Buffer.from('y\n1\n') }), 't.npz: member "y.npy": is no .npy array'],
    ['an empty member', one({ data: Buffer.alloc(0) }), 't.npz: member "y.npy": is cut short: the npy header does not end'],
    ['no member', zip([]), 't.npz: is a zip archive without .npy arrays'],
  ])('%s', async (_, bytes, message) => {
    expect((await failure(() => read(bytes))).message).toContain(message);
  });

  test('a bomb is refused without being held', async () => {
    const bomb = one({ data: npy('<f8', [1], doubles([1])), packed: deflateRawSync(Buffer.alloc(50_000_000)), method: 8 });
    const before = process.memoryUsage().rss;
    expect((await failure(() => read(bomb))).hint).toBe(REWRITE);
    const declared = npy('<f8', [6_250_000], Buffer.alloc(50_000_000));
    expect((await failure(() => read(one({ data: declared, size: 200, deflate: true })))).hint).toBe(REWRITE);
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  test('cut short anywhere is a fault', async () => {
    for (const part of cuts(fixture('numpy-shapes.npz'))) {
      expect((await failure(() => read(part))).message).toBe('t.npz: is cut short: the zip archive has no end');
    }
  });

  test('no flipped byte gives other numbers in silence', async () => {
    const turned = npy('<f8', [3, 2], doubles([4, 5, 6, 7, 8, 9]), { fortran: true });
    expect(await silentFlips(zip([y, { ...p, data: turned }], { comment: 'hello' }))).toEqual([]);
    // What would be found: an .npy alone has no checksum.
    expect(await silentFlips(Buffer.from(y.data))).toContain(y.data.length - 1);
  });
});

test('more members than the limit', async () => {
  const limits = { ...DEFAULT_LIMITS, columns: 1 };
  expect(await failure(() => openBytes('t.npz', both, { limits }))).toEqual({
    message: 't.npz: more members than 1, the limit',
    hint: 'if that is meant, raise the limit: --limit columns=2',
  });
});

describe('other zip archives', () => {
  test.each([
    [
      'torch.pt',
      fixture('torch.pt'),
      'x.pt: is PyTorch (a pickle in a zip), which lossctl does not read yet',
      /torch\.load\('x\.pt'/,
    ],
    ['torch-legacy.pt', fixture('torch-legacy.pt'), 'x.pt: is pickle, which lossctl does not read yet', /read_pickle/],
    [
      'a workbook',
      zip([{ name: 'xl/workbook.xml', data: Buffer.alloc(0) }]),
      'x.pt: is an Excel workbook, which lossctl does not read yet',
      /read_excel\('x\.pt'\)/,
    ],
    [
      'one text',
      zip([{ name: 'preds.csv', data: Buffer.alloc(0) }]),
      'x.pt: is a zip archive without .npy arrays',
      /unzip -p x\.pt preds\.csv \| lossctl eval -$/,
    ],
    [
      'several',
      zip(['a', 'b'].map((name) => ({ name, data: Buffer.alloc(0) }))),
      'x.pt: is a zip archive without .npy arrays',
      /unzip -p x\.pt MEMBER \| lossctl eval -$/,
    ],
  ])('%s', async (_, bytes, message, hint) => {
    const fault = await failure(() => openBytes('x.pt', bytes));
    expect(fault.message).toBe(message);
    expect(fault.hint).toMatch(hint);
  });
});
