import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOSSES } from '../../src/losses/index.ts';
import { type Cell, difference, evaluate, numbersOf, type Rows, runRows } from './kernel-run.ts';

interface GoldenCase extends Rows {
  readonly name: string;
  readonly why: string;
  readonly losses?: readonly Cell[];
  readonly reduced: { readonly [reduction: string]: Cell };
  readonly tolerance?: number;
}

interface Golden {
  readonly loss: string;
  readonly reference: string;
  readonly cases: readonly GoldenCase[];
}

const FOLDER = new URL('../../fixtures/golden/', import.meta.url);
const TOLERANCE = 1e-12;

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const goldens = new Map(files.map((name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Golden] as const));

describe('golden files', () => {
  it('belong to a loss each, and each loss has one', () => {
    expect([...goldens.keys()].sort()).toEqual(LOSSES.map(({ name }) => `${name}.json`).sort());
    for (const [name, golden] of goldens) expect(`${golden.loss}.json`).toBe(name);
  });

  it('name their reference and have at least five cases, each with a reason', () => {
    for (const { loss, reference, cases } of goldens.values()) {
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
    const { cases } = goldens.get(`${loss.name}.json`) ?? { cases: [] };
    it.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
      if (loss.kind !== 'fold') {
        expect(golden.losses).toBeDefined();
        expectClose('rows', [...runRows(loss, golden).out], numbersOf(golden.losses ?? []), golden.tolerance);
      }
      expect(Object.keys(golden.reduced)).not.toEqual([]);
      for (const [reduction, value] of Object.entries(golden.reduced)) {
        expectClose(reduction, [evaluate(loss, golden, reduction)], numbersOf(value), golden.tolerance);
      }
    });
  });
}
