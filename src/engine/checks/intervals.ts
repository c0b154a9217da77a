/** Predicted bounds and quantiles that contradict each other. */
import { already, type Check, inputOf, whenAnyElement } from './check.ts';

export const crossedBounds: Check = {
  code: 'D14',
  severity: 'warn',
  help: 'a lower bound above its upper bound',
  watch({ chosen, columns }) {
    if (!columns.has('lower') || !columns.has('upper')) return null;
    const censored = chosen.loss.task === 'survival'; // a negative upper bound is none
    return whenAnyElement(
      ['lower'],
      (seen) => {
        const upper = inputOf(seen, ['upper'])?.data;
        return (lower, index) => upper !== undefined && lower > upper[index] && !(censored && upper[index] < 0);
      },
      (count, total) => `${count} of ${total} lower bounds are above their upper bounds: are --lower and --upper swapped?`,
    );
  },
};

/** For each level the next lower one, or itself where there is none. */
function nextLower(levels: readonly number[]): number[] {
  return levels.map((level, k) => {
    const lower = levels.flatMap((other, j) => (other < level ? [j] : []));
    return lower.reduce((best, j) => (levels[j] > levels[best] ? j : best), lower[0] ?? k);
  });
}

export const crossedQuantiles: Check = {
  code: 'D14',
  severity: 'warn',
  help: 'a predicted quantile below one of a lower level',
  watch({ chosen }) {
    const { quantiles } = chosen.params;
    if (!Array.isArray(quantiles)) return null;
    const lower = nextLower(quantiles);
    return whenAnyElement(
      ['pred'],
      (seen) => {
        const pred = inputOf(seen, ['pred'])?.data;
        return (value, index) => {
          const k = index % quantiles.length;
          return pred !== undefined && value < pred[index - k + lower[k]];
        };
      },
      (count, total) =>
        `${count} of ${total} predicted quantiles are below one of a lower level: are the columns in the order of --quantiles?`,
    );
  },
};

export const crossedIntervals: Check = {
  code: 'D14',
  severity: 'warn',
  help: 'an interval that does not hold those of less coverage, or the median',
  watch({ chosen }) {
    const { alphas } = chosen.params;
    if (!Array.isArray(alphas)) return null;
    const inner = nextLower(alphas.map((alpha) => -alpha)); // a larger alpha is an interval within
    return whenAnyElement(
      ['lower'],
      (seen) => {
        const [lower, upper, median] = (['lower', 'upper', 'median'] as const).map((role) => inputOf(seen, [role])?.data);
        return (low, index) => {
          if (!lower || !upper || !median) return false;
          const k = index % alphas.length;
          const row = (index - k) / alphas.length;
          const within = index - k + inner[k];
          if (low > upper[index]) return false; // told above
          return low > lower[within] || upper[index] < upper[within] || low > median[row] || upper[index] < median[row];
        };
      },
      (count, total) =>
        `${count} of ${total} intervals do not hold the median or an interval of less coverage: are the columns in the order of --alphas, and these 1 - coverage?`,
    );
  },
};

export const coverageAsAlpha: Check = {
  code: 'D14',
  severity: 'warn',
  help: 'an alpha that looks like the coverage of the interval',
  watch({ chosen, columns }) {
    const { alpha } = chosen.params;
    if (!columns.has('lower') || !columns.has('upper') || typeof alpha !== 'number' || alpha <= 0.5) return null;
    const miss = Number((1 - alpha).toPrecision(12));
    return already(
      `alpha ${alpha} is 1 - coverage, of an interval that most targets miss: for a coverage of ${alpha} pass --alpha ${miss}`,
    );
  },
};
