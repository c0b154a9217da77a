/** Checked inputs -> the shape a kernel declares for them. */
import type { Choice, Inputs, Loss, Matrix, Numbers, Values } from '../losses/define.ts';
import type { BoundMatrix } from './domain.ts';

type Value = Numbers | Matrix | Choice<string> | undefined;

export function kernelValues(loss: Loss, bound: ReadonlyMap<string, BoundMatrix>): Values<Inputs> {
  const values: Record<string, Value> = {};
  for (const [name, declared] of Object.entries(loss.inputs)) {
    const matrix = bound.get(name);
    if (!matrix) {
      values[name] = undefined;
      continue;
    }
    const { role, data, width, channels } = matrix;
    const vector = { data, width, ...(channels !== undefined && { channels }) };
    if ('oneOf' in declared) values[name] = { role, ...vector };
    else values[name] = declared.shape === 'vector' ? vector : data;
  }
  return values as Values<Inputs>;
}
