/** `lossctl schema`: the schemas say what the program says, of every document that the cases hold, and of what is no such document. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { SCHEMAS } from '../../src/cli/commands/schema.ts';
import { declaredBy } from '../../src/cli/flags.ts';
import { jsonSchema, type Shape } from '../../src/engine/shape.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { fits } from '../support/json-schema.ts';
import { type Mutation, mutations } from '../support/mutations.ts';
import { lossctl } from '../support/world.ts';

const CASES = join(import.meta.dirname, 'cases');
const declared = declaredBy(LOSSES);

type What = keyof typeof SCHEMAS;

const shapes = Object.fromEntries(
  Object.entries(SCHEMAS).map(([what, { shape }]) => [what, shape(LOSSES, declared)]),
) as unknown as Record<What, Shape>;
const schemas = Object.fromEntries(Object.entries(shapes).map(([what, shape]) => [what, jsonSchema(shape, what)])) as Record<
  What,
  ReturnType<typeof jsonSchema>
>;

/** Documents in files of the cases, with their schema by what they say of themselves. */
function documents(): [string, What, unknown][] {
  const files = readdirSync(CASES, { recursive: true, encoding: 'utf8' });
  return files.flatMap((file): [string, What, unknown][] => {
    if (/lossctl\.yaml$/.test(file)) {
      const bad = /check-(bad|no-gates|hostile-key|key-twice|norway|bomb|empty)/.test(file);
      return bad ? [] : [[file, 'config', parse(readFileSync(join(CASES, file), 'utf8'))]];
    }
    if (!/(stdout|\.json|\.state)$/.test(file)) return [];
    const text = readFileSync(join(CASES, file), 'utf8');
    const [, what] = /^\{\s*"schema":\s*"lossctl\.(result|state|baseline)\/v1"/.exec(text) ?? [];
    return what && text.trimEnd().endsWith('}') ? [[file, what as What, JSON.parse(text)]] : [];
  });
}

const found = documents();
const lookup = (what: What, name: string) => found.find(([file, of]) => of === what && file.startsWith(name))?.[2] as never;

describe('documents of the cases', () => {
  test.each(found)('%s is a %s', (_, what, document) => {
    expect(shapes[what].flaw(document)).toBeNull();
    expect(fits(schemas[what], document)).toBe(true);
  });

  test('are of every kind', () => {
    for (const what of Object.keys(SCHEMAS))
      expect(found.filter(([, of]) => of === what).length, what).toBeGreaterThan(what === 'state' ? 1 : 5);
  });
});

/** Mutations that one side takes and the other does not. */
function disagreements(
  document: Mutation['value'],
  schema: ReturnType<typeof jsonSchema>,
  shape: Shape,
): { looser: string[]; tried: number } {
  let tried = 0;
  const looser: string[] = [];
  for (const { what, value } of mutations(document)) {
    tried++;
    if (!fits(schema, value) && shape.flaw(value) === null) looser.push(what);
    // what the shape refuses, the schema refuses as well, but for what no schema can say
    if (fits(schema, value) && shape.flaw(value) !== null) looser.push(`only the shape refuses ${what}`);
  }
  return { looser, tried };
}

/** Two items of a list say as much as twenty. */
function shortened(value: Mutation['value']): Mutation['value'] {
  if (Array.isArray(value)) return value.slice(0, 2).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shortened(one)]));
}

describe('the schema and the check agree on every change', () => {
  test.each<[What, string]>([
    ['config', 'check/'],
    ['config', 'check-every-key/'],
    ['result', 'check-json/'],
    ['result', 'check-every-key-json/'],
    ['baseline', 'baseline-worse/'],
    ['state', 'merge/'],
  ])('of a %s: %s', (what, name) => {
    const { looser, tried } = disagreements(shortened(lookup(what, name)), schemas[what], shapes[what]);
    expect(looser).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  });

  test('a check that overlooked something would be found out', () => {
    const lax: Shape = {
      ...shapes.config,
      flaw: (value) => (JSON.stringify(value)?.includes('another') ? null : shapes.config.flaw(value)),
    };
    expect(disagreements(lookup('config', 'check/'), schemas.config, lax).looser).toContain(' with another key');
  });
});

test.each(Object.keys(SCHEMAS) as What[])('lossctl schema %s prints the file in schemas', async (what) => {
  const { stdout, code } = await lossctl(['schema', what]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ...schemas[what], title: SCHEMAS[what].title });
  expect(stdout).toBe(readFileSync(join(import.meta.dirname, '../../schemas', `${what}.json`), 'utf8'));
});
