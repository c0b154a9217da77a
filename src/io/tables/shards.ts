/** Several files as one table, one behind the other. */
import { type Batch, type Progress, place, type ReadOptions, type Table, type Wanted } from '../batch.ts';
import { escapeText, Fault, quote } from '../fault.ts';

/**
 * The first file is open already; the others are opened when their turn comes, so that a thousand shards need one handle.
 * `names` are all of them. Their columns must be the same, in the same order.
 */
export function shards(head: Table, names: readonly string[], open: (name: string) => Promise<Table>): Table {
  let before = 0; // bytes of the files that were read to their end
  let current = head;
  let opened = 1;

  async function* read(wanted: readonly Wanted[], options: ReadOptions): AsyncGenerator<Batch> {
    const shapes = new Shapes(head);
    let first = 0;
    for (const [k, name] of names.entries()) {
      const table = k === 0 ? head : await open(name);
      if (k > 0) before += wholeOf(current);
      current = table;
      opened = k + 1;
      try {
        sameColumns(head, table);
        for await (const batch of table.read(wanted, options)) {
          shapes.check(table, wanted, batch);
          yield { ...batch, first, place: (row, column) => place(table, batch, row, column) };
          first += batch.rows;
        }
      } finally {
        if (k > 0) await table.close();
      }
    }
  }
  function progress(): Progress | undefined {
    const now = current.progress?.();
    // Files that are not open yet are taken to be like those before them.
    const total = now?.total === undefined ? undefined : ((before + now.total) / opened) * names.length;
    return now && { bytes: before + now.bytes, total };
  }

  const { columns, format } = head;
  return { name: `${head.name} and ${names.length - 1} more`, format, columns, read, progress, close: () => head.close() };
}

function wholeOf(table: Table): number {
  const { bytes = 0, total = bytes } = table.progress?.() ?? {};
  return total;
}

export function sameColumns(head: Table, table: Table): void {
  if (head.namedByFile && table.namedByFile) return;
  const differing = [...head.columns, ...table.columns].findIndex((_, k) => head.columns[k] !== table.columns[k]);
  if (differing < 0 || head.columns.length + table.columns.length === 0) return;
  const name = (one: Table) =>
    differing < one.columns.length ? quote(one.columns[differing] as string) : `nothing: it has ${one.columns.length} columns`;
  throw new Fault(
    `the columns differ: #${differing + 1} is ${name(head)} in ${escapeText(head.name)}, and ${name(table)} in ${escapeText(table.name)}`,
    'shards of one table have the same columns in the same order',
  );
}

/** A column of vectors must be as wide in every file as in the first. */
class Shapes {
  readonly #head: Table;
  readonly #widths = new Map<number, number>();

  constructor(head: Table) {
    this.#head = head;
  }

  check(table: Table, wanted: readonly Wanted[], batch: Batch): void {
    batch.columns.forEach((column, k) => {
      if (column.kind !== 'number') return;
      const known = this.#widths.get(k);
      if (known === undefined) this.#widths.set(k, column.width);
      else if (known !== column.width) {
        throw new Fault(
          `${escapeText(table.name)}: column ${quote(table.columns[wanted[k]?.column ?? 0] as string)} has ${column.width} values a row, and ${known} in ${escapeText(this.#head.name)}`,
          'shards of one table hold vectors of one length',
        );
      }
    });
  }
}
