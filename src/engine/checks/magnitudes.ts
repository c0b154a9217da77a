/** Values at the edge of what a formula bears. */
import { type Check, inputOf, whenAnyElement } from './check.ts';

export const crossedBounds: Check = {
  code: 'D14',
  severity: 'warn',
  help: 'a lower bound above its upper bound',
  watch({ columns }) {
    if (!columns.has('lower') || !columns.has('upper')) return null;
    return whenAnyElement(
      ['lower'],
      (lower, chunk, index) => lower > (inputOf(chunk, ['upper'])?.data[index] ?? Number.POSITIVE_INFINITY),
      (count, total) => `${count} of ${total} lower bounds are above their upper bounds`,
    );
  },
};

export const zeroVectors: Check = {
  code: 'D16',
  severity: 'warn',
  help: 'an embedding of length zero, which has no direction',
  watch({ chosen }) {
    if (chosen.loss.task !== 'embedding') return null;
    let count = 0;
    let first = '';
    return {
      see(chunk) {
        for (const { input, data, width, where } of chunk.inputs.values()) {
          if (input.holds !== 'embedding' || input.many) continue;
          for (let row = 0; row < chunk.n; row++) {
            if (data.subarray(row * width, (row + 1) * width).some((value) => value !== 0)) continue;
            if (count++ === 0) first = where(row, 0);
          }
        }
      },
      finding: () => (count > 0 ? `${count} embeddings have length zero and no direction` : undefined),
      first: () => first,
    };
  },
};

export const hugeLogRate: Check = {
  code: 'D28',
  severity: 'warn',
  help: 'a log-rate beyond 709, whose exponential overflows',
  watch({ chosen }) {
    if (chosen.params.logInput !== true) return null;
    return whenAnyElement(
      ['pred'],
      (value) => value > 709.78,
      (count) => `${count} log-rates are above 709.78: their exponential overflows; is --pred a rate? (--no-log-input)`,
    );
  },
};

export const wholeFileAsBatch: Check = {
  code: 'D17',
  severity: 'info',
  help: 'a loss that depends on the size of its batch, over the whole file',
  watch({ chosen, columns, grouped }) {
    const { loss } = chosen;
    if (loss.kind !== 'group' || loss.task !== 'embedding' || !('temperature' in loss.params)) return null; // a softmax over the batch
    if (grouped || columns.has('negatives')) return null;
    return {
      see() {},
      finding: (rows) =>
        rows > 1
          ? `the whole file is one batch of ${rows} rows, where guessing costs about ln ${rows} = ${Math.log(rows).toPrecision(4)}: pin --batch-size to compare runs`
          : undefined,
    };
  },
};
