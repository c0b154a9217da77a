/** `--compat`: the numbers that libraries give with their own defaults, which `fixtures/compat` holds. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultsOf, LIBRARY_NAMES } from '../../src/engine/compat.ts';
import { resolve } from '../../src/engine/resolve.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { equivalentOf, type LibraryName } from '../../src/losses/libraries.ts';
import { inRange, rangeText } from '../../src/losses/range.ts';
import { faultOf } from '../support/fault.ts';
import { columnsOf, difference, type GoldenCase, paramsOf, rolesOf, toNumber } from '../support/goldens.ts';
import { evaluate } from '../support/memory-table.ts';

type CompatCase = Omit<GoldenCase, 'losses' | 'reduced' | 'why'> & {
  readonly library: LibraryName;
  /** The call it comes from, or whose formula was written down a second time. */
  readonly reference: string;
  readonly value: number;
};

interface CompatFile {
  readonly loss: string;
  readonly cases: readonly CompatCase[];
}

const FOLDER = join(import.meta.dirname, '../../fixtures/compat');
const FILES = readdirSync(FOLDER).map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as CompatFile);

const PAIRS = LOSSES.flatMap((loss) =>
  LIBRARY_NAMES.flatMap((library) => {
    const equivalent = equivalentOf(loss, library);
    return equivalent ? [{ loss, library, equivalent }] : [];
  }),
);

describe.each(FILES)('$loss', ({ loss, cases }) => {
  test.each(cases)('$library: $name', async (golden) => {
    const weight = golden.weight && { weight: 'weight' };
    const [result] = await evaluate(columnsOf(golden), {
      loss,
      params: paramsOf(golden),
      columnsOf: rolesOf(golden),
      compat: golden.library,
      ...weight,
    });
    expect(difference(result.value, toNumber(golden.value)), `${result.value} for ${golden.value}`).toBeLessThanOrEqual(
      golden.tolerance ?? 1e-12,
    );
  });
});

describe('what losses say of libraries', () => {
  const known = new Set(FILES.flatMap(({ loss, cases }) => cases.map(({ library }) => `${library} ${loss}`)));

  test('whatever --compat changes for a loss has a value of that library', () => {
    const changed = PAIRS.filter(({ loss, library }) => typeof loss.equivalents[library] === 'object').filter(
      ({ equivalent }) => equivalent.differs === undefined && (equivalent.params || equivalent.reduction),
    );
    expect(changed.map(({ loss, library }) => `${library} ${loss.name}`).filter((pair) => !known.has(pair))).toEqual([]);
  });

  test.each(
    PAIRS.filter(({ equivalent }) => equivalent.params).map((pair) => [`${pair.loss.name} ${pair.library}`, pair] as const),
  )('%s: other values than the defaults here, within their range', (_, { loss, equivalent }) => {
    for (const [key, value] of Object.entries(equivalent.params ?? {})) {
      const param = loss.params[key];
      expect(param, key).toBeDefined();
      expect(value, key).not.toEqual(param.default);
      if (param.type === 'number') expect(inRange(Number(value), param), rangeText(param)).toBe(true);
      if (param.type === 'choice') expect(param.options).toContain(value);
      if (param.type === 'boolean') expect(typeof value).toBe('boolean');
    }
  });
});

describe('--compat', () => {
  const choose = (spec: string, compat?: LibraryName, flags: [string, string][] = []) =>
    resolve(LOSSES, { specs: [spec], flags: new Map(flags), reduction: undefined, compat })[0];

  test('sets defaults, which flags and specs override', () => {
    expect(choose('kl-div').reduction).toBe('batchmean');
    expect(choose('kl-div', 'torch').reduction).toBe('mean');
    expect(choose('kl-div:compat=torch').reduction).toBe('mean');
    expect(choose('mape', 'keras').params).toMatchObject({ percent: true, eps: 1e-7 });
    expect(choose('mape', 'keras', [['eps', '0.5']]).params).toMatchObject({ percent: true, eps: 0.5 });
    expect(choose('mape:eps=0.25', 'keras').params).toMatchObject({ percent: true, eps: 0.25 });
    expect(choose('mape:compat=sklearn', 'keras').params).toEqual(choose('mape').params);
  });

  test('refuses a library that has no such loss, or gives another number', () => {
    const missing = faultOf(() => choose('giou', 'sklearn'));
    expect(missing.message).toBe('giou: scikit-learn has no such loss');
    expect(missing.hint).toContain('torchvision');
    expect(faultOf(() => choose('giou:compat=numpy')).message).toContain('there is no library "numpy"');
    const other = PAIRS.find(({ equivalent }) => equivalent.differs !== undefined);
    expect(other).toBeDefined();
    if (other) expect(faultOf(() => defaultsOf(other.loss, other.library)).message).toContain(other.equivalent.differs);
  });
});
