/** Each check with data that trigger it, and a twin that differs only in what the check looks for. */
import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../src/engine/checks/index.ts';
import { type Columns, evaluateFindings } from '../support/memory-table.ts';
import { ANSWERS } from './checks/answers.ts';
import { GEOMETRY } from './checks/geometry.ts';
import { GROUPS } from './checks/groups.ts';
import { INTERVALS } from './checks/intervals.ts';
import { MAGNITUDES } from './checks/magnitudes.ts';
import { MASKS } from './checks/masks.ts';
import { SCALES } from './checks/scales.ts';
import { TARGETS } from './checks/targets.ts';
import { WEIGHTS } from './checks/weights.ts';

const CASES = [...SCALES, ...TARGETS, ...MASKS, ...MAGNITUDES, ...INTERVALS, ...GEOMETRY, ...GROUPS, ...ANSWERS, ...WEIGHTS];

describe('checks', () => {
  test.each(CASES)('$code: $run.loss', async ({ code, run, triggers, twin, twinRun, says }) => {
    const found = (await evaluateFindings(triggers, run)).filter((finding) => finding.code === code);
    expect(found.map(({ message, first }) => (first ? `${message}; first at ${first}` : message))).toEqual([
      expect.stringMatching(says),
    ]);
    expect((await evaluateFindings(twin, twinRun ?? run)).filter((finding) => finding.code === code)).toEqual([]);
  });

  test.each(CASES)('$code: $run.loss, in batches of one row and silenced', async ({ code, run, triggers }) => {
    const found = (await evaluateFindings(triggers, { ...run, batchRows: 1 })).filter((finding) => finding.code === code);
    expect(found).toEqual((await evaluateFindings(triggers, run)).filter((finding) => finding.code === code));
    expect((await evaluateFindings(triggers, { ...run, allow: new Set([code]) })).map((finding) => finding.code)).not.toContain(
      code,
    );
  });

  test.each(CASES)('$code: $run.loss, with the rows the other way round', async ({ code, run, triggers }) => {
    if (run.groupSize !== undefined) return; // the order makes the groups
    const backwards = Object.fromEntries(Object.entries(triggers).map(([name, cells]) => [name, [...cells].reverse()]));
    const said = async (columns: Columns) => {
      const found = (await evaluateFindings(columns, run)).filter((finding) => finding.code === code);
      return found.map(({ message }) => message);
    };
    expect(await said(backwards)).toEqual(await said(triggers));
  });

  test('every check has a case', () => {
    const found = new Set(CASES.map(({ code }) => code));
    expect([...found].sort()).toEqual([...new Set(CHECKS.map(({ code }) => code))].sort());
  });
});
