/**
 * Losses of the rows of one run, kept so that a later one can be compared with it pair by pair: JSON lines. The first is a
 * `Header`; then one list for each row that was read, with an entry for each of its `columns`:
 *
 * - `hash`: of the targets and weights of the row, 16 hexadecimal digits: another row has another one;
 * - `key`: the text that names the row, where the run had `--on`; several keys are the text of a JSON list;
 * - `group`: where the run had `--group`;
 * - one for each loss: a number, the loss; or `[value, numerator, denominator]`, where the row counts by what it adds to the sum and to
 *   what the sum is divided by; or `null` for a row that was not evaluated.
 */
import { Fault, quote } from '../../io/fault.ts';
import { parsedJson, refuseFlaw } from '../document.ts';
import type { RowColumns } from '../kept-rows.ts';
import type { Chosen } from '../resolve.ts';
import { count, fields, list, oneOf, orNull, type Shape, text } from '../shape.ts';
import type { RowIdentity } from './identity.ts';
import { KeyColumn, type KeyNumbers } from './keys.ts';
import { haveValues, type Side } from './side.ts';

export const ROWS_SCHEMA = 'lossctl.rows/v1';

export interface Header {
  readonly schema: typeof ROWS_SCHEMA;
  /** Of lossctl. */
  readonly version: string;
  readonly files: readonly string[];
  /** Columns that make the key; `null` where rows pair by order. */
  readonly on: string | null;
  readonly group: string | null;
  readonly rows: number;
  readonly losses: readonly { readonly id: string; readonly method: string; readonly direction: 'lower' | 'higher' }[];
  readonly columns: readonly string[];
}

/** The lines of a file, without their ends. */
export function* rowsFileLines(
  { identity, losses, rows }: Side,
  chosen: readonly Chosen[],
  about: Pick<Header, 'version' | 'files' | 'on' | 'group'>,
): Generator<string> {
  const { keys, groups, hashes } = identity;
  const ids = chosen.map(({ id }) => id);
  const header: Header = {
    schema: ROWS_SCHEMA,
    ...about,
    rows,
    losses: losses.map(({ method, results }, k) => ({ id: ids[k], method, direction: results[0].direction })),
    columns: ['hash', ...(keys ? ['key'] : []), ...(groups ? ['group'] : []), ...ids],
  };
  yield JSON.stringify(header);
  const kept = losses.map((loss) => (loss.rows && haveValues(loss.rows) ? loss.rows : null));
  const places = kept.map((some) => placesOf(some, rows));
  const names = keys?.names.texts();
  for (let row = 0; row < rows; row++) {
    const texts = [hashText(hashes, row), ...(keys && names ? [names[keys.numbers[row]]] : []), ...(groups ? [groups[row]] : [])];
    const values = kept.map((some, k) => some && entryOf(some, places[k][row]));
    yield JSON.stringify([...texts, ...values]);
  }
}

/** Where the values of each row stand; -1 for a row without. */
function placesOf(kept: RowColumns | null, rows: number): Int32Array {
  const places = new Int32Array(rows).fill(-1);
  kept?.order.forEach((row, i) => {
    places[row] = i;
  });
  return places;
}

function entryOf({ value, numerator, denominator }: RowColumns, at: number): Entry {
  if (at < 0) return null;
  const plain = denominator[at] === 1 && Object.is(numerator[at], value[at]);
  return plain ? value[at] : [value[at], numerator[at], denominator[at]];
}

function hashText(hashes: Int32Array, row: number): string {
  const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
  return hex(hashes[2 * row]) + hex(hashes[2 * row + 1]);
}

type Entry = number | readonly [number, number, number] | null;

const HEADER: Shape = fields({
  schema: oneOf([ROWS_SCHEMA]),
  version: text,
  files: list(text),
  on: orNull(text),
  group: orNull(text),
  rows: count,
  losses: list(fields({ id: text, method: text, direction: oneOf(['lower', 'higher']) })),
  columns: list(text),
});

/** Reads the lines of a file of so many bytes, one after the other. Every fault says the line. */
export class RowsFileReader {
  readonly #name: string;
  readonly #header: Header;
  readonly #hashes: Int32Array;
  readonly #keys: KeyColumn;
  readonly #groups: string[] = [];
  readonly #losses: { readonly columns: RowColumns; n: number }[];
  #row = 0;
  /** Of the file, from 1. */
  #line = 1;

  constructor(name: string, bytes: number, firstLine: string, names: KeyNumbers) {
    this.#name = name;
    this.#keys = new KeyColumn(names);
    const value = this.#parsed(firstLine);
    refuseFlaw(HEADER, 'header', value, (wrong) => this.#fault(wrong));
    this.#header = value as Header;
    const { rows, losses, on, group, columns } = this.#header;
    const expected = ['hash', ...(on === null ? [] : ['key']), ...(group === null ? [] : ['group']), ...losses.map(({ id }) => id)];
    if (JSON.stringify(columns) !== JSON.stringify(expected)) throw this.#fault(`its columns are not ${expected.join(', ')}`);
    if (rows * (SHORTEST_ROW + 2 * losses.length) > bytes) throw this.#cutShort(`${rows} rows do not fit into ${bytes} bytes`);
    this.#hashes = new Int32Array(2 * rows);
    this.#losses = losses.map(() => ({ columns: emptyColumns(rows), n: 0 }));
  }

  get header(): Header {
    return this.#header;
  }

  row(line: string): void {
    const { rows, on, group, losses, columns } = this.#header;
    this.#line++;
    if (this.#row === rows) throw this.#fault(`it has more than ${rows} rows`);
    const entries = this.#parsed(line);
    if (!Array.isArray(entries) || entries.length !== columns.length)
      throw this.#fault(`is not a list of ${columns.length} entries`);
    const [hash, ...rest] = entries;
    if (typeof hash !== 'string' || !/^[0-9a-f]{16}$/.test(hash)) throw this.#fault('the hash is not 16 hexadecimal digits');
    this.#hashes[2 * this.#row] = Number.parseInt(hash.slice(0, 8), 16);
    this.#hashes[2 * this.#row + 1] = Number.parseInt(hash.slice(8), 16);
    if (on !== null) this.#noteKey(rest.shift());
    if (group !== null) this.#groups.push(this.#text(rest.shift(), 'group'));
    for (const [k, entry] of rest.entries()) this.#noteValue(this.#losses[k], entry, losses[k].id);
    this.#row++;
  }

  /** After the last line. The losses come in the order that is asked for. */
  finish(chosen: readonly Chosen[]): Side {
    const { rows, on, group, losses } = this.#header;
    if (this.#row < rows) throw this.#cutShort(`${this.#row} of ${rows} rows are there`);
    const identity: RowIdentity = {
      keys: on === null ? null : this.#keys.finish(),
      hashes: this.#hashes,
      groups: group === null ? null : this.#groups,
    };
    return {
      name: quote(this.#name).slice(1, -1),
      rows,
      identity,
      losses: chosen.map(({ id }) => {
        const k = losses.findIndex((loss) => loss.id === id);
        if (k < 0)
          throw new Fault(
            `${quote(this.#name)} has no losses of ${id}`,
            `it holds ${losses.map((loss) => loss.id).join(', ')}; lossctl baseline write --rows keeps others`,
          );
        const { columns, n } = this.#losses[k];
        const rows = firstRows(columns, n);
        return { method: losses[k].method, rows, rowsOfSlices: rows, results: [] };
      }),
      slices: null,
      clusters: null,
    };
  }

  #noteKey(key: unknown): void {
    const known = this.#text(key, 'key');
    if (!this.#keys.note(known)) throw this.#fault(`the key ${quote(known)} stands in two rows`);
  }

  #noteValue(loss: { readonly columns: RowColumns; n: number }, entry: unknown, id: string): void {
    if (entry === null) return;
    const triple = Array.isArray(entry) ? entry : [entry, entry, 1];
    if (triple.length !== 3 || !triple.every(Number.isFinite)) throw this.#fault(`the loss ${id} is neither a number nor three`);
    const { columns, n } = loss;
    [columns.value[n], columns.numerator[n], columns.denominator[n]] = triple;
    columns.number[n] = this.#row;
    columns.order[n] = this.#row;
    columns.slice[n] = -1;
    loss.n++;
  }

  #text(value: unknown, what: string): string {
    if (typeof value === 'string') return value;
    throw this.#fault(`the ${what} is not a text`);
  }

  #parsed(line: string): unknown {
    return parsedJson(line, (wrong) => this.#fault(wrong));
  }

  #cutShort(why: string): Fault {
    return new Fault(`${quote(this.#name)} is cut short: ${why}`, HINT);
  }

  #fault(wrong: string): Fault {
    return new Fault(`${quote(this.#name)}: line ${this.#line} is not of a file of rows: ${wrong}`, HINT);
  }
}

const HINT = 'write it again with lossctl baseline write --rows';

/** Bytes of `["0123456789abcdef"]`, without its losses: no memory is taken for more rows than there can be. */
const SHORTEST_ROW = 20;

function emptyColumns(rows: number): RowColumns {
  const numbers = () => new Float64Array(rows);
  return {
    number: numbers(),
    value: numbers(),
    numerator: numbers(),
    denominator: numbers(),
    slice: new Int32Array(rows),
    order: numbers(),
  };
}

function firstRows(columns: RowColumns, n: number): RowColumns {
  return {
    number: columns.number.subarray(0, n),
    value: columns.value.subarray(0, n),
    numerator: columns.numerator.subarray(0, n),
    denominator: columns.denominator.subarray(0, n),
    slice: columns.slice.subarray(0, n),
    order: columns.order.subarray(0, n),
  };
}

/** Whether text begins as such a file does. Refuses what lossctl has written for something else. */
export function beginsRowsFile(name: string, start: string): boolean {
  const [, schema] = /^\s*\{\s*"schema":\s*"(lossctl\.[^"]*)"/.exec(start) ?? [];
  if (schema === undefined || schema === ROWS_SCHEMA) return schema === ROWS_SCHEMA;
  throw new Fault(
    `${quote(name)} is ${quote(schema)}: it holds no losses of rows`,
    'lossctl baseline write --rows FILE keeps them; eval --baseline holds results against results',
  );
}
