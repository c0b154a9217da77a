/** Two tables side by side: the columns of the predictions, then those of the targets. */
import type { Batch, Column, Progress, ReadOptions, Table, Wanted } from '../batch.ts';

export interface Sides {
  readonly left: Table;
  readonly right: Table;
  /** How many columns are the left table's. */
  readonly border: number;
  /** Position in the right table of a column of both. */
  rightColumn(column: number): number;
  table(read: (wanted: readonly Wanted[], options: ReadOptions) => AsyncIterable<Batch>): Table;
}

/** `without`: columns of the right table that stand on the left already, its keys. */
export function besides(left: Table, right: Table, without: readonly number[]): Sides {
  const border = left.columns.length;
  const kept = right.columns.map((_, column) => column).filter((column) => !without.includes(column));
  // a column without a header is named by its position, which is another one here
  const named = kept.map((column, k) =>
    right.columns[column] === `#${column + 1}` ? `#${border + k + 1}` : (right.columns[column] as string),
  );
  const columns = [...left.columns, ...named];
  return {
    left,
    right,
    border,
    rightColumn: (column) => kept[column - border] as number,
    table: (read) => ({
      name: left.name,
      format: left.format,
      columns,
      read,
      progress: () => sum(left.progress?.(), right.progress?.()),
      close: async () => {
        await left.close();
        await right.close();
      },
    }),
  };
}

function sum(left: Progress | undefined, right: Progress | undefined): Progress | undefined {
  if (!left || !right) return undefined;
  const total = left.total === undefined || right.total === undefined ? undefined : left.total + right.total;
  return { bytes: left.bytes + right.bytes, total };
}

export interface Parts {
  readonly left: readonly Wanted[];
  readonly right: readonly Wanted[];
  /** Columns of both sides, in the order they were wanted. */
  join(left: readonly Column[], right: readonly Column[]): Column[];
}

/** What is wanted of each side. */
export function split({ border, rightColumn }: Sides, wanted: readonly Wanted[]): Parts {
  const isLeft = ({ column }: Wanted) => column < border;
  return {
    left: wanted.filter(isLeft),
    right: wanted.filter((one) => !isLeft(one)).map((one) => ({ ...one, column: rightColumn(one.column) })),
    join(left, right) {
      const [lefts, rights] = [left.values(), right.values()];
      return wanted.map((one) => (isLeft(one) ? lefts : rights).next().value as Column);
    },
  };
}
