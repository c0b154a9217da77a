/** A check looks at data that contradict the loss although each value is allowed: probabilities fed as logits, one class only. */
import type { RoleName } from '../../losses/roles.ts';
import type { BoundMatrix } from '../domain.ts';
import type { Chunk } from '../prepare.ts';
import type { Chosen } from '../resolve.ts';

/** A loss as it is bound, before any row is read. */
export interface Context {
  readonly chosen: Chosen;
  /** Role -> names of its columns. */
  readonly columns: ReadonlyMap<RoleName, readonly string[]>;
  /** The user said what belongs to one group. */
  readonly grouped: boolean;
}

/** Rows as a check sees them: those of a batch, or those of a group. */
export type Seen = Pick<Chunk, 'n' | 'inputs'>;

/** What a watch has noted so far, as plain data. */
export type Facts = Record<string, Fact>;
type Fact = number | boolean | string | Uint8Array;

/** Watches the rows of one run. */
export interface Watch {
  /** Each batch. */
  see?(rows: Seen): void;
  /** Each group, once it is complete: only of losses over groups. */
  seeGroup?(rows: Seen): void;
  /** What was found, once all `rows` have been seen; nothing when all is well. Does not depend on the order of the rows. */
  finding(rows: number): string | undefined;
  /** Where it was found first. */
  first?(): string;
  /** All that it remembers of rows; without them, it looks at none, or at groups only. */
  readonly facts?: Facts;
  /** Adds the facts of the rows that come next, where `addFacts` would not do. */
  absorb?(next: Facts): void;
}

/** Adds what was noted of the rows that come next: counts are summed, of texts the first stays, anything else holds once it held. */
export function addFacts(into: Facts, next: Facts): void {
  for (const [name, fact] of Object.entries(next)) into[name] = added(into[name] as Fact, fact);
}

function added(one: Fact, next: Fact): Fact {
  if (one instanceof Uint8Array && next instanceof Uint8Array) {
    return one.length === 0 ? next : one.map((flag, k) => flag | (next[k] ?? 0));
  }
  if (typeof one === 'number' && typeof next === 'number') return one + next;
  return one || next;
}

export interface Check {
  /** Stable: `--allow` names it. Checks of one code are parts of one question. */
  readonly code: string;
  readonly severity: 'warn' | 'info';
  readonly help: string;
  /** `null` where the check does not concern the loss. */
  watch(context: Context): Watch | null;
}

/** The input that plays one of these roles. */
export function inputOf({ inputs }: Seen, roles: readonly RoleName[]): BoundMatrix | undefined {
  for (const input of inputs.values()) if (input.role !== 'weight' && roles.includes(input.role)) return input;
  return undefined;
}

/** Says what is known before any row is read. */
export function already(message: string): Watch {
  return { finding: () => message };
}

/** Holds only when every row passes; the first that does not ends the looking. */
export function whenEveryRow(passes: (seen: Seen, row: number) => boolean, message: () => string): Watch {
  const facts = { fails: false };
  return {
    facts,
    see(seen) {
      for (let row = 0; !facts.fails && row < seen.n; row++) facts.fails = !passes(seen, row);
    },
    finding: (rows) => (!facts.fails && rows > 0 ? message() : undefined),
  };
}

/** Whether a value is picked out, given its position in the matrix; made anew for each batch, from the other inputs. */
export type Picker = (value: number, index: number) => boolean;

/** Counts the elements of a role that a test picks out, and remembers where the first one stands. */
export function whenAnyElement(
  roles: readonly RoleName[],
  picker: (seen: Seen) => Picker,
  message: (count: number, total: number) => string,
): Watch {
  const facts = { count: 0, total: 0, first: '' };
  return {
    facts,
    see(seen) {
      const input = inputOf(seen, roles);
      if (!input) return;
      const { data, width } = input;
      const picks = picker(seen);
      const end = seen.n * width;
      let count = 0;
      for (let i = 0; i < end; i++) {
        if (!picks(data[i], i)) continue;
        if (count++ === 0) facts.first ||= input.where(Math.floor(i / width), i % width);
      }
      facts.count += count;
      facts.total += end;
    },
    finding: () => (facts.count > 0 ? message(facts.count, facts.total) : undefined),
    first: () => facts.first,
  };
}
