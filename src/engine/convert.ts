/** One convention in, another out: labels to 0/1 or -1/+1, boxes to corners. Copies only what has to change. */
import { Fault } from '../io/fault.ts';
import type { Holds } from '../losses/define.ts';
import { IGNORED } from '../losses/params.ts';
import type { BoundMatrix } from './domain.ts';
import type { Chosen } from './resolve.ts';

export type ConventionFacts = readonly [zero: string | undefined, minusOne: string | undefined];

/** Which of the two ways to write a negative label a file uses; remembered over batches, because both at once is a mistake. */
export class LabelConvention {
  #zero: string | undefined;
  #minusOne: string | undefined;

  /** Where the first label of each way stands. */
  get facts(): ConventionFacts {
    return [this.#zero, this.#minusOne];
  }

  /** Adds what was found in the rows that come next; false where that would be both ways at once. */
  absorb([zero, minusOne]: ConventionFacts): boolean {
    if ((this.#zero ?? zero) !== undefined && (this.#minusOne ?? minusOne) !== undefined) return false;
    this.#zero ??= zero;
    this.#minusOne ??= minusOne;
    return true;
  }

  /** Labels as `negative` and 1; soft labels between 0 and 1 stay when `negative` is 0. */
  apply(bound: BoundMatrix, rows: number, negative: 0 | -1): BoundMatrix {
    const other = negative === 0 ? -1 : 0;
    const { data, width } = bound;
    let copy: Float64Array | undefined;
    for (let i = 0; i < rows * width; i++) {
      const label = data[i];
      if (label === 0) this.#zero ??= at(bound, i);
      else if (label === -1) this.#minusOne ??= at(bound, i);
      else if (negative === -1 && label !== 1 && !Number.isNaN(label) && !(bound.leavesOut && label === IGNORED)) {
        throw new Fault(`${at(bound, i)}: ${label} is not a binary label`, bound.input.hint, 'D06');
      }
      if (label === other) {
        copy ??= Float64Array.from(data);
        copy[i] = negative;
      }
    }
    if (this.#zero !== undefined && this.#minusOne !== undefined) {
      throw new Fault(
        `${this.#minusOne}: label -1 in a column that also has label 0 (${this.#zero})`,
        'labels are 0/1 or -1/+1, not both',
        'D06',
      );
    }
    return copy ? { ...bound, data: copy } : bound;
  }
}

function at(bound: BoundMatrix, index: number): string {
  const row = Math.floor(index / bound.width);
  return bound.where(row, index - row * bound.width);
}

/** Boxes given as corner and size, or centre and size -> x1, y1, x2, y2. */
export function toCorners(bound: BoundMatrix, rows: number, boxes: string): BoundMatrix {
  if (boxes === 'xyxy') return bound;
  const data = new Float64Array(rows * 4);
  for (let i = 0; i < rows * 4; i += 4) {
    const [x, y, width, height] = bound.data.subarray(i, i + 4);
    const left = boxes === 'cxcywh' ? x - 0.5 * width : x;
    const top = boxes === 'cxcywh' ? y - 0.5 * height : y;
    data[i] = left;
    data[i + 1] = top;
    data[i + 2] = boxes === 'cxcywh' ? x + 0.5 * width : x + width;
    data[i + 3] = boxes === 'cxcywh' ? y + 0.5 * height : y + height;
  }
  return { ...bound, data };
}

/** What a parameter such as the temperature divides values of this kind by. */
export function divisorOf({ loss, params }: Pick<Chosen, 'loss' | 'params'>, holds: Holds): number {
  const dividing = Object.keys(loss.params).filter((key) => {
    const param = loss.params[key];
    return param.type === 'number' && param.divides === holds;
  });
  return dividing.reduce((product, key) => product * Number(params[key]), 1);
}

export function divided(bound: BoundMatrix, rows: number, divisor: number): BoundMatrix {
  return { ...bound, data: Float64Array.from(bound.data.subarray(0, rows * bound.width), (value) => value / divisor) };
}
