/** Other readers of arrays: the header says each thing once, so that a damaged one may be a good one of other values. */
import type { Reference } from './seed.ts';

type Get = (view: DataView, at: number, little: boolean) => unknown;

const TYPES: Readonly<Record<string, readonly [size: number, get: Get]>> = {
  b1: [1, (view, at) => view.getUint8(at) !== 0],
  i1: [1, (view, at) => view.getInt8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
};

interface Layout {
  readonly type: string;
  readonly shape: readonly number[];
  readonly little: boolean;
  readonly fortran: boolean;
}

/** Rows of an array of one or two axes that fills its bytes. */
function rows(bytes: Buffer, { type, shape: [length = 0, width, ...more], little, fortran }: Layout): readonly unknown[] {
  const [size, get] = TYPES[type] ?? [];
  if (!size || !get || more.length > 0 || bytes.length !== size * length * (width ?? 1)) throw new Error('no array');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const value = (row: number, k: number) => get(view, size * (fortran ? k * length + row : row * (width ?? 1) + k), little);
  return Array.from({ length }, (_, row) =>
    width === undefined ? value(row, 0) : Array.from({ length: width }, (_, k) => value(row, k)),
  );
}

export const npyReference: Reference = (bytes) => {
  const start = bytes[6] === 1 ? 10 + bytes.readUInt16LE(8) : 12 + bytes.readUInt32LE(8);
  const header = bytes.toString('latin1', 10, start);
  const find = (pattern: RegExp) => (pattern.exec(header) as RegExpExecArray)[1] as string;
  const [order, ...type] = find(/['"]descr['"]\s*:\s*['"](...)['"]/);
  const layout = {
    type: type.join(''),
    little: order !== '>',
    fortran: find(/['"]fortran_order['"]\s*:\s*(True|False)/) === 'True',
    shape: (find(/['"]shape['"]\s*:\s*\(([^)]*)\)/).match(/\d+/g) ?? []).map(Number),
  };
  return new Map([['pred', rows(bytes.subarray(start), layout)]]);
};

const TENSOR_TYPES: Readonly<Record<string, string>> = { BOOL: 'b1', F32: 'f4', F64: 'f8' };

interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [start: number, end: number];
}

/** Tensors of other types are left out: they are only refused where they are asked for. */
export const safetensorsReference: Reference = (bytes) => {
  const data = 8 + Number(bytes.readBigUInt64LE());
  const { __metadata__, ...tensors } = JSON.parse(bytes.toString('utf8', 8, data)) as Record<string, Tensor>;
  const columns = new Map<string, readonly unknown[]>();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [start, end],
    },
  ] of Object.entries(tensors)) {
    const type = TENSOR_TYPES[dtype] ?? dtype.replace(/^([IU])(\d+)$/, (_, sign, bits) => `${sign.toLowerCase()}${bits / 8}`);
    if (type in TYPES)
      columns.set(name, rows(bytes.subarray(data + start, data + end), { type, shape, little: true, fortran: false }));
  }
  return columns;
};
