import { type Limits, limitFault } from '../limits.ts';
import type { Field } from './field.ts';
import type { FlatTable } from './flatbuffer.ts';
import { damage, parsed, Refusal } from './refusal.ts';
import { dictionaryType } from './types/dictionary.ts';
import { INTEGER, integerOf, typeOf } from './types/index.ts';
import { integerType } from './types/numbers.ts';

/** Tables of `Schema.fbs`. */
export const SCHEMA = [2, 4, 4, 4];
const FIELD = [4, 1, 1, 4, 4, 4, 4];
const DICTIONARY_ENCODING = [8, 4, 1, 2];

/** Types within types; the reader of Arrow's own library stops there as well. */
const DEEPEST = 64;
/** So many fields for each column that a table may have, with those inside others. */
const INSIDE = 2;

/** The columns of a table. */
export function schemaFields(schema: FlatTable, limits: Limits): readonly Field[] {
  return parsed(() => fieldsOf(schema, limits));
}

function fieldsOf(schema: FlatTable, limits: Limits): readonly Field[] {
  if (schema.int16(0) !== 0)
    throw new Refusal('holds big-endian numbers, which are not read', 'write it again on a little-endian machine');
  // Tables can be pointed at from many places: few bytes can be many fields.
  let left = INSIDE * limits.columns;
  const tables = (parent: FlatTable, field: number) => {
    left -= parent.count(field);
    if (left >= 0) return parent.tables(field, FIELD);
    const { message, hint } = limitFault(`more than ${limits.columns} columns`, 'columns', limits);
    throw new Refusal(message, hint);
  };
  const visit = (table: FlatTable, depth: number): Field => {
    if (depth > DEEPEST) throw damage(`types nested deeper than ${DEEPEST} levels`);
    const name = table.text(0);
    const children = tables(table, 5).map((child) => visit(child, depth + 1));
    const field = { name, nullable: table.bool(1), type: typeOf(table, children) };
    return table.has(4) ? withDictionary(field, table.table(4, DICTIONARY_ENCODING)) : field;
  };
  return tables(schema, 1).map((field) => visit(field, 0));
}

function withDictionary(values: Field, encoding: FlatTable): Field {
  const indices = encoding.has(1) ? integerOf(encoding.table(1, INTEGER)) : integerType(32, true);
  return { ...values, type: dictionaryType(indices, values), dictionary: { id: encoding.int64(0), values } };
}

/** The same text for the same columns: a file says them twice. */
export function signature(fields: readonly Field[]): string {
  return fields.map(signatureOf).join();
}

function signatureOf({ name, nullable, type, dictionary }: Field): string {
  const inside = signature(dictionary ? dictionary.values.type.children : type.children);
  return `${JSON.stringify(name)}:${type.name}:${nullable}:${dictionary?.id ?? ''}(${inside})`;
}

/** The dictionaries that a column needs, itself or inside it. */
export function* dictionariesOf({ type, dictionary }: Field): Generator<{ id: number; values: Field }> {
  if (dictionary) {
    yield dictionary;
    yield* dictionariesOf(dictionary.values);
  }
  for (const child of type.children) yield* dictionariesOf(child);
}
