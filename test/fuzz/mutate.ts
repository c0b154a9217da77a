import type { Random } from './random.ts';
import { isWithin, type Seed } from './seed.ts';

export interface Mutant {
  readonly bytes: Buffer;
  /** What was done, for people. */
  readonly how: string;
}

type Mutation = (bytes: Buffer, random: Random, seed: Seed, others: readonly Seed[]) => Mutant;

const MUTATIONS: readonly Mutation[] = [flip, flip, setByte, setByte, overwrite, truncate, remove, repeat, insert, splice];

/** Damages a seed once, sometimes up to four times. `others` are of the same format. */
export function mutate(seed: Seed, others: readonly Seed[], random: Random): Mutant {
  const times = random.chance(0.75) ? 1 : 2 + random.below(3);
  let { bytes } = seed;
  const steps: string[] = [];
  for (let i = 0; i < times && bytes.length > 0; i++) {
    const mutant = random.pick(MUTATIONS)(bytes, random, seed, others);
    bytes = mutant.bytes;
    steps.push(mutant.how);
  }
  return { bytes, how: steps.join(', ') };
}

/** A place, three times out of four outside of the values: what is to be found is found there. */
function place(bytes: Buffer, random: Random, { values }: Seed): number {
  const outside = values && random.chance(0.75);
  let at = random.below(bytes.length);
  for (let tries = 0; outside && isWithin(at, values) && tries < 20; tries++) at = random.below(bytes.length);
  return at;
}

function put(bytes: Buffer, at: number, part: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(part.subarray(0, copy.length - at), at);
  return copy;
}

function flip(bytes: Buffer, random: Random, seed: Seed): Mutant {
  const at = place(bytes, random, seed);
  const bit = random.below(8);
  return { bytes: put(bytes, at, Uint8Array.of((bytes[at] as number) ^ (1 << bit))), how: `bit ${bit} of byte ${at}` };
}

function setByte(bytes: Buffer, random: Random, seed: Seed): Mutant {
  const at = place(bytes, random, seed);
  const before = bytes[at] as number;
  const value = random.pick([0, 1, 127, 128, 255, before + 1, before - 1, random.below(256)]) & 255;
  return { bytes: put(bytes, at, Uint8Array.of(value)), how: `${value} in byte ${at}` };
}

/** A length, a count or an offset that lies: small changes of what stands there, and borders. */
function overwrite(bytes: Buffer, random: Random, seed: Seed): Mutant {
  const size = random.pick([2, 4, 8]);
  const anywhere = place(bytes, random, seed);
  const at = random.chance(0.7) ? anywhere - (anywhere % size) : anywhere;
  const part = Buffer.alloc(8);
  bytes.copy(part, 0, at, at + size);
  const before = part.readBigInt64LE();
  const length = BigInt(bytes.length);
  const borders = [0n, 1n, -1n, 2n ** 15n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 62n, length, length - 1n];
  const near = [before + 1n, before - 1n, before + 8n, before - 8n, before * 2n, before / 2n, -before, before ^ (2n ** 31n)];
  const value = BigInt.asIntN(64, random.pick(random.chance(0.5) ? borders : near));
  part.writeBigInt64LE(value);
  return { bytes: put(bytes, at, part.subarray(0, size)), how: `${value} in the ${size} bytes at ${at}` };
}

function truncate(bytes: Buffer, random: Random): Mutant {
  const length = random.chance(0.3) ? Math.max(0, bytes.length - 1 - random.below(16)) : random.below(bytes.length);
  return { bytes: bytes.subarray(0, length), how: `cut to ${length} bytes` };
}

/** A piece: short ones are more likely, and multiples of 8 bytes keep what follows aligned. */
function piece(bytes: Buffer, random: Random, seed: Seed): [start: number, end: number] {
  const start = place(bytes, random, seed);
  const longest = random.pick([1, 4, 16, 64, bytes.length]);
  const length = random.chance(0.3) ? 8 * (1 + random.below(8)) : 1 + random.below(longest);
  return [start, Math.min(bytes.length, start + length)];
}

function remove(bytes: Buffer, random: Random, seed: Seed): Mutant {
  const [start, end] = piece(bytes, random, seed);
  return { bytes: Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]), how: `bytes ${start} to ${end} removed` };
}

function repeat(bytes: Buffer, random: Random, seed: Seed): Mutant {
  const [start, end] = piece(bytes, random, seed);
  const at = random.chance(0.7) ? end : random.below(bytes.length);
  const copies = random.chance(0.9) ? 1 : 2 + random.below(50);
  const more = new Array<Buffer>(copies).fill(bytes.subarray(start, end));
  const how = `bytes ${start} to ${end} ${copies === 1 ? 'again' : `${copies} times more`} at ${at}`;
  return { bytes: Buffer.concat([bytes.subarray(0, at), ...more, bytes.subarray(at)]), how };
}

/** What means something in one format or another. */
const TOKENS =
  '" "" , ; | \\ \t \n \r \r\n \0 # [ ] { } : [] {} [[ - + . e 0 00 1 9 NaN nan inf -Infinity null NA true 1e999 1e-999 0x10 1_0 \ufeff é 😀 ٣ \u2028'
    .split(' ')
    .concat(' ');

function insert(bytes: Buffer, random: Random, seed: Seed): Mutant {
  const at = place(bytes, random, seed);
  const token = random.pick(TOKENS);
  const over = random.chance(0.3) ? Buffer.byteLength(token) : 0;
  const rest = bytes.subarray(Math.min(bytes.length, at + over));
  return {
    bytes: Buffer.concat([bytes.subarray(0, at), Buffer.from(token), rest]),
    how: `${JSON.stringify(token)} ${over > 0 ? 'over' : 'before'} byte ${at}`,
  };
}

/** The beginning of this one and the end of another, mostly where both are alike. */
function splice(bytes: Buffer, random: Random, seed: Seed, others: readonly Seed[]): Mutant {
  const other = random.pick(others);
  const at = place(bytes, random, seed);
  const fromEnd = bytes.length - at;
  const from = random.chance(0.4) ? at : random.chance(0.6) ? other.bytes.length - fromEnd : random.below(other.bytes.length);
  const start = Math.min(Math.max(0, from), other.bytes.length);
  return {
    bytes: Buffer.concat([bytes.subarray(0, at), other.bytes.subarray(start)]),
    how: `${at} bytes, then ${other.name} from byte ${start}`,
  };
}
