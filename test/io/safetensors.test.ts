import { describe, expect, test } from 'vitest';
import type { Wanted } from '../../src/io/batch.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';
import { cuts, doubles, fixture, safetensors } from './array-files.ts';
import { failure, openBytes, plain } from './read.ts';

const six = doubles([1, 2, 3, 4, 5, 6]);
const tensor = (shape: readonly number[], data_offsets: readonly number[], dtype = 'F64') => ({ dtype, shape, data_offsets });
const both = { y: tensor([3], [0, 24]), p: tensor([3], [24, 48]) };
const read = async (bytes: Uint8Array, name = 't.safetensors') => plain(await openBytes(name, bytes));

describe('tensors', () => {
  test('are columns in the order of the header, whatever that of the bytes', async () => {
    const bytes = safetensors(
      { __metadata__: { format: 'pt', note: 'x' }, 2: tensor([3], [24, 48]), 1: tensor([3], [0, 24]) },
      six,
    );
    const text = `{"2":${JSON.stringify(tensor([3], [24, 48]))},"1":${JSON.stringify(tensor([3], [0, 24]))}}   `;
    expect((await openBytes('t', safetensors(text, six))).columns).toEqual(['2', '1']);
    expect(await read(bytes)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test('are found without the extension, and in a pipe', async () => {
    expect((await openBytes('<stdin>', safetensors(both, six))).format).toBe('safetensors');
  });

  test('names are texts', async () => {
    const names = ['__proto__', 'toString', 'a.b"c\\d', '\u00e9\u{1f600}', ''];
    const header = `{${names.map((name, k) => `${JSON.stringify(name)}:${JSON.stringify(tensor([1], [8 * k, 8 * k + 8]))}`).join(',')}}`;
    const table = await openBytes('t', safetensors(header, six.subarray(0, 40)));
    expect(table.columns).toEqual(names);
    expect(await plain(table)).toEqual([[1], [2], [3], [4], [5]]);
  });

  test.each([
    ['single', 'is a single value, of shape (), not a column'],
    ['F8_E4M3', 'holds "F8_E4M3", which is not read'],
  ])('%s is refused where it is asked for', async (name, message) => {
    const fault = await failure(() => ask(fixture('tensors.safetensors'), name));
    expect(fault.message).toBe(`t.safetensors: tensor "${name}": ${message}`);
  });

  test('of other lengths are refused together', async () => {
    expect((await failure(() => ask(fixture('tensors.safetensors'), 'F32', 'cube', 'short'))).message).toBe(
      't.safetensors: arrays with different numbers of rows: "F32" (9,), "cube" (9, 2, 3), "short" (4,)',
    );
    await ask(fixture('tensors.safetensors'), 'F32', 'cube');
  });
});

async function ask(bytes: Uint8Array, ...names: readonly string[]): Promise<void> {
  const table = await openBytes('t.safetensors', bytes);
  const wanted = names.map((name): Wanted => ({ column: table.columns.indexOf(name), as: 'number' }));
  for await (const _ of table.read(wanted, { batchRows: 5 }));
}

describe('damage', () => {
  const y = JSON.stringify(tensor([3], [0, 24]));
  const p = JSON.stringify(tensor([3], [24, 48]));

  test.each<[what: string, bytes: Buffer, message: string]>([
    ['a header that is longer than the file', safetensors(both, six, 10_000n), 'is cut short: the safetensors header does not end'],
    [
      'a header beyond the limit',
      safetensors(both, six, 200_000_000n),
      'a safetensors header of 200000000 bytes, more than 100 MB, the limit',
    ],
    ['a header beyond all limits', safetensors(both, six, 2n ** 63n), 'a safetensors header of 9223372036854776000 bytes'],
    ['a header that is shorter', safetensors(both, six, 20n), 'its end where'],
    ['a tensor twice', safetensors(`{"y":${y},"y":${p}}`, six), 'the names of tensors: the key "y" stands twice'],
    [
      'a tensor twice, spelt otherwise',
      safetensors(`{"y":${y},"\\u0079":${p}}`, six),
      'the names of tensors: the key "y" stands twice',
    ],
    ['a key twice', safetensors(`{"y":{"dtype":"F64","dtype":"I64"}}`), 'tensor "y": the key "dtype" stands twice'],
    ['another key', safetensors({ y: { ...tensor([3], [0, 24]), x: 1 } }, six), 'tensor "y" has an unknown key "x"'],
    [
      'a missing key',
      safetensors({ y: { dtype: 'F64', shape: [3] } }, six),
      'tensor "y" needs a dtype, a shape, and two data_offsets',
    ],
    ['one offset', safetensors({ y: tensor([3], [0]) }, six), 'tensor "y" needs a dtype, a shape, and two data_offsets'],
    ['offsets that go backwards', safetensors({ y: tensor([3], [24, 0]) }, six), 'two data_offsets in order'],
    [
      'an overlap',
      safetensors({ y: tensor([3], [0, 24]), p: tensor([3], [16, 40]) }, six),
      'tensor "p", bytes 16 to 40, overlaps another',
    ],
    ['the same bytes twice', safetensors({ y: tensor([6], [0, 48]), p: tensor([6], [0, 48]) }, six), 'overlaps another'],
    [
      'a hole',
      safetensors({ y: tensor([3], [0, 24]), p: tensor([2], [32, 48]) }, six),
      'nothing fills the 8 bytes before tensor "p"',
    ],
    ['a hole at the beginning', safetensors({ p: tensor([3], [24, 48]) }, six), 'nothing fills the 24 bytes before tensor "p"'],
    ['bytes behind the last', safetensors({ y: tensor([3], [0, 24]) }, six), '24 bytes behind the last tensor'],
    [
      'bytes that are not there',
      safetensors(both, six.subarray(0, 40)),
      'is cut short: tensor "p", bytes 24 to 48, and 40 are there',
    ],
    [
      'a shape that lies',
      safetensors({ y: tensor([7], [0, 48]) }, six),
      'tensor "y": shape (7,) of F64 takes 56 bytes, and it has 48',
    ],
    [
      'a type that lies',
      safetensors({ y: tensor([6], [0, 48], 'F32') }, six),
      'tensor "y": shape (6,) of F32 takes 24 bytes, and it has 48',
    ],
    ['a shape beyond numbers', safetensors({ y: tensor([1e15, 1e15, 1e15], [0, 48]) }, six), 'tensor "y": shape'],
    ['a negative size', safetensors({ y: tensor([-6], [0, 48]) }, six), '"-6],'],
    ['a size that is no integer', safetensors({ y: tensor([6.5], [0, 48]) }, six), '"6.5],'],
    ['a size as a power', safetensors(`{"y":{"shape":[6e0]}}`, six), '"6e0]}}" where a size is expected'],
    ['a size with a zero before', safetensors(`{"y":{"shape":[06]}}`, six), '"06]}}" where a size is expected'],
    ['an unsafe size', safetensors(`{"y":{"shape":[9007199254740993]}}`, six), 'where a size is expected'],
    [
      'too many sizes',
      safetensors(
        {
          y: tensor(
            Array.from({ length: 65 }, () => 1),
            [0, 8],
          ),
        },
        six,
      ),
      'more than 64 sizes',
    ],
    ['metadata that is no text', safetensors({ __metadata__: { a: 1 }, ...both }, six), 'where a text is expected'],
    ['a comma too many', safetensors(`{"y":${y},}`, six), '"}" where a text is expected'],
    ['a comment', safetensors(`{"y":${y} // six`, six), '"// six" where "," is expected'],
    ['two headers', safetensors(`{"y":${y}}{}`, six), '"{}" where nothing more is expected'],
    ['a control character in a name', safetensors(`{"a\nb":${y}}`, six), 'where a text is expected'],
    ['no end of a name', safetensors(`{"abc`, six), 'where a text is expected'],
    ['an escape at the end', safetensors('{"abc\\', six), 'where a text is expected'],
    ['a list', safetensors('{"y":[]}', six), '"[]}" where "{" is expected'],
    ['bytes that are no text', Buffer.concat([safetensors('{"\xff'), six]).fill(0xff, 10, 11), 'it is not valid UTF-8'],
  ])('%s', async (_, bytes, message) => {
    expect((await failure(() => read(bytes))).message).toContain(message);
  });

  test('a type that is not known has no size to be compared with', async () => {
    expect((await failure(() => read(safetensors({ y: tensor([6], [0, 48], 'F9') }, six)))).message).toBe(
      't.safetensors: tensor "y": holds "F9", which is not read',
    );
  });

  test('more names than the limit, of tensors and of metadata', async () => {
    const limits = { ...DEFAULT_LIMITS, columns: 1 };
    for (const header of [both, { __metadata__: { a: '', b: '' } }]) {
      expect((await failure(() => openBytes('t', safetensors(header, six), { limits }))).message).toBe(
        't: more names than 1, the limit',
      );
    }
  });

  test('cut short anywhere is a fault', async () => {
    for (const part of cuts(fixture('tensors.safetensors'))) await failure(() => read(part));
  });

  test('no flipped byte of the header ends in anything but numbers or a fault', async () => {
    const good = safetensors(both, six);
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
});
