/** Predictions and targets that belong together by a key: a hash join, with the targets in memory. */
import { type Batch, type Column, place, type ReadOptions, type Table, type Wanted } from '../batch.ts';
import { escapeText, Fault, quote } from '../fault.ts';
import { besides, split } from './sides.ts';
import { concatColumns, takeRows } from './take.ts';

/** What became of the rows of both sides; complete once the table has been read. */
export interface JoinCounts {
  matched: number;
  unmatchedPredictions: number;
  unmatchedTargets: number;
}

export interface JoinOptions {
  /** Positions of the key columns in each table, in the same order. */
  readonly on: { readonly left: readonly number[]; readonly right: readonly number[] };
  readonly unmatched: 'error' | 'drop';
}

/** The rows of a message. */
const SHOWN = 5;

/**
 * The rows of `left` in their order, each with the row of `right` that has the same key. Keys are compared as text, so that 010 is
 * not 10 and integers of 64 bits stay exact. Memory: the wanted columns of `right`, and about 120 bytes for a key of 10 characters.
 */
export function joined(left: Table, right: Table, { on, unmatched }: JoinOptions): { table: Table; counts: JoinCounts } {
  const counts: JoinCounts = { matched: 0, unmatchedPredictions: 0, unmatchedTargets: 0 };
  const sides = besides(left, right, on.right);
  const names = on.left.map((column) => left.columns[column] as string).join(',');

  async function* read(wanted: readonly Wanted[], options: ReadOptions): AsyncGenerator<Batch> {
    const parts = split(sides, wanted);
    const targets = await hold(right, on.right, parts.right, options);
    const used = new Uint8Array(targets.rows);
    const lost = new Places();
    const twice = new Places();
    Object.assign(counts, { matched: 0, unmatchedPredictions: 0 });
    let first = 0;
    const keys = on.left.map((column): Wanted => ({ column, as: 'text' }));
    for await (const batch of left.read([...parts.left, ...keys], options)) {
      const texts = keyTexts(left, batch, on.left, parts.left.length);
      const kept = new Int32Array(batch.rows);
      const found = new Int32Array(batch.rows);
      let n = 0;
      for (let row = 0; row < batch.rows; row++) {
        const target = targets.byKey.get(texts[row] as string);
        if (target === undefined) lost.note(() => place(left, batch, row), texts[row] as string);
        else if (used[target]) twice.note(() => place(left, batch, row), texts[row] as string);
        else {
          used[target] = 1;
          kept[n] = row;
          found[n++] = target;
        }
      }
      counts.matched += n;
      if (n === 0) continue;
      const rows = kept.slice(0, n);
      const matches = found.slice(0, n);
      const all = n === batch.rows;
      yield {
        rows: n,
        first,
        columns: parts.join(
          batch.columns.slice(0, parts.left.length).map((column) => (all ? column : takeRows(column, rows))),
          targets.columns.map((column) => takeRows(column, matches)),
        ),
        index: Float64Array.from(rows, (row) => (batch.index ? (batch.index[row] as number) : batch.first + row)),
        place: (row, column) =>
          column !== undefined && column >= sides.border
            ? targets.place(matches[row] as number, sides.rightColumn(column))
            : place(left, batch, rows[row] as number, column),
      };
      first += n;
    }
    if (twice.count > 0) throw duplicateFault(left, names, twice);
    counts.unmatchedPredictions = lost.count;
    counts.unmatchedTargets = targets.rows - counts.matched;
    if (unmatched === 'error') refuseUnmatched(lost);
  }

  function refuseUnmatched(lost: Places): void {
    const { unmatchedTargets } = counts;
    if (lost.count === 0 && unmatchedTargets === 0) return;
    const alone = [
      ...(lost.count ? [`${lost.count} of ${escapeText(left.name)} (${lost.text()})`] : []),
      ...(unmatchedTargets ? [`${unmatchedTargets} of ${escapeText(right.name)}`] : []),
    ];
    throw new Fault(
      `--on ${quote(names)}: rows without a partner: ${alone.join(' and ')}; with one: ${counts.matched}`,
      'if that is meant, --unmatched drop leaves them out and reports the counts',
    );
  }

  return { table: sides.table(read), counts };
}

interface Held {
  readonly rows: number;
  readonly byKey: ReadonlyMap<string, number>;
  readonly columns: readonly Column[];
  place(row: number, column: number): string;
}

/** All of the wanted columns of a table, and its keys. */
async function hold(table: Table, on: readonly number[], wanted: readonly Wanted[], options: ReadOptions): Promise<Held> {
  const byKey = new Map<string, number>();
  const twice = new Places();
  const batches: Batch[] = [];
  const starts: number[] = [];
  let rows = 0;
  const keys = on.map((column): Wanted => ({ column, as: 'text' }));
  for await (const batch of table.read([...wanted, ...keys], { ...options, transient: false })) {
    const texts = keyTexts(table, batch, on, wanted.length);
    texts.forEach((text, row) => {
      if (byKey.has(text)) twice.note(() => place(table, batch, row), text);
      else byKey.set(text, rows + row);
    });
    starts.push(rows);
    rows += batch.rows;
    const { columns, ...rest } = batch;
    batches.push({ ...rest, columns: columns.slice(0, wanted.length) });
  }
  if (twice.count > 0) throw duplicateFault(table, on.map((column) => table.columns[column] as string).join(','), twice);
  const columns = wanted.map((_, k) => concatColumns(batches.map((batch) => batch.columns[k] as Column)));
  return {
    rows,
    byKey,
    columns,
    place(row, column) {
      const at = starts.findLastIndex((start) => start <= row);
      return place(table, batches[at] as Batch, row - (starts[at] as number), column);
    },
  };
}

/** The key of each row as one text. A missing key is no key. */
function keyTexts(table: Table, batch: Batch, on: readonly number[], from: number): readonly string[] {
  const columns = on.map((_, k) => {
    const column = batch.columns[from + k];
    if (column?.kind !== 'text') throw new Error('a key was not read as text');
    return column.values;
  });
  for (const [k, values] of columns.entries()) {
    const row = values.indexOf('');
    if (row < 0) continue;
    const column = on[k] as number;
    throw new Fault(
      `${escapeText(place(table, batch, row, column))}: column ${quote(table.columns[column] as string)}: the key is empty`,
      'every row needs a key: leave such rows out with --where, or choose another column',
    );
  }
  const [only] = columns;
  return columns.length === 1 && only
    ? only
    : Array.from({ length: batch.rows }, (_, row) => JSON.stringify(columns.map((values) => values[row])));
}

/** The first of many places, and how many there are. */
class Places {
  count = 0;
  readonly #first: string[] = [];

  note(where: () => string, key: string): void {
    if (this.count++ < SHOWN) this.#first.push(`${quote(key)} at ${escapeText(where())}`);
  }

  text(): string {
    return `${this.#first.join(', ')}${this.count > SHOWN ? ` and ${this.count - SHOWN} more` : ''}`;
  }
}

function duplicateFault(table: Table, names: string, twice: Places): Fault {
  return new Fault(
    `${escapeText(table.name)}: ${twice.count} rows repeat a key of ${quote(names)}: ${twice.text()}`,
    'a key names one row: add the column that tells them apart, as in --on id,frame',
  );
}
