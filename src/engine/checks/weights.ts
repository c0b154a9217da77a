/** Weights of classes that do something else than what they are asked for. */
import { weightFlaw } from '../class-scheme.ts';
import { already, type Check, inputOf } from './check.ts';

/** 1 - alpha without the dust of binary fractions. */
const rest = (alpha: number) => Number((1 - alpha).toPrecision(12));

export const focalWeights: Check = {
  code: 'D23',
  severity: 'info',
  help: 'an alpha that makes rare positives count less still, or negatives nothing',
  watch({ chosen: { params } }) {
    const { alpha, alphaMode } = params;
    if (alphaMode !== 'class' || typeof alpha !== 'number' || alpha < 0) return null;
    const weights = `positives weigh ${alpha} and negatives ${rest(alpha)}`;
    if (alpha === 1) return already(`${weights}: without weights alpha is -1`);
    if (alpha >= 0.5) return null;
    const facts = { positives: 0, total: 0 };
    return {
      facts,
      see(seen) {
        const target = inputOf(seen, ['target']);
        if (!target) return;
        facts.total += seen.n * target.width;
        for (let i = 0; i < seen.n * target.width; i++) if (target.data[i] > 0.5) facts.positives++;
      },
      finding: () =>
        2 * facts.positives < facts.total
          ? `${weights}, although only ${facts.positives} of ${facts.total} are positive: --alpha ${rest(alpha)} turns this round, --alpha -1 is without weights`
          : undefined,
    };
  },
};

export const idleClassWeights: Check = {
  code: 'D24',
  severity: 'warn',
  help: 'class weights that are all alike, or 0 for a class without rows',
  watch({ chosen: { classScheme, params } }) {
    if (!classScheme || !Array.isArray(params.classCounts)) return null;
    const flaw = weightFlaw(params.classCounts, classScheme);
    return flaw === undefined ? null : already(flaw);
  },
};
