import type { Block, Field, Parts, Type, Vector } from '../field.ts';
import { isValid } from '../field.ts';
import { checkedOffsets, offsetSize } from './offsets.ts';

/** `large` counts values in 64 bits. */
export function listType(child: Field, large: boolean): Type {
  return {
    ...listOf(child, `${large ? 'large_list' : 'list'}<${child.type.name}>`),
    buffers: [offsetSize(large)],
    ...(child.type.read && { read: (parts: Parts) => listVector(parts, large) }),
  };
}

export function fixedListType(child: Field, size: number): Type {
  return {
    ...listOf(child, `fixed_size_list<${child.type.name}>[${size}]`),
    buffers: [],
    childRows: (rows) => rows * size,
    ...(child.type.read && { read: (parts: Parts) => fixedVector(parts, size) }),
  };
}

function listOf(child: Field, name: string): Pick<Type, 'name' | 'validity' | 'children' | 'notNumbers'> {
  const { notNumbers } = child.type;
  return { name, validity: true, children: [child], ...(notNumbers !== undefined && { notNumbers }) };
}

function listVector({ rows, valid, buffers: [bytes], children: [child] }: Parts, large: boolean): Vector {
  const values = child as Vector;
  const offsets = checkedOffsets(bytes as Uint8Array, rows, large, values.rows);
  const at = (row: number) => offsets[row] as number;
  return {
    rows,
    cell: (row) => (isValid(valid, row) ? cells(values, at(row), at(row + 1)) : null),
    size: (start, end) => sizeOf(values, at(start), at(end)),
    block(start, end) {
      const width = at(start + 1) - at(start);
      for (let row = start; row < end; row++) if (at(row + 1) - at(row) !== width) return undefined;
      return valid || width === 0 ? undefined : widened(values.block?.(at(start), at(end)), width);
    },
  };
}

function fixedVector({ rows, valid, children: [child] }: Parts, size: number): Vector {
  const values = child as Vector;
  return {
    rows,
    cell: (row) => (isValid(valid, row) ? cells(values, row * size, (row + 1) * size) : null),
    size: (start, end) => sizeOf(values, start * size, end * size),
    block: (start, end) => (valid || size === 0 ? undefined : widened(values.block?.(start * size, end * size), size)),
  };
}

/** As a list of numbers: of one bit each, the file needs a sixty-fourth. */
function sizeOf(values: Vector, start: number, end: number): number {
  return 8 * (end - start) + (values.size?.(start, end) ?? 0);
}

function cells(values: Vector, start: number, end: number): unknown[] {
  return Array.from({ length: end - start }, (_, k) => values.cell(start + k));
}

function widened(inner: Block | undefined, width: number): Block | undefined {
  if (!inner) return undefined;
  const shape = inner.shape === undefined ? String(width) : `${width}x${inner.shape}`;
  return { column: { ...inner.column, width: width * inner.column.width }, shape };
}
