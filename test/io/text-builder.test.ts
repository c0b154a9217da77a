/** Whether texts come one by one, as texts, or as codes: a batch has the same. */
import { describe, expect, test } from 'vitest';
import type { TextColumn } from '../../src/io/batch.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';
import { TextBuilder } from '../../src/io/text-builder.ts';

const CONTEXT = { name: 'region', labels: undefined, limits: DEFAULT_LIMITS, where: () => 'here' };
const EAST_WEST = { codes: Int32Array.of(0, 1, 0, 0), texts: ['east', 'west'] };
const NORTH = { codes: Int32Array.of(0, 0), texts: ['north'] };

type Step = (builder: TextBuilder) => void;
const coded: Step = (builder) => builder.pushCoded(EAST_WEST, 3);
const others: Step = (builder) => builder.pushCoded(NORTH, 2);
const texts: Step = (builder) => builder.pushTexts(['a', 'b', 'c'], 2);
const single: Step = (builder) => builder.push(7);

/** One batch of them. */
function cut(builder: TextBuilder, steps: readonly Step[]): TextColumn {
  for (const step of steps) step(builder);
  return builder.cut()() as TextColumn;
}

describe('a column of texts', () => {
  test.each([
    ['codes', [coded, coded], ['east', 'west', 'east', 'east', 'west', 'east'], true],
    ['texts', [texts, single], ['a', 'b', '7'], false],
    ['texts after codes', [coded, texts], ['east', 'west', 'east', 'a', 'b'], false],
    ['a cell after codes', [coded, single, coded], ['east', 'west', 'east', '7', 'east', 'west', 'east'], false],
    ['codes of other texts', [coded, others, coded], ['east', 'west', 'east', 'north', 'north', 'east', 'west', 'east'], false],
    ['nothing', [], [], false],
  ])('of %s', (_, steps, values, hasCodes) => {
    const builder = new TextBuilder(CONTEXT);
    for (const column of [cut(builder, steps), cut(builder, steps)]) {
      expect(column.values).toEqual(values);
      expect(column.coded !== undefined).toBe(hasCodes);
    }
  });

  test('does not change with the codes that it was made of', () => {
    const codes = Int32Array.of(1, 1);
    const builder = new TextBuilder(CONTEXT);
    builder.pushCoded({ codes, texts: ['east', 'west'] }, 2);
    codes.fill(0);
    expect((builder.cut()() as TextColumn).values).toEqual(['west', 'west']);
  });

  test('is made again by a copy for another thread', () => {
    const copy = structuredClone(cut(new TextBuilder(CONTEXT), [coded]));
    expect(copy.values).toEqual(['east', 'west', 'east']);
  });
});
