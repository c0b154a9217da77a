/** What JSON from a file may hold, said once: a check that finds the first flaw and its place, and a JSON Schema (draft 2020-12). */
import { didYouMean } from './suggest.ts';

/** Keys and positions that lead from the document to a value in it. */
export type Path = readonly (string | number)[];

export interface Flaw {
  readonly path: Path;
  /** Follows the name of the place: `is not a text`. */
  readonly message: string;
  readonly hint?: string;
}

export type Schema = { readonly [keyword: string]: unknown };

/** Parts of a schema that are named, and used more than once. */
export type Definitions = Map<string, Schema>;

export interface Shape {
  /** As it follows `is not`: `a text`. */
  readonly what: string;
  flaw(value: unknown): Flaw | null;
  schema(definitions: Definitions): Schema;
}

/** `holds` may ask for more than the schema can say, never for less. */
export function when(holds: (value: unknown) => boolean, what: string, schema: Schema): Shape {
  return {
    what,
    flaw: (value) => (holds(value) ? null : { path: [], message: `is not ${what}` }),
    schema: () => schema,
  };
}

export const text = when((value) => typeof value === 'string', 'a text', { type: 'string' });
export const truth = when((value) => typeof value === 'boolean', 'true or false', { type: 'boolean' });
export const number = when((value) => typeof value === 'number' && Number.isFinite(value), 'a number', { type: 'number' });
export const count = whole(0, Number.MAX_SAFE_INTEGER, 'a count');

export function whole(minimum: number, maximum: number, what: string): Shape {
  const holds = (value: unknown) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  return when(holds, what, { type: 'integer', minimum, maximum });
}

/** `pattern` matches the whole of it. */
export function texts(pattern: RegExp, what: string): Shape {
  return when((value) => typeof value === 'string' && pattern.test(value), what, { type: 'string', pattern: pattern.source });
}

export function oneOf(options: readonly string[]): Shape {
  const shape = when((value) => options.includes(value as string), `one of ${options.join(', ')}`, { enum: options });
  const hint = (value: unknown) => (typeof value === 'string' ? suggested(value, options, '') : undefined);
  return { ...shape, flaw: (value) => withHint(shape.flaw(value), hint(value)) };
}

/** Always the same: the `schema` of a document. */
export function only(value: string): Shape {
  return when((found) => found === value, `"${value}"`, { const: value });
}

export function list(item: Shape, least = 0): Shape {
  return {
    what: 'a list',
    flaw(value) {
      if (!Array.isArray(value)) return { path: [], message: 'is not a list' };
      if (value.length < least) return { path: [], message: 'is empty' };
      for (const [k, one] of value.entries()) {
        const flaw = item.flaw(one);
        if (flaw) return below(k, flaw);
      }
      return null;
    },
    schema: (definitions) => ({ type: 'array', items: item.schema(definitions), ...(least > 0 && { minItems: least }) }),
  };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object whose keys are names that nobody knows beforehand. */
export function record(item: Shape): Shape {
  return {
    what: 'a mapping',
    flaw: (value) =>
      isObject(value) ? firstFlaw(Object.entries(value), (_, one) => item.flaw(one)) : { path: [], message: 'is not a mapping' },
    schema: (definitions) => ({ type: 'object', additionalProperties: item.schema(definitions) }),
  };
}

/** The same with at least one key, and a rule for keys. */
export function mapping(key: Shape, item: Shape): Shape {
  const any = record(item);
  return {
    what: any.what,
    flaw(value) {
      if (!isObject(value)) return any.flaw(value);
      const names = Object.keys(value);
      if (names.length === 0) return { path: [], message: 'is empty' };
      return (
        firstFlaw(
          names.map((name) => [name, name]),
          (_, name) => key.flaw(name),
        ) ?? any.flaw(value)
      );
    },
    schema: (definitions) => ({ ...any.schema(definitions), propertyNames: key.schema(definitions), minProperties: 1 }),
  };
}

type Shapes = { readonly [key: string]: Shape };

/** An object with these keys, and these where it likes. Others are passed over: a later version may have more. */
export function fields(required: Shapes, optional: Shapes = {}): Shape {
  const all = { ...required, ...optional };
  return {
    what: 'a mapping',
    flaw(value) {
      if (!isObject(value)) return { path: [], message: 'is not a mapping' };
      for (const key of Object.keys(required)) if (!Object.hasOwn(value, key)) return { path: [key], message: 'is missing' };
      return firstFlaw(Object.entries(all), (key, shape) => (Object.hasOwn(value, key) ? shape.flaw(value[key]) : null));
    },
    schema: (definitions) => ({
      type: 'object',
      properties: Object.fromEntries(Object.entries(all).map(([key, shape]) => [key, shape.schema(definitions)])),
      ...(Object.keys(required).length > 0 && { required: Object.keys(required) }),
    }),
  };
}

/** The same without room for other keys: what people write, where a key that is passed over would be a mistake nobody notices. */
export function closed(required: Shapes, optional: Shapes = {}): Shape {
  const open = fields(required, optional);
  const keys = [...Object.keys(required), ...Object.keys(optional)];
  return {
    what: open.what,
    flaw(value) {
      const unknown = isObject(value) ? Object.keys(value).find((key) => !keys.includes(key)) : undefined;
      if (unknown === undefined) return open.flaw(value);
      return {
        path: [unknown],
        message: 'is not known here',
        hint: suggested(unknown, keys, keys.length > MOST_SHOWN ? '' : `keys: ${keys.join(', ')}`),
      };
    },
    schema: (definitions) => ({ ...open.schema(definitions), additionalProperties: false }),
  };
}

/** An object with one key, of these. */
export function single(shapes: Shapes): Shape {
  const any = closed({}, shapes);
  return {
    what: any.what,
    flaw: (value) =>
      any.flaw(value) ?? (Object.keys(value as object).length === 1 ? null : { path: [], message: 'has not one key alone' }),
    schema: (definitions) => ({ ...any.schema(definitions), minProperties: 1, maxProperties: 1 }),
  };
}

export function orNull(shape: Shape): Shape {
  return {
    what: `${shape.what} or null`,
    flaw: (value) => (value === null ? null : shape.flaw(value)),
    schema: (definitions) => ({ anyOf: [{ type: 'null' }, shape.schema(definitions)] }),
  };
}

export function either(...shapes: readonly Shape[]): Shape {
  const what = shapes.map((shape) => shape.what).join(' or ');
  return {
    what,
    flaw(value) {
      const flaws = shapes.map((shape) => shape.flaw(value));
      if (flaws.includes(null)) return null;
      // where one alternative fits on the outside, it is the one that was meant
      const hint = flaws.find((flaw) => flaw?.hint)?.hint;
      return flaws.find((flaw) => flaw && flaw.path.length > 0) ?? { path: [], message: `is not ${what}`, ...(hint && { hint }) };
    },
    schema: (definitions) => ({ anyOf: shapes.map((shape) => shape.schema(definitions)) }),
  };
}

/** With a condition that JSON Schema has no words for. */
export function also<T>(shape: Shape, holds: (value: T) => boolean, what: string): Shape {
  return { ...shape, flaw: (value) => shape.flaw(value) ?? (holds(value as T) ? null : { path: [], message: `is not ${what}` }) };
}

/** With what an editor shows beside it. */
export function described(shape: Shape, description: string): Shape {
  return { ...shape, schema: (definitions) => ({ description, ...shape.schema(definitions) }) };
}

/** With advice where it does not fit. */
export function advised(shape: Shape, hint: string): Shape {
  return { ...shape, flaw: (value) => withHint(shape.flaw(value), hint) };
}

/** Stands once in a schema, under its name, however often it is used. */
export function defined(name: string, shape: Shape): Shape {
  return {
    ...shape,
    schema(definitions) {
      if (!definitions.has(name)) {
        definitions.set(name, {}); // holds the place, and ends a circle
        definitions.set(name, shape.schema(definitions));
      }
      return { $ref: `#/$defs/${name}` };
    },
  };
}

/** The whole document that a shape describes. */
export function jsonSchema(shape: Shape, title: string): Schema {
  const definitions: Definitions = new Map();
  const schema = shape.schema(definitions);
  const $defs = Object.fromEntries(definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    ...schema,
    ...(definitions.size > 0 && { $defs }),
  };
}

/** `state.losses[0].tally is not a mapping`. Keys may come from a file: escaped by the caller, who knows for what. */
export function flawText(root: string, { path, message }: Flaw): string {
  const keys = path.map((key) =>
    typeof key === 'number' ? `[${key}]` : `.${key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key}`,
  );
  return `${`${root}${keys.join('')}`.replace(/^\./, '') || 'the document'} ${message}`;
}

function firstFlaw<T>(entries: readonly (readonly [string, T])[], flawOf: (key: string, item: T) => Flaw | null): Flaw | null {
  for (const [key, item] of entries) {
    const flaw = flawOf(key, item);
    if (flaw) return below(key, flaw);
  }
  return null;
}

function below(key: string | number, flaw: Flaw): Flaw {
  return { ...flaw, path: [key, ...flaw.path] };
}

function withHint(flaw: Flaw | null, hint: string | undefined): Flaw | null {
  return flaw && hint && flaw.hint === undefined && flaw.path.length === 0 ? { ...flaw, hint } : flaw;
}

/** Nobody mistypes a word that long, and the search takes the product of both lengths. */
const LONGEST_KEY = 60;

/** More are no help. */
const MOST_SHOWN = 60;

function suggested(word: string, known: readonly string[], otherwise: string): string {
  return word.length > LONGEST_KEY ? otherwise : didYouMean(word, known, otherwise).trim();
}
