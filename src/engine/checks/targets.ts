/** Targets that leave a loss little to say. */
import { type Check, inputOf, whenAnyElement } from './check.ts';

const isWhole = (value: number) => value === Math.floor(value);
const isLabel = (holds: string) => holds === 'binary' || holds === 'sign' || holds === 'classes';

export const oneClass: Check = {
  code: 'D08',
  severity: 'warn',
  help: 'all labels are the same class',
  watch({ chosen, columns }) {
    // an image may be all background, and pairs may all be written the same way round
    if (!columns.has('target') || ['segmentation', 'ranking'].includes(chosen.loss.task)) return null;
    let only: ArrayLike<number> | undefined;
    const facts = { only: '', more: false };
    return {
      facts,
      absorb(next) {
        facts.more ||= next.more === true || (next.only !== '' && next.only !== facts.only);
      },
      see(seen) {
        const labels = inputOf(seen, ['target']);
        if (facts.more || !labels || seen.n === 0 || !isLabel(labels.input.holds)) return;
        const { data, width } = labels;
        const parts = labels.input.holds === 'classes' ? width : 1; // one probability per class makes one label
        only ??= data.slice(0, parts);
        facts.only ||= Array.from(only).join();
        for (let i = 0; !facts.more && i < seen.n * width; i++) facts.more = data[i] !== only[i % parts];
      },
      finding(rows) {
        if (facts.more || !only || rows < 2) return undefined;
        return `all ${rows} rows have ${only.length === 1 ? `the label ${only[0]}` : 'the same target'}: nothing is told about the others`;
      },
    };
  },
};

export const fractionalCounts: Check = {
  code: 'D12',
  severity: 'info',
  help: 'counts that are not whole numbers',
  watch({ chosen }) {
    const { target } = chosen.loss.inputs;
    if (!target || 'oneOf' in target || target.holds !== 'count' || target.shape === 'vector') return null;
    return whenAnyElement(
      ['target'],
      () => (value) => !isWhole(value),
      (count, total) => `${count} of ${total} counts are not whole: the likelihood is then only a quasi-likelihood`,
    );
  },
};

export const swappedRoles: Check = {
  code: 'D22',
  severity: 'warn',
  help: 'the prediction is all whole numbers and the target is not: probably swapped',
  watch({ chosen: { loss }, columns }) {
    const role = (['pred', 'probs'] as const).find((name) => columns.has(name));
    const asymmetric = ['regression', 'binary', 'multiclass', 'density'].includes(loss.task) && !loss.properties.symmetric;
    if (!role || !columns.has('target') || !asymmetric) return null;
    const facts = { broken: false, fractional: false };
    return {
      facts,
      see(seen) {
        const [target, pred] = [inputOf(seen, ['target']), inputOf(seen, [role])];
        if (!target || !pred) return;
        for (let i = 0; !facts.broken && i < seen.n * pred.width; i++) facts.broken = !isWhole(pred.data[i]);
        const open = () => !facts.broken && !facts.fractional;
        for (let i = 0; open() && i < seen.n * target.width; i++) facts.fractional = !isWhole(target.data[i]);
      },
      finding: (rows) =>
        !facts.broken && facts.fractional && rows > 1
          ? `--${role} holds only whole numbers and --target does not: are they swapped?`
          : undefined,
    };
  },
};

function countOf(flags: Uint8Array, flag: number): number {
  let count = 0;
  for (const one of flags) if (one === flag) count++;
  return count;
}

export const absentClass: Check = {
  code: 'D26',
  severity: 'warn',
  help: 'a class that no target has',
  watch({ chosen: { loss, classScheme, params } }) {
    const { target } = loss.inputs;
    const classified = loss.task === 'multiclass' || loss.task === 'segmentation'; // no text holds every word
    if (!classified || !target || 'oneOf' in target || target.holds !== 'classes') return null;
    const counts = classScheme && Array.isArray(params.classCounts) ? params.classCounts : []; // of a count of 0 D24 tells
    const facts = { seen: new Uint8Array(0) };
    return {
      facts,
      see(seen) {
        const labels = inputOf(seen, ['target']);
        const scores = inputOf(seen, ['logits', 'probs', 'logProbs', 'pred']);
        if (!labels || !scores || scores.input.holds === 'classes') return;
        if (facts.seen.length === 0) facts.seen = new Uint8Array(Math.max(2, scores.width)); // one score is that of class 1 of two
        const { data, width } = labels;
        const seenClasses = facts.seen;
        let left = countOf(seenClasses, 0);
        for (let i = 0; left > 0 && i < seen.n * width; i++) {
          const label = width === 1 ? data[i] : i % width;
          if (seenClasses[label] !== 0 || (width > 1 && !(data[i] > 0))) continue; // NaN is no class either
          seenClasses[label] = 1;
          left--;
        }
      },
      finding(rows) {
        const seenClasses = facts.seen;
        const classes = seenClasses.length;
        const absent = Array.from(seenClasses.keys()).filter((label) => seenClasses[label] === 0 && counts[label] !== 0);
        if (rows < classes || absent.length === 0 || countOf(seenClasses, 1) < 2) return undefined; // too few rows, or D08
        return `${absent.length} of ${classes} classes have no row, first ${absent[0]}: is the target complete, and numbered as the scores are?`;
      },
    };
  },
};

export const smoothedTwice: Check = {
  code: 'D27',
  severity: 'warn',
  help: 'label smoothing on targets that are soft already',
  watch({ chosen }) {
    if (!(Number(chosen.params.labelSmoothing) > 0)) return null;
    return whenAnyElement(
      ['target'],
      (seen) => {
        const target = inputOf(seen, ['target']);
        const mayBeSoft = target?.input.holds === 'binary' || (target?.width ?? 1) > 1;
        return (value) => mayBeSoft && value > 0 && value < 1;
      },
      (count) => `${count} target values are soft already: --label-smoothing softens them again`,
    );
  },
};
