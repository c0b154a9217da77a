/** Targets that leave a loss little to say. */
import { type Check, inputOf, whenAnyElement } from './check.ts';

const isLabel = (holds: string | undefined) => holds === 'binary' || holds === 'sign' || holds === 'classes';

export const oneClass: Check = {
  code: 'D08',
  severity: 'warn',
  help: 'all labels are the same class',
  watch({ chosen }) {
    const target = chosen.loss.inputs.target;
    if (!target || 'oneOf' in target || !isLabel(target.holds) || chosen.loss.task === 'segmentation') return null;
    let only: number | undefined;
    let more = false;
    return {
      see(chunk) {
        const labels = inputOf(chunk, ['target']);
        for (let i = 0; !more && labels && i < chunk.n * labels.width; i++) {
          only ??= labels.data[i];
          more = labels.data[i] !== only;
        }
      },
      finding: (rows) =>
        !more && only !== undefined && rows > 1
          ? `all ${rows} rows have the label ${only}: nothing is told about the others`
          : undefined,
    };
  },
};

export const zeroTargets: Check = {
  code: 'D10',
  severity: 'warn',
  help: 'targets of 0 in a loss that divides by them',
  watch({ chosen }) {
    if (!('zeroTarget' in chosen.params) || chosen.params.zeroTarget === 'skip') return null;
    return whenAnyElement(
      ['target'],
      (value) => value === 0,
      (count, total) =>
        `${count} of ${total} targets are 0: they are divided by eps and decide the mean (--zero-target skip leaves them out)`,
    );
  },
};

export const fractionalCounts: Check = {
  code: 'D12',
  severity: 'info',
  help: 'counts that are not whole numbers',
  watch({ chosen }) {
    const target = chosen.loss.inputs.target;
    if (!target || 'oneOf' in target || target.holds !== 'count') return null;
    return whenAnyElement(
      ['target'],
      (value) => value !== Math.floor(value),
      (count, total) => `${count} of ${total} counts are not whole: the likelihood is then only a quasi-likelihood`,
    );
  },
};

export const swappedRoles: Check = {
  code: 'D22',
  severity: 'warn',
  help: 'the prediction is all whole numbers and the target is not: probably swapped',
  watch({ chosen }) {
    if (chosen.loss.task !== 'regression' || chosen.loss.properties.symmetric) return null;
    let whole = true;
    let fractional = false;
    return {
      see(chunk) {
        const [target, pred] = [inputOf(chunk, ['target']), inputOf(chunk, ['pred'])];
        if (!target || !pred) return;
        for (let i = 0; i < chunk.n * pred.width && (whole || !fractional); i++) {
          whole &&= pred.data[i] === Math.floor(pred.data[i]);
          fractional ||= target.data[i] !== Math.floor(target.data[i]);
        }
      },
      finding: (rows) =>
        whole && fractional && rows > 1 ? '--pred holds only whole numbers and --target does not: are they swapped?' : undefined,
    };
  },
};

export const absentClass: Check = {
  code: 'D26',
  severity: 'warn',
  help: 'a class that no target has',
  watch({ chosen }) {
    const target = chosen.loss.inputs.target;
    if (!target || 'oneOf' in target || target.holds !== 'classes') return null;
    const seen = new Set<number>();
    let classes = 0;
    return {
      see(chunk) {
        const labels = inputOf(chunk, ['target']);
        const scores = inputOf(chunk, ['logits', 'probs', 'logProbs', 'pred']);
        if (!labels || !scores || labels.width > 1) return;
        classes = scores.width;
        for (let row = 0; seen.size < classes && row < chunk.n; row++) seen.add(labels.data[row]);
      },
      finding(rows) {
        const absent = Array.from({ length: classes }, (_, label) => label).filter((label) => !seen.has(label));
        if (rows < classes || absent.length === 0 || seen.size < 2) return undefined; // too few rows, or D08
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
      (value, chunk) => {
        const target = inputOf(chunk, ['target']);
        return (target?.input.holds === 'binary' || (target?.width ?? 1) > 1) && value > 0 && value < 1;
      },
      (count) => `${count} target values are soft already: --label-smoothing softens them again`,
    );
  },
};
