/** One scale taken for another: probabilities as logits, logits as log-probabilities, standard deviations as variances. */
import { quote } from '../../io/fault.ts';
import { type Input, kebab, type Loss } from '../../losses/define.ts';
import { already, type Check, inputOf, whenAnyElement, whenEveryRow } from './check.ts';

const inUnit = (value: number) => value >= 0 && value <= 1;

/** How a loss takes logits: through one softmax over a row, or a sigmoid for each; with --probs as the other way, or not. */
function logitsOf({ inputs }: Loss): { readonly softmax: boolean; readonly probs: boolean } | undefined {
  for (const [name, declared] of Object.entries(inputs)) {
    const { logits, probs }: { logits?: Input; probs?: Input } = 'oneOf' in declared ? declared.oneOf : { [name]: declared };
    if (logits?.min !== undefined) return undefined; // cosines: they may well all be positive
    if (logits) return { softmax: probs?.sumsToOne ?? logits.minWidth === 2, probs: probs !== undefined };
  }
  return undefined;
}

export const softmaxTwice: Check = {
  code: 'D02',
  severity: 'warn',
  help: 'every row of logits lies in [0, 1] and sums to 1: softmax is applied twice',
  watch({ chosen, columns }) {
    const taken = columns.has('logits') ? logitsOf(chosen.loss) : undefined;
    if (!taken?.softmax) return null;
    let classes = 0;
    return whenEveryRow(
      (seen, row) => {
        const logits = inputOf(seen, ['logits']);
        if (!logits || logits.width < 2) return false;
        classes = logits.width;
        let sum = 0;
        for (let i = row * classes; i < (row + 1) * classes; i++) sum += inUnit(logits.data[i]) ? logits.data[i] : Number.NaN;
        return Math.abs(sum - 1) <= 1e-3;
      },
      () => {
        const floor = Math.log(Math.E + classes - 1) - 1;
        const instead = taken.probs ? 'pass probabilities with --probs' : 'pass the scores before softmax';
        return `every row of --logits is in [0, 1] and sums to 1: ${instead}, or softmax is applied twice and cross-entropy stays above ${floor.toPrecision(4)}`;
      },
    );
  },
};

export const probabilitiesAsLogits: Check = {
  code: 'D03',
  severity: 'warn',
  help: 'all binary logits lie in [0, 1]: probably probabilities',
  watch({ chosen, columns }) {
    const taken = columns.has('logits') ? logitsOf(chosen.loss) : undefined;
    if (!taken) return null;
    return whenEveryRow(
      (seen, row) => {
        const logits = inputOf(seen, ['logits']);
        if (!logits || (taken.softmax && logits.width > 1)) return false;
        for (let i = row * logits.width; i < (row + 1) * logits.width; i++) if (!inUnit(logits.data[i])) return false;
        return true;
      },
      () => {
        const instead = taken.probs ? 'pass them with --probs' : 'pass the scores before the sigmoid';
        return `all values of --logits are in [0, 1]: if they are probabilities, ${instead}`;
      },
    );
  },
};

/** Log-probabilities come in 16 bits too, and their exponentials then sum to 1 within a few thousandths only. */
const LOG_SUM_TOLERANCE = 1e-2;

export const logitsAsLogProbs: Check = {
  code: 'D04',
  severity: 'warn',
  help: 'log-probabilities of a row whose exponentials do not sum to 1: probably logits',
  watch({ chosen, columns }) {
    if (!columns.has('logProbs') && chosen.params.logTarget !== true) return null;
    const facts = { count: 0, first: '' };
    return {
      facts,
      see(seen) {
        for (const { input, data, width, where } of seen.inputs.values()) {
          // time steps of a sequence may be padded
          if (input.holds !== 'log-prob' || input.shape !== 'vector' || input.dimension || width === 1) continue;
          for (let row = 0; row < seen.n; row++) {
            let sum = 0;
            for (let i = row * width; i < (row + 1) * width; i++) sum += Math.exp(data[i]);
            if (Math.abs(sum - 1) > LOG_SUM_TOLERANCE && facts.count++ === 0) facts.first = where(row, 0);
          }
        }
      },
      finding: (rows) =>
        facts.count > 0
          ? `the log-probabilities of ${facts.count} of ${rows} rows sum to another probability than 1: pass logits with --logits, or give all classes`
          : undefined,
      first: () => facts.first,
    };
  },
};

/** How columns of a spread are called that are on the scale of a role; the first that fits counts. */
const SPREAD_NAMES = new Map([
  ['logvar', /log_?var/i],
  ['std', /(^|[^a-z])(std|stddev|sigma|scale)([^a-z]|$)/i],
  ['var', /(^|[^a-z])(var|variance)([^a-z]|$)/i],
]);

const SPREAD_WORDS: Readonly<Record<string, string>> = {
  logvar: 'the logarithm of a variance',
  std: 'a standard deviation',
  var: 'a variance',
};

export const misnamedSpread: Check = {
  code: 'D13',
  severity: 'warn',
  help: 'a column named like a standard deviation is passed as a variance, or the other way round',
  watch({ chosen, columns }) {
    for (const declared of Object.values(chosen.loss.inputs)) {
      if (!('oneOf' in declared)) continue;
      const role = (['logvar', 'std', 'var'] as const).find((name) => name in declared.oneOf && columns.has(name));
      for (const name of (role && columns.get(role)) ?? []) {
        const [meant] = [...SPREAD_NAMES].find(([, pattern]) => pattern.test(name)) ?? [];
        if (!role || meant === undefined || meant === role || !(meant in declared.oneOf)) continue;
        return already(
          `column ${quote(name)} is named like ${SPREAD_WORDS[meant]} but passed as ${SPREAD_WORDS[role]}: use --${meant}`,
        );
      }
    }
    return null;
  },
};

export const clampedSpread: Check = {
  code: 'D13',
  severity: 'warn',
  help: 'spreads below eps, which count as eps',
  watch({ chosen, columns }) {
    const { eps } = chosen.params;
    if (typeof eps !== 'number') return null;
    const least = { var: eps, std: Math.sqrt(eps), logvar: Math.log(eps), laplaceScale: eps };
    const role = (Object.keys(least) as (keyof typeof least)[]).find((name) => columns.has(name));
    if (!role) return null;
    return whenAnyElement(
      [role],
      () => (value) => value < least[role],
      (count, total) =>
        `${count} of ${total} values of --${kebab(role)} are below ${Number(least[role].toPrecision(4))} and raised to it: in small units pass --eps 0`,
    );
  },
};
