/** What every kernel must hold, on rows of its own golden file: a new loss brings its rows along. */
import { describe, expect, it } from 'vitest';
import { type Inputs, kebab, type Loss, type Params, type ParamValues, type Values } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { type GoldenCase, goldens } from '../support/goldens.ts';
import { bindings } from './draw.ts';
import { bind, type Cell, fillParams, numbersOf, perRow, type Rows, rowCount, runFold, runRows } from './kernel-run.ts';

const MOST_PROBES = 12;
const FEW_ROWS = 3;

const all = new Map(goldens().map(({ loss, cases }) => [loss, cases] as const));

/** A few finite rows for each set of roles and parameters that the golden file has. */
function probesOf(loss: Loss): Rows[] {
  const bySetting = new Map<string, GoldenCase>();
  for (const golden of all.get(loss.name) ?? []) {
    const setting = JSON.stringify([Object.keys(golden.inputs), golden.params]);
    const finite =
      numbersOf(Object.values(golden.inputs) as Cell[]).every(Number.isFinite) && Number.isFinite(golden.reduced?.mean ?? 0);
    if (finite && !bySetting.has(setting)) bySetting.set(setting, golden);
  }
  return [...bySetting.values()].slice(0, MOST_PROBES).map(({ inputs, params }) => ({
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([role, cells]) => [
        role,
        (loss.kind === 'row' ? cells.slice(0, FEW_ROWS) : cells) as readonly Cell[],
      ]),
    ),
    params,
  }));
}

const probes = LOSSES.flatMap((loss) =>
  probesOf(loss).map(
    (rows) => [`${loss.name} of ${Object.keys(rows.inputs).map(kebab)} with ${JSON.stringify(rows.params)}`, loss, rows] as const,
  ),
);

function valuesOf(loss: Loss, rows: Rows): number[] {
  return loss.kind === 'fold' ? [runFold(loss, rows)] : [...runRows(loss, rows).out];
}

/** The rows with one number at a time made NaN. */
function* spoiled(rows: Rows): Generator<Rows> {
  for (const [role, cells] of Object.entries(rows.inputs)) {
    const spoil = (cell: Cell): Cell[] =>
      Array.isArray(cell) ? cell.flatMap((_, i) => spoil(cell[i]).map((bad) => cell.with(i, bad))) : [Number.NaN];
    for (const bad of spoil(cells[0])) yield { ...rows, inputs: { ...rows.inputs, [role]: [bad, ...cells.slice(1)] } };
  }
}

describe('kernels', () => {
  it('are probed for every loss, and their properties tried on rows that can be drawn', () => {
    for (const loss of LOSSES) expect(bindings(loss, {}).length, loss.name).toBeGreaterThan(0);
    for (const loss of LOSSES) expect(probesOf(loss).length, loss.name).toBeGreaterThan(0);
  });

  it.each(probes)('%s: write n rows, read no more, and give numbers', (_, loss, rows) => {
    // The arrays that `bind` makes go on with NaN after the last row: to read one would show in the result.
    for (const value of valuesOf(loss, rows)) expect(value).not.toBeNaN();
  });

  it.each(probes)('%s: leave inputs as they are', (_, loss, rows) => {
    const { values, bound } = bind(loss, rows);
    const before = bound.map(({ data }) => data.slice());
    const params = fillParams(loss, rows.params) as ParamValues<Params>;
    const n = rowCount(rows);
    const size = Math.max(...bound.map(({ data }) => data.length));
    if (loss.kind === 'fold')
      loss.fold(values as Values<Inputs>, params, n, new Float64Array(n).fill(1), { add: () => {}, addAll: () => {} });
    else loss.kernel(values as Values<Inputs>, params, n, new Float64Array(size), new Float64Array(size).fill(1));
    expect(bound.map(({ data }) => data)).toEqual(before);
  });

  it.each(probes)('%s: NaN in an input comes out, or was never looked at', (_, loss, rows) => {
    const clean = valuesOf(loss, rows);
    let reached = 0;
    for (const given of spoiled(rows)) {
      const values = valuesOf(loss, given);
      const nan = values.some(Number.isNaN);
      if (nan) reached++;
      else expect(values, JSON.stringify(given.inputs)).toEqual(clean); // any other number would be made up
    }
    expect(reached).toBeGreaterThan(0);
  });

  it.each(probes)('%s: treat the slices of a file like the file', (_, loss, rows) => {
    if (loss.kind !== 'row') return;
    const slice = (from: number, to: number) => ({
      ...rows,
      inputs: Object.fromEntries(Object.entries(rows.inputs).map(([role, cells]) => [role, cells.slice(from, to)])),
    });
    const n = rowCount(rows);
    expect(Array.from({ length: n }, (_, row) => perRow(loss, slice(row, row + 1))).flat()).toEqual(perRow(loss, rows));
  });
});
