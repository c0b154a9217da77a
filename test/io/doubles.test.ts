/** Arrays that are used again: never one that somebody still reads. */
import { expect, test } from 'vitest';
import { Doubles, recycle } from '../../src/io/doubles.ts';

function taken(doubles: Doubles, ...values: number[]): Float64Array {
  for (const value of values) doubles.push(value);
  return doubles.take();
}

test('what was given back is used again, once', () => {
  const doubles = new Doubles();
  const first = taken(doubles, 1, 2, 3);
  recycle(first);
  const buffers = [4, 5, 6].map((value) => taken(doubles, value).buffer);
  expect(buffers.filter((buffer) => buffer === first.buffer)).toHaveLength(1);
  expect(new Set(buffers).size).toBe(3);
});

test('what was not given back stays', () => {
  const doubles = new Doubles();
  const kept = taken(doubles, 1, 2, 3);
  for (let k = 0; k < 5; k++) recycle(taken(doubles, 7, 8, 9));
  expect([...kept]).toEqual([1, 2, 3]);
});
