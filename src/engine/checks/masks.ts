/** Masks with nothing to find: each library has its own convention for what that costs. */
import type { Chosen } from '../resolve.ts';
import { type Check, inputOf, type Seen } from './check.ts';

/** Whether a loss compares masks, and what an absent class costs has not been chosen. */
function concerns({ loss, params }: Chosen): boolean {
  const { target } = loss.inputs;
  const masks = loss.task === 'segmentation' && target && !('oneOf' in target) && target.holds !== 'classes';
  return masks === true && params.absent !== 'skip' && params.absent !== 'zero';
}

function masksOf(seen: Seen) {
  const target = inputOf(seen, ['target']);
  const scores = inputOf(seen, ['pred', 'probs', 'logits']);
  return target && scores && { target, scores, classes: scores.channels ?? 1 };
}

export const emptyMasks: Check = {
  code: 'D26',
  severity: 'warn',
  help: 'a target mask without any pixel',
  watch({ chosen }) {
    if (!concerns(chosen)) return null;
    const facts = { rows: 0, empty: 0, images: false };
    return {
      facts,
      see(seen) {
        const masks = masksOf(seen);
        if (!masks || masks.classes > 1) return;
        const { data, width } = masks.target;
        facts.images = width > 1; // else a row is a pixel
        facts.rows += seen.n;
        for (let row = 0; row < seen.n; row++) {
          let i = row * width;
          while (i < (row + 1) * width && !(data[i] > 0)) i++;
          if (i === (row + 1) * width) facts.empty++;
        }
      },
      finding() {
        const { rows, empty, images } = facts;
        if (rows > 0 && empty === rows) {
          return 'no pixel of the target is set: what nothing to find costs is a convention; is --target the true mask?';
        }
        if (!images || empty === 0 || chosen.params.scope !== 'image') return undefined;
        const instead = 'absent' in chosen.params ? '--absent skip leaves them out' : '--scope batch takes all images together';
        return `${empty} of ${rows} target masks are empty: what nothing to find costs is a convention; ${instead}`;
      },
    };
  },
};

export const absentMaskClass: Check = {
  code: 'D26',
  severity: 'warn',
  help: 'a class that no pixel of a target mask has',
  watch({ chosen }) {
    if (!concerns(chosen)) return null;
    const facts = { present: new Uint8Array(0) };
    return {
      facts,
      see(seen) {
        const masks = masksOf(seen);
        if (!masks || masks.classes === 1) return;
        const { target, scores, classes } = masks;
        if (facts.present.length === 0) facts.present = new Uint8Array(classes);
        const { present } = facts;
        const indexed = target.width < scores.width; // a class for each pixel, and not a value for each class
        for (let i = 0; i < seen.n * target.width && present.includes(0); i++) {
          const value = target.data[i];
          if (!indexed && value > 0) present[i % classes] = 1;
          else if (indexed && value >= 0 && value < classes) present[value] = 1;
        }
      },
      finding() {
        const { present } = facts;
        const absent = present.filter((any) => any === 0).length;
        if (absent === 0) return undefined;
        return `${absent} of ${present.length} classes have no pixel in the target, first ${present.indexOf(0)}: what they cost is a convention; --absent skip leaves them out`;
      },
    };
  },
};
