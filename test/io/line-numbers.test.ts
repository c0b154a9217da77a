/** Lines of rows in short: as one number where they follow each other, each by itself where they do not. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineOf } from '../../src/io/batch.ts';
import { LineNumbers } from '../../src/io/line-numbers.ts';

const rising = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.array(fc.constantFrom(1, 1, 1, 1, 2, 5), { maxLength: 12 }))
  .map(([first, steps]) => {
    let line = first;
    return [first, ...steps.map((step) => (line += step))];
  });

/** Lines that come in blocks; a block of one comes by itself. */
function taken(blocks: readonly number[][]): number | Float64Array {
  const numbers = new LineNumbers();
  numbers.push(3);
  numbers.push(7);
  numbers.take(); // of the batch before
  for (const block of blocks) {
    if (block.length === 1) numbers.push(block[0]);
    else if (block.length > 1) numbers.append(Float64Array.of(...block, 99), block.length);
  }
  return numbers.take();
}

test('of rows in any blocks', () => {
  fc.assert(
    fc.property(rising, fc.array(fc.nat(12), { maxLength: 3 }), (lines, cuts) => {
      const at = [0, ...cuts.map((cut) => Math.min(cut, lines.length)).sort((a, b) => a - b), lines.length];
      const blocks = at.slice(1).map((end, k) => lines.slice(at[k], end));
      const given = taken(blocks);
      expect(lines.map((_, row) => lineOf({ lines: given }, row))).toEqual(lines);
      expect(typeof given === 'number').toBe((lines.at(-1) as number) - lines[0] === lines.length - 1);
    }),
  );
});
