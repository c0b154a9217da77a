/** JSON with one thing changed: every value replaced, every key taken away, misspelt or added. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const VALUES: readonly Json[] = [null, true, -1, 0.5, 3, 'x', '', [], ['x'], [1], {}, { x: 1 }];

export interface Mutation {
  readonly what: string;
  readonly value: Json;
}

export function* mutations(value: Json, path = ''): Generator<Mutation> {
  for (const other of VALUES) yield { what: `${path} = ${JSON.stringify(other)}`, value: other };
  if (Array.isArray(value)) {
    for (const [k, item] of value.entries())
      for (const { what, value: changed } of mutations(item, `${path}[${k}]`))
        yield { what, value: value.toSpliced(k, 1, changed) };
  } else if (typeof value === 'object' && value !== null) {
    yield { what: `${path} with another key`, value: { ...value, another: 1 } };
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...rest } = value;
      yield { what: `${path} without ${key}`, value: rest };
      yield { what: `${path} with ${key}s`, value: { ...rest, [`${key}s`]: item } };
      for (const { what, value: changed } of mutations(item, `${path}.${key}`)) yield { what, value: { ...value, [key]: changed } };
    }
  }
}
