/** Groups that leave a loss little to say, and a batch that nobody chose. */
import type { ParamValue } from '../../losses/define.ts';
import { softplus } from '../../losses/math/softplus.ts';
import type { BoundMatrix } from '../domain.ts';
import { type Check, inputOf } from './check.ts';

/** What guessing costs in a batch of n rows, and how that comes about. */
function guess(n: number, columns: ReadonlyMap<string, unknown>, b: ParamValue | undefined): string {
  if (typeof b === 'number') return (softplus(-b) + (n - 1) * softplus(b)).toPrecision(4);
  const rivals = columns.has('view1') ? 2 * n - 1 : columns.has('embedding') ? n - 1 : n;
  return `ln ${rivals} = ${Math.log(rivals).toPrecision(4)}`;
}

export const wholeFileAsBatch: Check = {
  code: 'D17',
  severity: 'info',
  help: 'a loss that depends on the size of its batch, over the whole file',
  watch({ chosen: { loss, params }, columns, grouped }) {
    const contrasts = 'temperature' in loss.params || loss.name === 'siglip'; // each row against all others of its batch
    if (loss.kind !== 'group' || loss.task !== 'embedding' || !contrasts) return null;
    if (grouped || columns.has('negatives')) return null;
    return {
      finding: (rows) =>
        rows > 1
          ? `the whole file is one batch of ${rows} rows, where guessing costs about ${guess(rows, columns, params.b)}: pin --batch-size to compare runs`
          : undefined,
    };
  },
};

const allEqual = ({ data }: BoundMatrix, n: number) => {
  for (let i = 1; i < n; i++) if (data[i] !== data[0]) return false;
  return true;
};

const anyPositive = ({ data }: BoundMatrix, n: number) => {
  for (let i = 0; i < n; i++) if (data[i] > 0) return true;
  return false;
};

export const idleGroups: Check = {
  code: 'D25',
  severity: 'info',
  help: 'groups with nothing to put in order: of one row, without a positive, or with ties only',
  watch({ chosen: { loss } }) {
    if (loss.kind !== 'group' || (loss.task !== 'ranking' && loss.task !== 'survival')) return null;
    const survival = loss.task === 'survival';
    let groups = 0;
    let single = 0;
    let without = 0;
    let tied = 0;
    return {
      seeGroup(seen) {
        const order = inputOf(seen, ['time', 'target']);
        const marks = inputOf(seen, ['event', 'target']);
        if (!order || !marks) return;
        const graded = survival || marks.input.min === 0; // relevance from 0 on: elsewhere 0 says nothing
        groups++;
        if (seen.n === 1) single++;
        else if (graded && !anyPositive(marks, seen.n)) without++;
        else if (allEqual(order, seen.n)) tied++;
      },
      finding() {
        const idle = single + without + tied;
        if (idle === 0) return undefined;
        const kinds = [
          single && `${single} of a single row`,
          without && `${without} without ${survival ? 'an event' : 'a relevant item'}`,
          tied && `${tied} with equal ${survival ? 'times' : 'targets'} only`,
        ].filter(Boolean);
        return `${idle} of ${groups} groups have nothing to put in order: ${kinds.join(', ')}; is --group the column that tells them apart?`;
      },
    };
  },
};
