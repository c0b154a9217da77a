/** What tells the rows of one side of a comparison apart, and whether two of them are the same row. */
import { Fault, quote } from '../../io/fault.ts';
import type { Binding } from '../bind.ts';
import { Hash } from '../fingerprint.ts';
import type { View } from '../view.ts';
import { KeyColumn, type KeyNumbers, type RowKeys, withRoom } from './keys.ts';

/** An entry for each row that was read. */
export interface RowIdentity {
  /** `null` where rows pair by order. */
  readonly keys: RowKeys | null;
  /** Two words of 32 bits a row: a hash of its targets and weights, which both sides must have alike. */
  readonly hashes: Int32Array;
  /** The text of the column that makes groups; `null` without one. */
  readonly groups: readonly string[] | null;
}

/** So many of the rows that repeat a key are shown. */
const SHOWN = 5;

/** Notes the rows of a run as they come. Takes 8 bytes a row, and 5 with keys. */
export class RowIdentities {
  readonly #given: readonly (readonly number[])[];
  readonly #group: number | null;
  readonly #keyParts: readonly number[];
  readonly #keys: KeyColumn;
  /** The first rows that repeat a key, and how many there are. */
  readonly #twice: string[] = [];
  #repeats = 0;
  readonly #groups: string[] = [];
  #hashes = new Int32Array(2048);
  #rows = 0;

  constructor(binding: Binding, names: KeyNumbers) {
    const { weight, group, keys } = binding;
    this.#keys = new KeyColumn(names);
    this.#given = [...targetsOf(binding), ...(weight ? [weight] : [])];
    this.#group = group;
    this.#keyParts = keys;
  }

  see(view: View): void {
    const { rows } = view.batch;
    this.#hash(view, rows);
    if (this.#group !== null) for (const name of view.texts(this.#group)) this.#groups.push(name);
    if (this.#keyParts.length > 0) this.#noteKeys(view, rows);
    this.#rows += rows;
  }

  /** Throws a `Fault` where a key stands in several rows. */
  finish(name: string): RowIdentity {
    if (this.#repeats > 0) {
      const more = this.#repeats > SHOWN ? ` and ${this.#repeats - SHOWN} more` : '';
      throw new Fault(
        `${name}: ${this.#repeats} rows repeat a key: ${this.#twice.join(', ')}${more}`,
        'a key names one row: add the column that tells them apart, as in --on id,frame',
      );
    }
    return {
      keys: this.#keyParts.length > 0 ? this.#keys.finish() : null,
      hashes: this.#hashes.slice(0, 2 * this.#rows),
      groups: this.#group === null ? null : this.#groups,
    };
  }

  #hash(view: View, rows: number): void {
    const given = this.#given.map((parts) => view.matrix(parts));
    this.#hashes = withRoom(this.#hashes, 2 * (this.#rows + rows), Int32Array);
    for (let row = 0; row < rows; row++) {
      const hash = new Hash();
      for (const matrix of given) hash.row(matrix, row);
      this.#hashes[2 * (this.#rows + row)] = hash.first;
      this.#hashes[2 * (this.#rows + row) + 1] = hash.second;
    }
  }

  #noteKeys(view: View, rows: number): void {
    const columns = this.#keyParts.map((part) => view.texts(part));
    for (let row = 0; row < rows; row++) {
      const key = columns.length === 1 ? columns[0][row] : JSON.stringify(columns.map((texts) => texts[row]));
      if (columns.some((texts) => texts[row] === ''))
        throw new Fault(
          `${view.place(row)}: the key is empty`,
          'every row needs a key: leave such rows out with --where, or choose another column for --on',
        );
      if (this.#keys.note(key)) continue;
      if (this.#repeats++ < SHOWN) this.#twice.push(`${quote(key)} at ${view.place(row)}`);
    }
  }
}

/**
 * The columns of every target, each once, however the losses read them: a run of some of the losses must know the rows again. Not those
 * whose numbers only tell rows of one file apart.
 */
function targetsOf({ losses, wanted }: Binding): (readonly number[])[] {
  const targets = losses.flatMap((inputs) =>
    inputs.flatMap(({ name, input, parts }) => (name === 'target' && input.holds !== 'identity' ? [parts] : [])),
  );
  const columns = (parts: readonly number[]) => parts.map((part) => wanted[part].column).join();
  return [...new Map(targets.map((parts) => [columns(parts), parts])).values()];
}
