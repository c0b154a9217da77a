/** Base64 of numbers against Buffer, which nobody here wrote. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFloats, decodeIntegers, encodeNumbers } from '../../src/engine/state/base64.ts';

/** On a machine whose bytes are little-endian. */
const reference = (values: Float64Array | Int32Array) => Buffer.from(values.buffer).toString('base64');

const SPECIAL = Float64Array.of(
  0,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  5e-324,
  1.7976931348623157e308,
);

test('floats', () => {
  fc.assert(
    fc.property(fc.float64Array({ maxLength: 40 }), (values) => {
      expect(encodeNumbers(values)).toBe(reference(values));
      expect(decodeFloats(reference(values))).toEqual(values);
    }),
  );
  expect(decodeFloats(encodeNumbers(SPECIAL))).toEqual(SPECIAL);
});

test('integers', () => {
  fc.assert(
    fc.property(fc.int32Array({ maxLength: 40 }), (values) => {
      expect(encodeNumbers(values)).toBe(reference(values));
      expect(decodeIntegers(reference(values))).toEqual(values);
    }),
  );
});

test('more than is encoded at a time', () => {
  const values = new Float64Array(5000).map((_, i) => Math.sin(i) * 10 ** (i % 30));
  expect(encodeNumbers(values)).toBe(reference(values));
  expect(decodeFloats(encodeNumbers(values))).toEqual(values);
});

const ONE = encodeNumbers(Float64Array.of(1));

test.each([
  ['a character that is none of base64', ONE.replace('A', '*')],
  ['one beyond ASCII', ONE.replace('A', '\u0101')],
  ['padding within', ONE.replace('A', '=')],
  ['a character too few', ONE.slice(1)],
  ['no padding', ONE.replaceAll('=', '')],
  ['half a number', encodeNumbers(Int32Array.of(1))],
  ['nothing but padding', '='],
  ['padding that is too long', `${ONE.slice(0, -3)}===`],
])('%s is refused', (_, text) => {
  expect(decodeFloats(text)).toBeNull();
});
