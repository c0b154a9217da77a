/** Checked inputs -> the shape a kernel declares for them. */
import type { Inputs, Loss, Matrix, Numbers, Values } from '../losses/define.ts';
import type { BoundMatrix } from './domain.ts';

type Value = Numbers | Matrix | { role: string; data: Numbers; width: number } | undefined;

export function kernelValues(loss: Loss, bound: ReadonlyMap<string, BoundMatrix>): Values<Inputs> {
  const values: Record<string, Value> = {};
  for (const [name, declared] of Object.entries(loss.inputs)) {
    const matrix = bound.get(name);
    if (!matrix) values[name] = undefined;
    else if ('oneOf' in declared) values[name] = { role: matrix.role, data: matrix.data, width: matrix.width };
    else if (declared.shape === 'vector') values[name] = { data: matrix.data, width: matrix.width };
    else values[name] = matrix.data;
  }
  return values as Values<Inputs>;
}
