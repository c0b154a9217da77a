/** Rows are sliced by the codes of their texts, where these have some, as they are by the texts. */
import { describe, expect, test } from 'vitest';
import { type SliceColumn, Slicer } from '../../src/engine/split.ts';
import { View } from '../../src/engine/view.ts';
import type { Column, TextColumn, Wanted } from '../../src/io/batch.ts';
import { generator } from '../io/number-texts.ts';
import { memoryTable } from '../support/memory-table.ts';

const ROWS = 3000;
const random = generator(3);

/** A column of `count` texts; two of its codes stand for the same one. */
function codedColumn(name: string, count: number): TextColumn & Required<Pick<TextColumn, 'coded'>> {
  const texts = Array.from({ length: count }, (_, k) => `${name}${k === 1 ? 0 : k}`);
  const codes = Int32Array.from({ length: ROWS }, () => Math.floor(random() * count));
  return { kind: 'text', values: Array.from(codes, (code) => texts[code]), coded: { codes, texts } };
}

const withoutCodes = ({ values }: TextColumn): TextColumn => ({ kind: 'text', values });
const withoutTexts = ({ coded }: TextColumn): TextColumn => ({
  kind: 'text',
  ...(coded && { coded }),
  get values(): string[] {
    throw new Error('all texts were made');
  },
});

function sliced(columns: readonly Column[]): unknown {
  const by: SliceColumn[] = columns.map((_, part) => ({ name: `by${part}`, part, edges: null }));
  const wanted = columns.map((_, column): Wanted => ({ column, as: 'text' }));
  const slicer = new Slicer(by);
  const view = new View(memoryTable({ by0: [] }), { rows: ROWS, first: 0, columns }, wanted);
  const ids = [slicer.ids(view), slicer.ids(view)].map((one) => [...(one ?? [])]);
  return { ids, keys: slicer.keys.map((key) => [...key]) };
}

describe('slices by codes', () => {
  test.each([
    ['one column', [8]],
    ['two', [5, 40]],
    ['three', [2, 7, 3]],
    ['more than are looked up', [200, 300]],
  ])('are those by texts: %s', (_, counts) => {
    const columns = counts.map((count, k) => codedColumn(`column${k}-`, count));
    const expected = sliced(columns.map(withoutCodes));
    expect(sliced(columns)).toEqual(expected);
    expect(sliced(columns.map(withoutTexts))).toEqual(expected);
    expect(sliced(columns.map((column, k) => (k === 0 ? withoutCodes(column) : column)))).toEqual(expected);
    const swapped = columns.map((column) => ({ ...column, coded: { ...column.coded, texts: column.coded.texts.toReversed() } }));
    expect(sliced(swapped)).not.toEqual(expected);
  });
});
