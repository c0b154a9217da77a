/** Every kernel over many rows, in a process of its own: prints JSON, { loss: { rows, elements, seconds } }. Bundled by kernels.js. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlotValues } from '../src/engine/partial.ts';
import type { Loss } from '../src/losses/define.ts';
import { LOSSES } from '../src/losses/index.ts';
import { bind, type Cell, fillParams, numbersOf, type Rows } from '../test/losses/kernel-run.ts';

/** Numbers in the widest input. */
const NUMBERS = 1_000_000;
/** Rows of a group whose cost grows with their square. */
const GROUP = 1_000;
const REPEATS = 5;

const [golden] = process.argv.slice(2) as [string];

/** The first golden case whose numbers are finite, repeated to the size of the bench. */
export function rowsFor(loss: Loss): Rows {
  const { cases } = JSON.parse(readFileSync(join(golden, `${loss.name}.json`), 'utf8')) as { cases: Rows[] };
  const hasNumbers = ({ inputs }: Rows) => Object.values(inputs).every((cells) => cells.flatMap(numbersOf).every(Number.isFinite));
  const [{ inputs, params }] = cases.filter(hasNumbers);
  const given = Object.values(inputs)[0].length;
  const width = Math.max(...Object.values(inputs).map((cells) => numbersOf(cells[0]).length));
  const rows = loss.kind === 'group' ? (loss.values === 'group' ? given : GROUP) : Math.floor(NUMBERS / width);
  const tiled = (cells: readonly Cell[]) => Array.from({ length: rows }, (_, row) => cells[row % given]);
  return { inputs: Object.fromEntries(Object.entries(inputs).map(([role, cells]) => [role, tiled(cells)])), params };
}

function secondsOf(work: () => void): number {
  const times = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return Math.min(...times);
}

function measure(loss: Loss): { rows: number; seconds: number } {
  const rows = rowsFor(loss);
  const { values, bound } = bind(loss, rows);
  const n = Object.values(rows.inputs)[0].length;
  const params = fillParams(loss, rows.params);
  if (loss.kind === 'fold') {
    const weight = new Float64Array(n).fill(1);
    const fold = () =>
      loss.fold(values, params, n, weight, new SlotValues(loss.slots(values, params), (slot) => loss.combine?.(slot) ?? 'sum'));
    return { rows: n, seconds: secondsOf(fold) };
  }
  const elements = loss.kind === 'row' && loss.elements ? n * Math.max(...bound.map(({ width }) => width)) : n;
  const out = new Float64Array(elements);
  const norm = new Float64Array(elements).fill(1);
  const lists = loss.kind === 'group' && loss.values === 'group' ? Math.ceil(GROUP / n) : 1; // short lists are run many times
  const kernel = () => {
    for (let list = 0; list < lists; list++) loss.kernel(values, params, elements, out, norm);
  };
  return { rows: n * lists, seconds: secondsOf(kernel) };
}

const measured = LOSSES.map((loss) => [loss.name, measure(loss)] as const);
process.stdout.write(JSON.stringify(Object.fromEntries(measured)));
