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
  let every = true;
  return {
    see(seen) {
      for (let row = 0; every && row < seen.n; row++) every = passes(seen, row);
    },
    finding: (rows) => (every && rows > 0 ? message() : undefined),
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
  let count = 0;
  let total = 0;
  let first = '';
  return {
    see(seen) {
      const input = inputOf(seen, roles);
      if (!input) return;
      const { data, width } = input;
      const picks = picker(seen);
      const end = seen.n * width;
      total += end;
      for (let i = 0; i < end; i++) {
        if (!picks(data[i], i)) continue;
        if (count++ === 0) first = input.where(Math.floor(i / width), i % width);
      }
    },
    finding: () => (count > 0 ? message(count, total) : undefined),
    first: () => first,
  };
}
