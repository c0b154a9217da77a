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

/** Watches the rows of one run. */
export interface Watch {
  see(chunk: Chunk): void;
  /** What was found, once all `rows` have been seen; nothing when all is well. Does not depend on the order of the rows. */
  finding(rows: number): string | undefined;
  /** Where it was found first. */
  first?(): string;
}

export interface Check {
  /** Stable: `--allow` names it. */
  readonly code: string;
  readonly severity: 'warn' | 'info';
  readonly help: string;
  /** `null` where the check does not concern the loss. */
  watch(context: Context): Watch | null;
}

/** The input of a chunk that plays one of these roles. */
export function inputOf(chunk: Chunk, roles: readonly RoleName[]): BoundMatrix | undefined {
  return [...chunk.inputs.values()].find(({ role }) => role !== 'weight' && roles.includes(role));
}

/** Holds only when every row passes; the first that does not ends the looking. */
export function whenEveryRow(passes: (chunk: Chunk, row: number) => boolean, message: () => string): Watch {
  let every = true;
  return {
    see(chunk) {
      for (let row = 0; every && row < chunk.n; row++) every = passes(chunk, row);
    },
    finding: (rows) => (every && rows > 0 ? message() : undefined),
  };
}

/** Counts the elements of a role that a test picks out, and remembers where the first one stands. */
export function whenAnyElement(
  roles: readonly RoleName[],
  picks: (value: number, chunk: Chunk, index: number) => boolean,
  message: (count: number, total: number) => string,
): Watch {
  let count = 0;
  let total = 0;
  let first = '';
  return {
    see(chunk) {
      const input = inputOf(chunk, roles);
      if (!input) return;
      const { data, width } = input;
      total += chunk.n * width;
      for (let i = 0; i < chunk.n * width; i++) {
        if (!picks(data[i], chunk, i)) continue;
        if (count++ === 0) first = input.where(Math.floor(i / width), i % width);
      }
    },
    finding: () => (count > 0 ? message(count, total) : undefined),
    first: () => first,
  };
}
