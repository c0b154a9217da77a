/** What is counted in the text must be what is in the value, or a key that stands twice would pass, or one that does not would be refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countKeys, quoteIntegers, repeatedKey, survey } from '../../src/io/json/survey.ts';

const values = fc.jsonValue({ maxDepth: 5 });
const spaced = fc.tuple(values, fc.constantFrom(0, 1, '\t')).map(([value, space]) => JSON.stringify(value, null, space));

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('a look over the text', () => {
  test('counts the keys and the depth that the value has', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        const value = JSON.parse(text) as unknown;
        expect(survey(text)).toMatchObject({ keys: countKeys(value), depth: depthOf(value) });
        expect(repeatedKey(text)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  test('counts a key that stands twice twice', () => {
    fc.assert(
      fc.property(fc.string(), values, values, (key, one, two) => {
        const name = JSON.stringify(key);
        const text = `[{${name} : ${JSON.stringify(one)},"other":0,${name}:${JSON.stringify(two)}}]`;
        if (key === 'other') return;
        expect(survey(text).keys).toBeGreaterThan(countKeys(JSON.parse(text)));
        expect(repeatedKey(text)).toBeDefined();
      }),
    );
  });

  test('puts long integers in quotes, and nothing else', () => {
    const integer = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String);
    const long = (text: string) => text.replace('-', '').length >= 16;
    const written = fc.oneof(
      integer,
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.array(written), fc.string(), (numbers, text) => {
        const json = `[${[...numbers, JSON.stringify(text)].join(', ')}]`;
        const quoted = numbers.map((number) => (/^-?\d+$/.test(number) && long(number) ? number : (JSON.parse(number) as number)));
        expect(JSON.parse(quoteIntegers(json, survey(json)))).toEqual([...quoted, text]);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['"', '"\\', '{"a', '[', '}}}}', '":::', '1234567890123456789', '-', '"a\\\\":1'])(
    'ends on %j, which is no JSON',
    (text) => {
      expect(() => quoteIntegers(text, survey(text))).not.toThrow();
    },
  );
});
