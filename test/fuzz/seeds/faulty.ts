/** A reader with every fault that the fuzzer looks for. Which one it has, the first byte that is damaged decides. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Table } from '../../../src/io/batch.ts';
import { fileBytes, streamBytes } from '../../../src/io/bytes/file.ts';
import { ByteReader } from '../../../src/io/bytes/reader.ts';
import { Fault } from '../../../src/io/fault.ts';
import type { Source } from '../../../src/io/open.ts';
import { doubles } from '../../io/array-files.ts';
import type { Seed } from '../seed.ts';

const NUMBERS = [1, 2, 3];
const HEAD = Buffer.alloc(12);
const hoard: Buffer[] = [];

const FAULTS: readonly ((values: Float64Array) => unknown)[] = [
  () => {
    throw new Fault('is damaged');
  },
  () => {
    throw new TypeError('cannot read properties of undefined');
  },
  (values) => values.fill(0),
  () => {
    for (;;);
  },
  () => process.exit(0),
  () => void Promise.reject(new Error('lost')),
  () => process.emitWarning('careful'),
  () => hoard.push(Buffer.alloc(300_000_000, 1)),
  () => {
    throw 'a text';
  },
  () => pause(60_000),
];

async function open({ name, stream }: Source): Promise<Table> {
  const bytes = new ByteReader(stream ? streamBytes(name, stream) : await fileBytes(name));
  async function* read() {
    const all = await bytes.read(HEAD.length + 8 * NUMBERS.length);
    await bytes.close();
    const damage = HEAD.findIndex((byte, at) => byte !== all[at]);
    const values = Float64Array.from(NUMBERS, (_, k) =>
      all.length < HEAD.length + 8 * (k + 1) ? 0 : all.readDoubleLE(HEAD.length + 8 * k),
    );
    await FAULTS[damage]?.(values);
    for (const [first, value] of values.entries())
      yield {
        rows: 1,
        first,
        columns: [{ kind: 'number' as const, values: Float64Array.of(value), width: 1, missing: new Map() }],
      };
  }
  return { name, format: 'faulty', columns: ['x'], read, close: () => bytes.close() };
}

export const faulty = (): Seed[] => [
  {
    name: 'faulty',
    file: 'x.faulty',
    bytes: Buffer.concat([HEAD, doubles(NUMBERS)]),
    values: [[HEAD.length, HEAD.length + 24]],
    open,
  },
];
