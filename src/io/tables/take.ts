/** Some rows of a column, in the order asked for. */
import type { Column, NumberColumn } from '../batch.ts';

export function takeRows(column: Column, rows: Int32Array): Column {
  return column.kind === 'text'
    ? { kind: 'text', values: Array.from(rows, (row) => column.values[row] as string) }
    : numbers(column, rows);
}

/** Rows that follow each other, copied. */
export function takeRange(column: Column, from: number, to: number): Column {
  if (column.kind === 'text') return { kind: 'text', values: column.values.slice(from, to) };
  const { values, width, missing } = column;
  const [start, end] = [from * width, to * width];
  const within = [...missing].flatMap(([at, text]): [number, string][] => (at >= start && at < end ? [[at - start, text]] : []));
  return { ...column, values: values.slice(start, end), missing: new Map(within) };
}

function numbers(column: NumberColumn, rows: Int32Array): NumberColumn {
  const { values, width } = column;
  const taken = new Float64Array(rows.length * width);
  const missing = new Map<number, string>();
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] as number) * width;
    for (let j = 0; j < width; j++) taken[i * width + j] = values[from + j] as number;
    if (column.missing.size === 0) continue;
    for (let j = 0; j < width; j++) {
      const text = column.missing.get(from + j);
      if (text !== undefined) missing.set(i * width + j, text);
    }
  }
  return { ...column, values: taken, missing };
}

/** Columns of several batches, one behind the other. Their widths must agree. */
export function concatColumns(columns: readonly Column[]): Column {
  const [first] = columns;
  if (columns.length === 1 && first) return first;
  if (first?.kind !== 'number')
    return { kind: 'text', values: columns.flatMap((column) => (column.kind === 'text' ? column.values : [])) };
  const parts = columns.filter((column) => column.kind === 'number');
  const values = new Float64Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  const missing = new Map<number, string>();
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    for (const [index, text] of part.missing) missing.set(at + index, text);
    at += part.values.length;
  }
  return { ...first, values, missing };
}
