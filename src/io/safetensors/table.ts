import { isUtf8 } from 'node:buffer';
import { rowLayout } from '../arrays/layout.ts';
import { placedRows } from '../arrays/rows.ts';
import { type ArrayColumn, arrayTable } from '../arrays/table.ts';
import { type ElementType, TYPES } from '../arrays/types.ts';
import type { Table } from '../batch.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { escapeText, Fault, quote } from '../fault.ts';
import type { Input } from '../formats.ts';
import { type Limits, limitFault, limitText } from '../limits.ts';
import { parseHeader, type Tensor } from './header.ts';

const BY_NAME = new Map<string, ElementType>([
  ['BOOL', TYPES.bool],
  ['I8', TYPES.int8],
  ['I16', TYPES.int16],
  ['I32', TYPES.int32],
  ['I64', TYPES.int64],
  ['U8', TYPES.uint8],
  ['U16', TYPES.uint16],
  ['U32', TYPES.uint32],
  ['U64', TYPES.uint64],
  ['F16', TYPES.float16],
  ['BF16', TYPES.bfloat16],
  ['F32', TYPES.float32],
  ['F64', TYPES.float64],
]);

/** Opens a safetensors file: each tensor is a column, in the order of the header. */
export async function openSafetensors({ name, bytes, random, format, limits }: Input): Promise<Table> {
  const source = await random();
  const place = escapeText(name);
  const length = source.size < 8 ? Number.NaN : Number((await source.read(0, 8)).readBigUInt64LE());
  if (length > limits['safetensors-header']) {
    const what = `${place}: a safetensors header of ${length} bytes, more than ${limitText('safetensors-header', limits)}`;
    throw limitFault(what, 'safetensors-header', limits);
  }
  if (!(8 + length <= source.size)) {
    throw new Fault(`${place}: is cut short: the safetensors header does not end`, 'copy or write the file again');
  }
  const header = await source.read(8, length);
  if (!isUtf8(header)) throw new Fault(`${place}: damaged safetensors header: it is not valid UTF-8`);
  const start = 8 + length;
  const tensors = parseHeader(place, header.toString('utf8'), source.size - start, limits);
  const columns = tensors.map((tensor) => column(place, tensor, source, start, limits));
  return arrayTable({ name, format, limits, columns, close: () => bytes.close() });
}

function column(file: string, tensor: Tensor, source: RandomBytes, start: number, limits: Limits): ArrayColumn {
  const place = `${file}: tensor ${quote(tensor.name)}`;
  return {
    name: tensor.name,
    async open() {
      const type = BY_NAME.get(tensor.type);
      if (!type) {
        throw new Fault(`${place}: holds ${quote(tensor.type)}, which is not read`, 'save it as float32: tensor.to(torch.float32)');
      }
      const layout = rowLayout(place, { shape: tensor.shape, type, littleEndian: true, fortran: false }, limits);
      return { layout, bytes: placedRows(place, layout, source, start + tensor.start) };
    },
  };
}
