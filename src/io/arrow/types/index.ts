import type { Field, Size, Type } from '../field.ts';
import type { FlatTable, Layout } from '../flatbuffer.ts';
import { damage } from '../refusal.ts';
import { decimalType } from './decimal.ts';
import { fixedListType, listType } from './lists.ts';
import { floatType, type IntegerBits, integerType } from './numbers.ts';
import { offsetSize } from './offsets.ts';
import { BOOL, NULL, structType, unreadType } from './plain.ts';
import { TEXT_VIEW, textType } from './text.ts';
import { dateType, durationType, timestampType, timeType } from './time.ts';

/** How a type is made from its table, whose fields have these bytes; what they are when left out is said here. */
interface Entry {
  readonly layout: Layout;
  readonly make: (table: FlatTable, children: readonly Field[]) => Type;
  /** Whether it holds other types. */
  readonly nested?: true;
}

const untold: Size = () => undefined;
const each =
  (bytes: number): Size =>
  (rows) =>
    rows * bytes;

export const INTEGER: Layout = [4, 1];

const plain = (make: () => Type): Entry => ({ layout: [], make });
const nested = (layout: Layout, make: Entry['make']): Entry => ({ layout, make, nested: true });

/** Types by their number in `Schema.fbs`. */
const TYPES: readonly (Entry | undefined)[] = [
  undefined,
  plain(() => NULL),
  { layout: INTEGER, make: integerOf },
  { layout: [2], make: (table) => floatType(known([16, 32, 64] as const, table.int16(0), 'float')) },
  plain(() => unreadType('binary', { buffers: [offsetSize(false), untold] })),
  plain(() => textType(false)),
  plain(() => BOOL),
  { layout: [4, 4, 4], make: (table) => decimalType(table.int32(2, 128), table.int32(0), table.int32(1)) },
  { layout: [2], make: (table) => dateType(table.int16(0, 1)) },
  { layout: [2, 4], make: (table) => timeType(table.int16(0, 1), table.int32(1, 32)) },
  { layout: [2, 4], make: (table) => timestampType(table.int16(0), table.text(1)) },
  {
    layout: [2],
    make: (table) => unreadType('interval', { buffers: [each(known([4, 8, 16] as const, table.int16(0), 'interval'))] }),
  },
  nested([], (_, children) => listType(only(children), false)),
  nested([], (_, children) => structType(children)),
  nested([2, 4], (table, children) => unionType(table.int16(0), children)),
  { layout: [4], make: (table) => unreadType('fixed_size_binary', { buffers: [each(sizeOf(table))] }) },
  nested([4], (table, children) => fixedListType(only(children), sizeOf(table))),
  nested([1], (_, children) => unreadType('map', { buffers: [offsetSize(false)], children })),
  { layout: [2], make: (table) => durationType(table.int16(0, 1)) },
  plain(() => unreadType('large_binary', { buffers: [offsetSize(true), untold] })),
  plain(() => textType(true)),
  nested([], (_, children) => listType(only(children), true)),
  nested([], (_, children) => unreadType('run_end_encoded', { validity: false, buffers: [], children })),
  plain(() => unreadType('binary_view', { buffers: [each(16)], variadic: true })),
  plain(() => TEXT_VIEW),
  nested([], (_, children) => unreadType('list_view', { buffers: [each(4), each(4)], children })),
  nested([], (_, children) => unreadType('large_list_view', { buffers: [each(8), each(8)], children })),
];

/** The type of a field, whose number and table are these fields of its own. */
export function typeOf(field: FlatTable, children: readonly Field[]): Type {
  const id = field.uint8(2);
  const entry = TYPES[id];
  if (!entry) throw damage(`a type ${id}, which there is not`);
  if (children.length > 0 && !entry.nested) throw damage(`a type ${id} with ${children.length} types inside it`);
  return entry.make(field.table(3, entry.layout), children);
}

/** A table of bits and sign, which describes the indices of dictionaries as well. */
export function integerOf(table: FlatTable): Type {
  const bits = table.int32(0);
  if (![8, 16, 32, 64].includes(bits)) throw damage(`integers of ${bits} bits`);
  return integerType(bits as IntegerBits, table.bool(1));
}

/** Which of its fields a row has stands in one byte each, and in the dense form its place there in four. */
function unionType(mode: number, children: readonly Field[]): Type {
  const dense = known([false, true] as const, mode, 'union');
  return unreadType('union', { validity: false, buffers: dense ? [each(1), each(4)] : [each(1)], children });
}

function sizeOf(table: FlatTable): number {
  const size = table.int32(0);
  if (size < 0) throw damage(`rows of size ${size}`);
  return size;
}

function only(children: readonly Field[]): Field {
  const [child] = children;
  if (!child || children.length > 1) throw damage(`a list of ${children.length} types`);
  return child;
}

function known<T>(values: readonly T[], k: number, what: string): T {
  const value = values[k];
  if (value === undefined) throw damage(`${what}s of kind ${k}`);
  return value;
}
