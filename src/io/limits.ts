/** How much of one thing is read before the input counts as damaged or hostile: each limit has a name, and `--limit` raises it. */
import { Fault, quote } from './fault.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * Every limit, in the order in which messages list them. Those in bytes are written with a unit. `top`: no flag raises it further,
 * because a text, a buffer or the stack ends there.
 */
const TABLE = {
  /** One record of delimited text, or one line of NDJSON. */
  row: { most: 64 * MIB, top: 511 * MIB, unit: 'bytes' },
  columns: { most: 100_000, top: 10_000_000, unit: '' },
  /** Lists and objects within each other. */
  depth: { most: 256, top: 2000, unit: '' },
  /** The text of one number. */
  number: { most: 4 * KIB, top: 511 * MIB, unit: 'bytes' },
  /** A pipe or a compressed file, in a format that is not read from front to back. */
  held: { most: 512 * MIB, top: 4095 * MIB, unit: 'bytes' },
  /** How far back zstd data may point: held in memory. The zstd program has the same limit. */
  'zstd-window': { most: 128 * MIB, top: 1024 * MIB, unit: 'bytes' },
  'npy-header': { most: 10_000, top: 511 * MIB, unit: 'bytes' },
  'safetensors-header': { most: 100_000_000, top: 511 * MIB, unit: 'bytes' },
} as const satisfies Readonly<Record<string, { readonly most: number; readonly top: number; readonly unit: 'bytes' | '' }>>;

export type LimitName = keyof typeof TABLE;
export type Limits = Readonly<Record<LimitName, number>>;

export const LIMIT_NAMES = Object.keys(TABLE) as readonly LimitName[];

export const DEFAULT_LIMITS = Object.fromEntries(LIMIT_NAMES.map((name) => [name, TABLE[name].most])) as Limits;

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['kB', 1000],
  ['MB', 1e6],
  ['GB', 1e9],
  ['KiB', KIB],
  ['MiB', MIB],
  ['GiB', KIB * MIB],
]);

/** `row=128MiB,columns=200000`, over the defaults. */
export function parseLimits(text: string): Limits {
  const limits: Record<LimitName, number> = { ...DEFAULT_LIMITS };
  for (const part of text.split(',')) {
    const [, name = '', digits, unit = ''] = /^\s*([\w-]+)\s*=\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*$/.exec(part) ?? [];
    const known = LIMIT_NAMES.find((one) => one === name);
    const factor = UNITS.get(unit);
    if (digits === undefined || factor === undefined)
      throw new Fault(`--limit ${quote(part)}: is no limit`, 'write NAME=SIZE, as in row=128MiB or columns=200000');
    if (!known) throw new Fault(`--limit: there is no limit ${quote(name)}`, `limits: ${LIMIT_NAMES.join(', ')}`);
    const value = Number(digits) * factor;
    if (!Number.isSafeInteger(value) || value < 1)
      throw new Fault(`--limit ${quote(part)}: is no whole number of ${TABLE[known].unit || known}, 1 or more`);
    if (value > TABLE[known].top)
      throw new Fault(`--limit ${quote(part)}: is more than ${spelled(known, TABLE[known].top)}, as far as it goes`);
    limits[known] = value;
  }
  return limits;
}

/** What `parseLimits` reads as these limits. */
export function limitsText(limits: Limits): string {
  const raised = LIMIT_NAMES.filter((name) => limits[name] !== DEFAULT_LIMITS[name]);
  return raised.map((name) => `${name}=${spelled(name, limits[name])}`).join(',');
}

/** A limit as people read it: `64 MiB`, `100000`. */
export function limitText(name: LimitName, limits: Limits): string {
  return spelled(name, limits[name]).replace(/(?<=\d)(?=[a-z])/i, ' ');
}

/** Says that a limit is passed, and which flag raises it. `what` is the place and what was found there. */
export function limitFault(what: string, name: LimitName, limits: Limits, hint?: string): Fault {
  const raise = `if that is meant, raise the limit: --limit ${name}=${spelled(name, 2 * limits[name])}`;
  return new Fault(`${what}, the limit`, hint === undefined ? raise : `${hint}; ${raise}`);
}

function spelled(name: LimitName, value: number): string {
  if (TABLE[name].unit === '') return String(value);
  const [unit, factor] = [...UNITS].reverse().find(([, size]) => value % size === 0) as [string, number];
  return `${value / factor}${unit}`;
}
