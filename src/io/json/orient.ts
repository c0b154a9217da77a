import { Fault, quote } from '../fault.ts';
import { type Limits, limitFault } from '../limits.ts';
import { isObject, type JsonObject, orderedKeys } from './parse.ts';
import { Paths } from './paths.ts';

/** A whole table in memory. */
export interface Grid {
  readonly columns: readonly string[];
  readonly rows: number;
  cell(row: number, column: number): unknown;
}

const ORIENTS = 'what is read: a list of records, lists by column name, or what pandas to_json writes (any orient)';

/** What a value was parsed from. */
export interface JsonSource {
  readonly text: string;
  /** How messages name it. */
  readonly place: string;
  readonly limits: Limits;
}

/** Finds out how a parsed JSON value holds a table. */
export function gridOf(value: unknown, source: JsonSource): Grid {
  const { place } = source;
  if (Array.isArray(value)) return fromList(value, source);
  if (!isObject(value)) throw new Fault(`${place}: holds a single value, not a table`, ORIENTS);
  const coco = cocoAnnotations(value);
  if (coco?.length) return fromRecords(coco, source, Object.keys(coco[0] as JsonObject));
  const inner = Object.values(value);
  if (inner.length === 0) throw new Fault(`${place}: holds an empty object, not a table`, ORIENTS);
  if (isObject(value.schema) && Array.isArray(value.data)) return fromTable(value.schema, value.data, source);
  if (isSplit(value)) return fromRows(value.columns.map(String), value.data, source);
  if (inner.every(Array.isArray)) return fromLists(value as Readonly<Record<string, unknown[]>>, source);
  if (inner.every(isObject)) return fromObjects(value as Readonly<Record<string, JsonObject>>, source);
  if (inner.some((each) => !Array.isArray(each) && !isObject(each))) return fromList([value], source);
  throw new Fault(`${place}: holds neither records nor columns`, ORIENTS);
}

/** The annotations of COCO ground truth. As columns of a table, images and annotations would say nothing. */
export function cocoAnnotations(value: unknown): readonly JsonObject[] | undefined {
  if (!isObject(value)) return undefined;
  const { images, annotations } = value;
  const areRecords = (list: unknown): list is JsonObject[] => Array.isArray(list) && list.every(isObject);
  return areRecords(images) && areRecords(annotations) ? annotations : undefined;
}

function isSplit(value: JsonObject): value is { columns: unknown[]; data: unknown[][] } {
  const { columns, data } = value;
  return Array.isArray(columns) && Array.isArray(data) && data.every((row) => Array.isArray(row) && row.length === columns.length);
}

/** Orient `records`, or `values`, or plain numbers. */
function fromList(list: readonly unknown[], source: JsonSource): Grid {
  const { place } = source;
  if (list.length === 0) throw new Fault(`${place}: holds an empty list`, 'it needs at least one record');
  if (list.every(isObject)) return fromRecords(list, source);
  const width = Array.isArray(list[0]) ? list[0].length : 1;
  const columns = Array.from({ length: width }, (_, k) => `#${k + 1}`);
  if (list.every(Array.isArray)) return fromRows(columns, list as unknown[][], source);
  const odd = list.findIndex((each) => kind(each) !== kind(list[0]));
  if (odd >= 0) throw new Fault(`${place}: row ${odd + 1}: ${kind(list[odd])}, but ${kind(list[0])} before`, ORIENTS);
  return { columns, rows: list.length, cell: (row) => list[row] };
}

function kind(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'a record' : 'a single value';
}

function fromRecords(records: readonly JsonObject[], { text, place, limits }: JsonSource, order?: readonly string[]): Grid {
  const paths = new Paths(place, limits);
  const first = records[0] as JsonObject;
  const depth = text.trimStart().startsWith('[') ? 2 : 1;
  paths.add(first, order ?? orderedKeys(first, text, depth));
  for (const record of records) paths.add(record);
  const columns = paths.names;
  const getters = columns.map((_, column) => paths.getter(column));
  return { columns, rows: records.length, cell: (row, column) => getters[column]?.(records[row] as JsonObject, () => place) };
}

function fromRows(columns: readonly string[], rows: readonly unknown[][], { place, limits }: JsonSource): Grid {
  if (columns.length > limits.columns) throw limitFault(`${place}: more than ${limits.columns} columns`, 'columns', limits);
  const odd = rows.findIndex((row) => row.length !== columns.length);
  if (odd >= 0) throw new Fault(`${place}: row ${odd + 1}: ${rows[odd]?.length} values, but ${columns.length} columns`);
  return { columns, rows: rows.length, cell: (row, column) => rows[row]?.[column] };
}

/** Orient `table`: records beside a schema, which gives the order of the columns. */
function fromTable(schema: JsonObject, data: readonly unknown[], source: JsonSource): Grid {
  const records = data.filter(isObject);
  if (records.length < data.length || records.length === 0) return fromList(data, source);
  const fields = Array.isArray(schema.fields) ? schema.fields.filter(isObject) : [];
  const first = records[0] as JsonObject;
  const order = fields.map((field) => String(field.name)).filter((name) => Object.hasOwn(first, name));
  return fromRecords(records, source, order);
}

/** `{"y": [0, 1], "pred": [0.1, 0.9]}` */
function fromLists(lists: Readonly<Record<string, unknown[]>>, { text, place }: JsonSource): Grid {
  const columns = orderedKeys(lists, text, 1);
  const values = columns.map((name) => lists[name] as unknown[]);
  const rows = (values[0] as unknown[]).length;
  const odd = values.findIndex((each) => each.length !== rows);
  if (odd >= 0) {
    const counts = `${quote(columns[0] as string)} has ${rows} values, ${quote(columns[odd] as string)} has ${values[odd]?.length}`;
    throw new Fault(`${place}: columns of different lengths: ${counts}`);
  }
  return { columns, rows, cell: (row, column) => values[column]?.[row] };
}

/** Orient `columns` (pandas' default) or `index`: which one shows in which level is numbered. */
function fromObjects(objects: Readonly<Record<string, JsonObject>>, source: JsonSource): Grid {
  const { text, place } = source;
  const outer = orderedKeys(objects, text, 1);
  const first = objects[outer[0] as string] as JsonObject;
  const inner = orderedKeys(first, text, 2);
  const numbered = (keys: readonly string[]) => keys.every((key) => /^-?\d+$/.test(key));
  if (numbered(outer) && !numbered(inner))
    return fromRecords(
      outer.map((key) => objects[key] as JsonObject),
      source,
      inner,
    );
  const odd = outer.find(
    (key) =>
      Object.keys(objects[key] as JsonObject).length !== inner.length ||
      !inner.every((row) => Object.hasOwn(objects[key] as JsonObject, row)),
  );
  if (odd !== undefined)
    throw new Fault(`${place}: columns ${quote(outer[0] as string)} and ${quote(odd)} do not have the same rows`, ORIENTS);
  return { columns: outer, rows: inner.length, cell: (row, column) => objects[outer[column] as string]?.[inner[row] as string] };
}
