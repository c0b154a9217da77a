/** What became of a damaged file: the same numbers, a fault, or others, and then whether anything could have told. */
import type { Asked, Reading } from './read.ts';
import { cellText } from './reference.ts';
import { isWithin, type Reference, type Seed } from './seed.ts';

export const OUTCOMES = ['same', 'fault', 'values', 'meaning', 'silent', 'crash', 'hang'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Whether it must not be. */
export const isBad = (outcome: Outcome): boolean => ['silent', 'crash', 'hang'].includes(outcome);

export interface Verdict {
  readonly outcome: Outcome;
  readonly detail: string;
}

/** An untouched file, and what is read from it. */
export interface Known {
  readonly seed: Seed;
  readonly cells: readonly (readonly string[])[];
}

/** `family`: all seeds of the format, the mutant's own first: it may be made of several. `reread` reads other bytes in the same way. */
export async function judge(
  family: readonly Known[],
  bytes: Buffer,
  asked: readonly Asked[],
  reading: Reading,
  reread: (bytes: Buffer) => Promise<Reading>,
): Promise<Verdict> {
  if ('fault' in reading) return { outcome: 'fault', detail: reading.fault };
  const got = JSON.stringify(reading.cells);
  if (family.some(({ seed, cells }) => seed.bytes.equals(bytes) || JSON.stringify(cells) === got))
    return { outcome: 'same', detail: '' };
  const own = family[0] as Known;
  const detail = difference(own.cells, reading.cells, asked);
  if (own.seed.reference) {
    const references = family.flatMap(({ seed }) => seed.reference ?? []);
    const verdicts = references.map((reference) => byReference(reference, bytes, asked, reading.cells));
    return verdicts.find(({ outcome }) => outcome === 'values') ?? (verdicts[0] as Verdict);
  }
  for (const { seed } of family) {
    if (seed.bytes.length !== bytes.length) continue;
    const undone = withoutDamage(seed, bytes);
    if (!undone) continue;
    const { outcome, bytes: rest } = undone;
    if (rest.equals(bytes)) return { outcome, detail };
    // Bytes of both kinds were changed: the others must not have made a difference of their own.
    if (JSON.stringify(await reread(rest)) === JSON.stringify(reading)) return { outcome, detail };
  }
  return { outcome: 'silent', detail };
}

/** The mutant with every byte put back that is neither a value nor what values mean; nothing where no such byte was changed. */
function withoutDamage(seed: Seed, bytes: Buffer): { outcome: Outcome; bytes: Buffer } | undefined {
  const rest = Buffer.from(seed.bytes);
  const changed = [...bytes.keys()].filter((at) => bytes[at] !== seed.bytes[at]);
  const values = changed.filter((at) => isWithin(at, seed.values));
  const meaning = changed.filter((at) => isWithin(at, seed.meaning));
  for (const at of [...values, ...meaning]) rest[at] = bytes[at] as number;
  if (values.length + meaning.length === 0) return undefined;
  return { outcome: meaning.length > 0 ? 'meaning' : 'values', bytes: rest };
}

function byReference(reference: Reference, bytes: Buffer, asked: readonly Asked[], got: readonly (readonly string[])[]): Verdict {
  let expected: readonly (readonly string[])[];
  try {
    const columns = reference(bytes);
    expected = asked.map(({ name, as }) => (columns.get(name) ?? []).map((value) => cellText(value, as)));
  } catch (error) {
    return { outcome: 'silent', detail: `which another reader refuses: ${(error as Error).message}` };
  }
  const same = JSON.stringify(expected) === JSON.stringify(got);
  return { outcome: same ? 'values' : 'silent', detail: difference(expected, got, asked) };
}

/** The first cell that differs. */
function difference(
  expected: readonly (readonly string[])[],
  got: readonly (readonly string[])[],
  asked: readonly Asked[],
): string {
  for (const [k, { name }] of asked.entries()) {
    const [before, after] = [expected[k] ?? [], got[k] ?? []];
    if (before.length !== after.length) return `${after.length} rows, not ${before.length}`;
    const row = after.findIndex((cell, i) => cell !== before[i]);
    if (row >= 0) return `${name}, row ${row + 1}: ${JSON.stringify(after[row])}, not ${JSON.stringify(before[row])}`;
  }
  return '';
}
