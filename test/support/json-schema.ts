/** JSON Schema 2020-12, as far as the schemas here use it. A keyword that is not known here is an error, not passed over. */

type Schema = { readonly [keyword: string]: unknown };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  array: Array.isArray,
  object: isObject,
};

type Keyword = (value: unknown, argument: never, schema: Schema, root: Schema) => boolean;

const numeric =
  (holds: (value: number, limit: number) => boolean): Keyword =>
  (value, limit: number) =>
    typeof value !== 'number' || holds(value, limit);

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  type: (value, types: string | string[]) => [types].flat().some((type) => TYPES[type](value)),
  enum: (value, options: unknown[]) => options.includes(value),
  const: (value, only: unknown) => value === only,
  pattern: (value, pattern: string) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  minimum: numeric((value, limit) => value >= limit),
  maximum: numeric((value, limit) => value <= limit),
  exclusiveMinimum: numeric((value, limit) => value > limit),
  exclusiveMaximum: numeric((value, limit) => value < limit),
  minItems: (value, least: number) => !Array.isArray(value) || value.length >= least,
  items: (value, item: Schema, _, root) => !Array.isArray(value) || value.every((one) => fits(item, one, root)),
  minProperties: (value, least: number) => !isObject(value) || Object.keys(value).length >= least,
  maxProperties: (value, most: number) => !isObject(value) || Object.keys(value).length <= most,
  required: (value, keys: string[]) => !isObject(value) || keys.every((key) => Object.hasOwn(value, key)),
  properties: (value, properties: Record<string, Schema>, _, root) =>
    !isObject(value) || Object.entries(properties).every(([key, one]) => !Object.hasOwn(value, key) || fits(one, value[key], root)),
  additionalProperties: (value, rest: Schema | false, { properties = {} }, root) =>
    !isObject(value) ||
    Object.entries(value).every(
      ([key, one]) => Object.hasOwn(properties as object, key) || (rest !== false && fits(rest, one, root)),
    ),
  propertyNames: (value, names: Schema, _, root) => !isObject(value) || Object.keys(value).every((key) => fits(names, key, root)),
  anyOf: (value, schemas: Schema[], _, root) => schemas.some((schema) => fits(schema, value, root)),
  $ref: (value, reference: string, _, root) => {
    const [, name] = /^#\/\$defs\/([\w-]+)$/.exec(reference) ?? [];
    return fits((root.$defs as Record<string, Schema>)[name], value, root);
  },
};

const ANNOTATIONS = ['$schema', '$defs', 'title', 'description'];

export function fits(schema: Schema, value: unknown, root: Schema = schema): boolean {
  return Object.entries(schema).every(([keyword, argument]) => {
    if (ANNOTATIONS.includes(keyword)) return true;
    if (!KEYWORDS[keyword]) throw new Error(`unknown keyword ${keyword}`);
    return KEYWORDS[keyword](value, argument as never, schema, root);
  });
}
