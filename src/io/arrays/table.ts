/** A file of arrays as a table: each array is a column. */
import {
  areFinite,
  type Batch,
  type Numbers,
  type Progress,
  type ReadOptions,
  rowsInBatch,
  type Table,
  type Wanted,
} from '../batch.ts';
import { escapeText, Fault, quote } from '../fault.ts';
import type { Limits } from '../limits.ts';
import { type ColumnBuilder, NumberBuilder } from '../number-builder.ts';
import { RowSink } from '../row-sink.ts';
import { TextBuilder } from '../text-builder.ts';
import { type RowLayout, shapeText } from './layout.ts';
import type { RowBytes } from './rows.ts';
import { type Elements, native } from './types.ts';

export interface ArrayColumn {
  readonly name: string;
  /** Reads what is said of the array, and stands at its first row. A fault for what is no column. */
  open(): Promise<OpenArray>;
}

export interface OpenArray {
  readonly layout: RowLayout;
  readonly bytes: RowBytes;
}

export interface ArrayFile extends Omit<Table, 'columns' | 'read'> {
  readonly columns: readonly ArrayColumn[];
  readonly limits: Limits;
}

/** The arrays of a message. */
const SHOWN = 20;

/** Only the wanted arrays are opened and need to agree: a list of class names may lie beside the predictions. */
export function arrayTable({ columns, limits, ...file }: ArrayFile): Table {
  const names = columns.map((column) => column.name);
  let progress: Progress | undefined;

  async function* read(wanted: readonly Wanted[], { batchRows, transient = false }: ReadOptions): AsyncGenerator<Batch> {
    const sink = new RowSink({ name: file.name, columns: names, wanted, batchRows, hasLines: false, limits });
    // Without a wanted column, the rows are still to be counted.
    const asked = wanted.length > 0 ? [...new Set(wanted.map(({ column }) => column))] : columns.map((_, k) => k);
    const arrays = new Map<number, OpenArray>();
    try {
      for (const column of asked) arrays.set(column, await (columns[column] as ArrayColumn).open());
      const rows = commonRows(file.name, names, arrays);
      const layouts = [...arrays.values()].map(({ layout }) => layout);
      const rowBytes = layouts.reduce((sum, layout) => sum + layout.rowBytes, 0);
      const most = rowsInBatch(
        batchRows,
        layouts.reduce((sum, { width }) => sum + width, 0),
      );
      for (let first = 0; first < rows; first += most) {
        const count = Math.min(most, rows - first);
        progress = { bytes: first * rowBytes, total: rows * rowBytes };
        const blocks = new Map<number, Elements>();
        for (const [column, { layout, bytes }] of arrays)
          blocks.set(column, layout.type.load(native(await bytes.next(count), layout.type, layout.littleEndian)));
        for (const [k, one] of wanted.entries()) {
          const { layout } = arrays.get(one.column) as OpenArray;
          fill(sink, sink.builders[k] as ColumnBuilder, blocks.get(one.column) as Elements, layout, one, count);
        }
        sink.endBlock(count);
        if (!transient) for (const { bytes } of arrays.values()) bytes.keep?.();
        yield* sink.take();
      }
      for (const { bytes } of arrays.values()) await bytes.finish();
      yield* sink.finish();
    } finally {
      for (const { bytes } of arrays.values()) await bytes.close();
    }
  }

  return { ...file, columns: names, read, progress: () => progress };
}

function fill(sink: RowSink, builder: ColumnBuilder, block: Elements, layout: RowLayout, { labels }: Wanted, rows: number): void {
  const { width, dims } = layout;
  sink.seek(0);
  if (builder instanceof NumberBuilder) {
    const values = block.numbers(labels);
    if (values) {
      builder.pushBlock({ kind: 'number', values, width, missing: gaps(values) }, dims.length > 0 ? dims.join('x') : undefined);
      return;
    }
  }
  for (let row = 0; row < rows; row++) {
    sink.seek(row);
    const cell = nested(block, row * width, width, dims);
    builder.push(Array.isArray(cell) && builder instanceof TextBuilder ? listText(cell) : cell);
  }
}

function gaps(values: Numbers): Map<number, string> {
  const missing = new Map<number, string>();
  if (values instanceof Int32Array || areFinite(values, values.length)) return missing;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) missing.set(i, 'NaN');
  return missing;
}

/** The cell of a row: a single value, or lists within lists. */
function nested(block: Elements, at: number, width: number, [size, ...dims]: readonly number[]): unknown {
  if (size === undefined) return block.cell(at);
  return Array.from({ length: size }, (_, k) => nested(block, at + k * (width / size), width / size, dims));
}

/** Exact, and NaN and infinities as they are read again: JSON has neither, nor integers of 64 bits. */
function listText(list: readonly unknown[]): string {
  return `[${list.map((element) => (Array.isArray(element) ? listText(element) : String(element))).join(',')}]`;
}

function commonRows(name: string, names: readonly string[], arrays: ReadonlyMap<number, OpenArray>): number {
  const all = [...arrays].map(([column, { layout }]) => ({ name: names[column] as string, ...layout }));
  const rows = all[0]?.rows ?? 0;
  if (all.every((one) => one.rows === rows)) return rows;
  const shown = all.slice(0, SHOWN).map((one) => `${quote(one.name)} ${shapeText(one.shape)}`);
  if (all.length > SHOWN) shown.push(`and ${all.length - SHOWN} more`);
  throw new Fault(
    `${escapeText(name)}: arrays with different numbers of rows: ${shown.join(', ')}`,
    'rows belong together by their order: name arrays that have the same length',
    'D19',
  );
}
