import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/io/formats.ts';
import { open } from '../../src/io/open.ts';
import { failure, openBytes, plain } from './read.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lossctl-io-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const read = async (path: string) => plain(await open({ name: path }, { header: true }));
const from = (name: string, bytes: Uint8Array | string) => failure(async () => plain(await openBytes(name, bytes)));

describe('files', () => {
  test('by their path', async () => {
    expect(await read(await file('a.csv', 'y\n1\n2\n'))).toEqual([[1, 2]]);
  });

  test('missing', async () => {
    expect(await failure(() => read(join(folder, 'none.csv')))).toEqual({
      message: `${folder}/none.csv: no such file`,
      hint: 'check the path; a relative one starts from the current folder',
    });
  });

  test('a directory', async () => {
    expect(await failure(() => read(folder))).toEqual({ message: `${folder}: is a directory`, hint: 'name the files in it' });
  });

  test('a path below a file', async () => {
    expect(await failure(async () => read(join(await file('b.csv', 'y\n'), 'c')))).toEqual({
      message: `${folder}/b.csv/c: cannot be read: ENOTDIR`,
      hint: undefined,
    });
  });

  test.each(['', '\u0000'])('empty, and not text', async (content) => {
    const { message } = await failure(async () => read(await file('e.csv', content)));
    expect(message).toBe(`${folder}/e.csv: ${content === '' ? 'is empty' : 'is not text: it holds a NUL byte at byte 1'}`);
  });

  test('a file that shrinks while it is read', async () => {
    const path = await file('big.csv', `y\n${'1\n'.repeat(1_600_000)}`);
    const table = await open({ name: path }, { header: true });
    await truncate(path, 1_200_000);
    const { message } = await failure(() => plain(table));
    expect(message).toBe(`${path}: the file changed while it was read (3200002 bytes at first, 1200000 now, 1200000 read)`);
  });

  test('close releases a file that was not read to its end', async () => {
    const table = await open({ name: await file('c.csv', `y\n${'1\n'.repeat(400_000)}`) }, { header: true });
    for await (const _ of table.read([{ column: 0, as: 'number' }], { batchRows: 10 })) break;
    await table.close();
    await table.close();
  });
});

describe('standard input', () => {
  test('that fails', async () => {
    const stream = new PassThrough();
    const opened = failure(async () => plain(await open({ name: '<stdin>', stream }, { header: true })));
    stream.destroy(Object.assign(new Error('bad disk'), { code: 'EIO' }));
    expect(await opened).toEqual({ message: '<stdin>: cannot be read: EIO', hint: undefined });
  });

  test('that is empty', async () => {
    expect(await failure(() => open({ name: '<stdin>', stream: Readable.from([]) }, { header: true }))).toEqual({
      message: '<stdin>: is empty',
      hint: 'it needs at least a line with column names',
    });
  });
});

describe('gzip', () => {
  const csv = `y\n${Array.from({ length: 1000 }, (_, i) => `${Math.sin(i)}\n`).join('')}`;
  const bytes = gzipSync(csv);

  test('all members are read, wherever they are split', async () => {
    const members = Buffer.concat([gzipSync('y\n1\n'), gzipSync(''), gzipSync('2\n')]);
    for (let cut = 1; cut < members.length; cut++) {
      expect(await plain(await openBytes('a', [members.subarray(0, cut), members.subarray(cut)]))).toEqual([[1, 2]]);
    }
  });

  test('the extension below decides', async () => {
    expect((await openBytes('a.ndjson.gz', gzipSync('{"y":1}'))).format).toBe('ndjson');
  });

  test('cut short anywhere is a fault', async () => {
    const small = gzipSync('y\n1\n2\n');
    for (let length = 2; length < small.length; length++) {
      expect(await from('a.csv.gz', small.subarray(0, length))).toEqual({
        message: 'a.csv.gz: the gzip data is cut short',
        hint: 'copy or write the file again, and check it with gzip -t',
      });
    }
    expect((await from('a.csv.gz', bytes.subarray(0, bytes.length - 4))).message).toBe('a.csv.gz: the gzip data is cut short');
  });

  test('a wrong CRC or length', async () => {
    for (const [back, message] of [
      [8, 'incorrect data check'],
      [4, 'incorrect length check'],
    ] as const) {
      const broken = Buffer.from(bytes);
      broken[bytes.length - back] = (broken[bytes.length - back] as number) ^ 1;
      expect(() => gunzipSync(broken)).toThrow(message);
      expect((await from('a.csv.gz', broken)).message).toBe(`a.csv.gz: damaged gzip data: ${message}`);
    }
  });

  test('bytes behind the end', async () => {
    const behind = async (more: Uint8Array) => (await from('a.csv.gz', Buffer.concat([bytes, more]))).message;
    expect(await behind(Buffer.from('more'))).toBe('a.csv.gz: damaged gzip data: incorrect header check');
    // zlib takes zeros for padding and stops: a member behind them would be lost without an error.
    expect(await behind(Buffer.concat([Buffer.alloc(4), bytes]))).toBe(
      `a.csv.gz: bytes after the end of the gzip data, at byte ${bytes.length + 1} of the compressed file`,
    );
  });
});

describe('encoding', () => {
  const hint = 'convert it first, for example from Latin-1: iconv -f LATIN1 -t UTF-8 IN > OUT';

  test.each<[name: string, bytes: string, offset: number]>([
    ['Latin-1', '790a31e92c0a', 4],
    ['a surrogate', '790aeda080', 3],
    ['an overlong form', '790ac0af0a', 3],
    ['the middle of a character at the end', '790a31f09f98', 4],
    ['a lone continuation', '790a800a', 3],
  ])('%s', async (_, hex, offset) => {
    const bytes = Buffer.from(hex, 'hex');
    const parts = [...bytes].map((byte) => Uint8Array.of(byte));
    const expected = { message: `t.csv: byte ${offset} is not valid UTF-8`, hint };
    expect(await from('t.csv', bytes)).toEqual(expected);
    expect(await failure(async () => plain(await openBytes('t.csv', parts)))).toEqual(expected);
  });

  describe.each([
    ['little-endian', (text: string) => Buffer.from(text, 'utf16le')],
    ['big-endian', (text: string) => Buffer.from(text, 'utf16le').swap16()],
  ])('UTF-16, %s', (_, encode) => {
    test.each([
      ['t.csv', 'y\tname\r\n1\té😀\r\n'],
      ['t.json', '[{"y":1,"name":"é😀"}]'],
      ['t', '{"y":1,"name":"é😀"}\n'],
    ])('%s, wherever its bytes are split', async (name, text) => {
      const bytes = encode(`\uFEFF${text}`);
      for (let cut = 0; cut <= bytes.length; cut++) {
        const table = await openBytes(name, [bytes.subarray(0, cut), bytes.subarray(cut)]);
        expect(table.columns).toEqual(['y', 'name']);
        expect(await plain(table, ['number', 'text'])).toEqual([[1], ['é😀']]);
      }
    });

    test('that is damaged', async () => {
      const hint = 'write it as UTF-8 instead';
      expect(await from('t.csv', encode('\uFEFFy\n\ud800x\n'))).toEqual({
        message: 't.csv: is not valid UTF-16, at byte 1 or behind it',
        hint,
      });
      expect(await from('t.csv', encode('\uFEFFy\n1\n').subarray(0, -1))).toEqual({
        message: 't.csv: is not valid UTF-16, at its end',
        hint,
      });
    });
  });

  test('UTF-16 without its mark, and UTF-32, are named as no text', async () => {
    expect((await from('t.csv', Buffer.from('y\n1\n', 'utf16le'))).message).toBe(
      't.csv: is not text: it holds a NUL byte at byte 2',
    );
    expect((await from('t.csv', Buffer.from('fffe000079000000', 'hex'))).message).toBe(
      't.csv: is not text: it holds a NUL byte at byte 3',
    );
  });
});

describe('formats', () => {
  test.each([
    [
      '\x80\x04\x95.....',
      'pickle',
      `python -c "import pandas; pandas.read_pickle('x.csv').to_csv('out.csv', index=False)" (only a file you trust: unpickling runs code from it)`,
    ],
    ['\x89HDF\r\n\x1a\n', 'HDF5', `python -c "import pandas; pandas.read_hdf('x.csv').to_csv('out.csv', index=False)"`],
  ])('%j is named and has a conversion', async (magic, name, convert) => {
    expect(await from('x.csv', Buffer.from(magic, 'latin1'))).toEqual({
      message: `x.csv: is ${name}, which lossctl does not read yet`,
      hint: `convert it: ${convert}`,
    });
  });

  test('an option overrides the name', async () => {
    expect((await openBytes('x.json', 'a,b\n1,2\n', { format: 'csv' })).columns).toEqual(['a', 'b']);
    expect(await failure(() => openBytes('x', 'a\n', { format: 'xls' }))).toEqual({
      message: 'unknown input format "xls"',
      hint: `choose one of: ${FORMATS.map(({ name }) => name).join(', ')}`,
    });
  });

  test('names and extensions are used once', () => {
    const names = FORMATS.map(({ name }) => name);
    const extensions = FORMATS.flatMap((format) => format.extensions);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(extensions).size).toBe(extensions.length);
    expect(extensions.every((extension) => /^\.[a-z]+$/.test(extension))).toBe(true);
  });

  test('every format loads', async () => {
    for (const { load } of FORMATS) expect(typeof (await load())).toBe('function');
  });
});
