import { type Field, isValid, type Size, type Type } from '../field.ts';

export const NULL: Type = {
  name: 'null',
  validity: false,
  buffers: [],
  children: [],
  read: ({ rows }) => ({ rows, cell: () => null }),
};

export const BOOL: Type = {
  name: 'bool',
  validity: true,
  buffers: [bits],
  children: [],
  read({ rows, valid, buffers: [values = new Uint8Array(0)] }) {
    return { rows, cell: (row) => (isValid(valid, row) ? isValid(values, row) : null) };
  },
};

/** Bytes that hold a bit for each row. */
export function bits(rows: number): number {
  return Math.ceil(rows / 8);
}

/** Its fields are columns of their own; inside a list it is not read. */
export function structType(children: readonly Field[]): Type {
  return { name: 'struct', validity: true, buffers: [], children, childRows: (rows) => rows };
}

/** A type that is only walked past, so that the columns behind it are found. */
export function unreadType(name: string, layout: Partial<Type> & { readonly buffers: readonly Size[] }): Type {
  return { name, validity: true, children: [], ...layout };
}
