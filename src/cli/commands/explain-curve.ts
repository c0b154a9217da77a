/** The curve of a loss: its kernel along the first sweep that fits. */
import type { BoundMatrix } from '../../engine/domain.ts';
import { kernelValues } from '../../engine/values.ts';
import type { Input, Loss, RowLoss } from '../../losses/define.ts';
import type { RoleName } from '../../losses/roles.ts';
import type { Point } from '../render/plot.ts';
import { type Sweep, sweepsOf } from '../render/sweep.ts';
import type { Cells } from '../render/sweep-families.ts';

export interface Curve {
  /** What x is. */
  readonly x: string;
  /** Loss against x; NaN where x lies outside the domain. */
  readonly points: readonly Point[];
}

/** `null` where no sweep comes naturally, or the loss stays the same along it. */
export function curveOf(loss: Loss): Curve | null {
  if (loss.kind !== 'row') return null;
  const sweep = sweepOf(loss);
  if (!sweep) return null;
  const points = gridOf(sweep).map((x): Point => [x, lossAt(loss, sweep, sweep.row(x))]);
  return new Set(points.map(([, y]) => y)).size > 1 ? { x: sweep.x, points } : null;
}

/** The first sweep that meets the domain, and whose twin agrees with it. */
export function sweepOf(loss: RowLoss): Sweep | undefined {
  return sweepsOf(loss).find((sweep) => {
    const { row, twin = row } = sweep;
    const pairs = gridOf(sweep).map((x) => [lossAt(loss, sweep, row(x)), lossAt(loss, sweep, twin(x))]);
    return pairs.some(([y]) => Number.isFinite(y)) && pairs.every(([y, other]) => same(y, other));
  });
}

/** Points less one: over -4 to 4 and 0 to 1 the steps are round, and kinks at whole numbers are met. */
const STEPS = 40;

function gridOf({ from, to }: Sweep): number[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => (from * (STEPS - i) + to * i) / STEPS);
}

/** Up to rounding, which differs between a row and its twin. */
function same(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a));
}

/** The loss of one row, its elements reduced as `--reduction none` shows them. */
function lossAt(loss: RowLoss, { params }: Sweep, row: Cells | undefined): number {
  if (!row) return Number.NaN;
  const bound = bind(loss, row);
  const elements = loss.elements ? Math.max(...[...bound.values()].map(({ width }) => width)) : 1;
  const out = new Float64Array(elements);
  loss.kernel(kernelValues(loss, bound), params, elements, out, new Float64Array(elements).fill(1));
  const sum = out.reduce((a, b) => a + b, 0);
  return loss.elements === 'mean' ? sum / elements : sum;
}

function bind(loss: RowLoss, row: Cells): Map<string, BoundMatrix> {
  const bound = new Map<string, BoundMatrix>();
  for (const [name, declared] of Object.entries(loss.inputs)) {
    const inputs: readonly [string, Input][] = 'oneOf' in declared ? Object.entries(declared.oneOf) : [[name, declared]];
    for (const [role, input] of inputs.filter(([role]) => role in row)) {
      const data = Float64Array.from(row[role]);
      bound.set(name, { role: role as RoleName, input, data, width: data.length, where: () => 'sweep' });
    }
  }
  return bound;
}
