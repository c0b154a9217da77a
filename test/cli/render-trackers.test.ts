/** The formats of services that keep values over time: DVC, Bencher, github-action-benchmark. */
import { describe, expect, it } from 'vitest';
import { actionBenchmark } from '../../src/cli/render/action-benchmark.ts';
import { bencher } from '../../src/cli/render/bencher.ts';
import { dvc } from '../../src/cli/render/dvc.ts';
import { plainName } from '../../src/cli/render/escape.ts';
import type { Renderer } from '../../src/cli/render/index.ts';
import type { Result } from '../../src/engine/result.ts';
import { hostileReport, PLAIN, report, result, SLICES } from './render-reports.ts';

const slice = new Map([['region', 'eu']]);
const RESULTS = [
  result(),
  result({ id: 'mae', value: 0.1 + 0.2, unit: 'target' }),
  result({ id: 'mae', slice, value: 1.2, unit: 'target' }),
  result({ id: 'mae', slice: new Map([['region', 'us']]), status: 'nan', value: Number.NaN }),
];

const parsed = (renderer: Renderer, results: readonly Result[]) => JSON.parse(renderer.render(report({ results }), PLAIN));

describe('dvc', () => {
  it('is a tree of numbers: a loss without slices is a number', () => {
    expect(parsed(dvc, RESULTS)).toEqual({ huber: 48.3, mae: { all: 0.30000000000000004, 'region=eu': 1.2, 'region=us': null } });
    expect(parsed(dvc, [result({ status: 'inf', value: Number.POSITIVE_INFINITY })])).toEqual({ huber: null });
  });

  it('is taken by DVC as far as it has numbers', () => {
    // As `_extract_metrics` of DVC reads it.
    const taken = (node: unknown): unknown => {
      if (typeof node === 'number') return node;
      if (typeof node !== 'object' || node === null) return undefined;
      const entries = Object.entries(node).map(([key, value]) => [key, taken(value)]);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    };
    expect(taken(parsed(dvc, RESULTS))).toEqual({ huber: 48.3, mae: { all: 0.30000000000000004, 'region=eu': 1.2 } });
  });
});

describe('bencher', () => {
  it('has a benchmark for each slice and a measure for each loss', () => {
    expect(parsed(bencher, RESULTS)).toEqual({
      all: { huber: { value: 48.3 }, mae: { value: 0.30000000000000004 } },
      'region=eu': { mae: { value: 1.2 } },
    });
  });

  it('gives an object also where no value is finite', () => {
    expect(bencher.render(report({ results: [result({ status: 'empty' })] }), PLAIN)).toBe('{}\n');
  });
});

describe('github-action-benchmark', () => {
  it('is a list of named values with their units', () => {
    const extra = 'huber|delta:1|mean|n:442';
    expect(parsed(actionBenchmark, RESULTS)).toEqual([
      { name: 'huber', unit: 'target^2', value: 48.3, extra },
      { name: 'mae', unit: 'target', value: 0.30000000000000004, extra },
      { name: 'mae{region=eu}', unit: 'target', value: 1.2, extra },
    ]);
  });
});

/** Every key and every string under `name`. */
function names(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [key, ...(key === 'name' ? [value] : []), ...names(value)]);
}

describe('names from data', () => {
  const HARMFUL = /[`|<>&@[\]\p{Cc}\p{Cf}\u2028\u2029]/u;

  it.each([dvc, bencher, actionBenchmark].map((renderer) => [renderer.name, renderer] as const))(
    'of %s can go into a comment as they are, and stay apart',
    (_, renderer) => {
      const found = names(JSON.parse(renderer.render(hostileReport(), PLAIN)));
      expect(found.filter((name) => HARMFUL.test(name))).toEqual([]);
      expect(new Set(found.filter((name) => name.includes('='))).size).toBe(SLICES);
    },
  );

  it.each([
    ['a`b|c', 'a\\x60b\\x7cc'],
    ['<@org>[x]&', '\\x3c\\x40org\\x3e\\x5bx\\x5d\\x26'],
    ['region=eu, "x"', 'region=eu, "x"'],
  ])('%j is %j', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });

  it('would be found out', () => {
    expect(names([{ name: 'a`b' }]).some((name) => HARMFUL.test(name))).toBe(true);
  });
});
