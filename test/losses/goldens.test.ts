import { describe, expect, it } from 'vitest';
import { LOSSES } from '../../src/losses/index.ts';
import { difference, flat, goldens } from '../support/goldens.ts';
import { evaluate, type Rows, runRows } from './kernel-run.ts';

const TOLERANCE = 1e-12;

const files = new Map(goldens().map((golden) => [golden.loss, golden] as const));

describe('golden files', () => {
  it('belong to a loss each, and each loss has one', () => {
    expect([...files.keys()].sort()).toEqual(LOSSES.map(({ name }) => name).sort());
  });

  it('name their reference and have at least five cases, each with a reason', () => {
    for (const { loss, reference, cases } of files.values()) {
      expect(reference, loss).not.toBe('');
      expect(cases.length, loss).toBeGreaterThanOrEqual(5);
      expect(new Set(cases.map(({ name }) => name)).size, loss).toBe(cases.length);
      for (const { name, why } of cases) expect(why, `${loss}: ${name}`).not.toBe('');
    }
  });
});

function expectClose(what: string, got: readonly number[], expected: readonly number[], tolerance = TOLERANCE): void {
  expect(got.length, what).toBe(expected.length);
  const wrong = got.flatMap((value, i) =>
    difference(value, expected[i]) <= tolerance ? [] : [`${i}: ${value} for ${expected[i]}`],
  );
  expect(wrong, what).toEqual([]);
}

for (const loss of LOSSES) {
  describe(`${loss.name} gives its golden values`, () => {
    const { cases } = files.get(loss.name) ?? { cases: [] };
    it.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
      const rows = golden as Rows; // its cells and parameters are those of a kernel's rows
      if (loss.kind !== 'fold') {
        expect(golden.losses).toBeDefined();
        expectClose('rows', [...runRows(loss, rows).out], flat(golden.losses ?? []), golden.tolerance);
      }
      expect(Object.keys(golden.reduced ?? {})).not.toEqual([]);
      for (const [reduction, value] of Object.entries(golden.reduced ?? {})) {
        expectClose(reduction, [evaluate(loss, rows, reduction)], flat(value), golden.tolerance);
      }
    });
  });
}
