/** Log-probabilities of whole answers: sums over their tokens, or means. */
import { type Check, inputOf } from './check.ts';

/** The losses of means; all others take sums. Those that can be told the lengths take sums and divide. */
const OF_MEANS = new Set(['orpo', 'simpo', 'ipo']);

/** No model finds a token less likely than that on average: a uniform one over 100,000 tokens is at -11.5. */
const LEAST_MEAN = -30;

/** Means lie above it for every language model worth evaluating, sums only for answers of a few tokens. */
const LARGEST_SUM = -5;

/** 95 % for each token: a sum that gives more than this was probably a mean before it was divided. */
const LARGEST_MEAN = -0.05;

const ANSWERS = [
  ['chosen', 'chosenLength'],
  ['rejected', 'rejectedLength'],
  ['logProbs', null],
] as const;

export const sumsOrMeans: Check = {
  code: 'D18',
  severity: 'warn',
  help: 'log-probabilities summed over an answer where a loss takes their mean over its tokens, or the other way round',
  watch({ chosen: { loss, params }, columns }) {
    // a log-probability is that of an answer where it is one number a row
    const answers = ANSWERS.filter(([role]) => {
      const input = loss.inputs[role];
      return input && !('oneOf' in input) && input.holds === 'log-prob' && input.width === 1;
    });
    const bent = loss.name === 'cpo' && params.alpha !== 0; // AlphaPO is written for sums as well as for means
    if (loss.task !== 'preference' || answers.length === 0 || bent) return null;
    const divided = columns.has('chosenLength');
    const takesMeans = OF_MEANS.has(loss.name) && !divided;
    const facts = { total: 0, low: 0, high: 0 };
    return {
      facts,
      see(seen) {
        for (const [role, length] of answers) {
          const values = inputOf(seen, [role])?.data;
          if (!values) continue;
          const lengths = length && inputOf(seen, [length])?.data;
          facts.total += seen.n;
          for (let row = 0; row < seen.n; row++) {
            const value = values[row];
            if (value < LEAST_MEAN) facts.low++;
            if (value > LARGEST_SUM && (!lengths || value / lengths[row] > LARGEST_MEAN)) facts.high++;
          }
        }
      },
      finding() {
        const { total, low, high } = facts;
        // more than half of the values beyond a limit: so is their median
        if (takesMeans) {
          const told = 'chosenLength' in loss.inputs ? ', or tell them with --chosen-length and --rejected-length' : '';
          return 2 * low > total
            ? `${low} of ${total} log-probabilities are below ${LEAST_MEAN}, as sums over an answer are: ${loss.name} takes means over its tokens: divide by the lengths${told}`
            : undefined;
        }
        if (divided) {
          return 2 * high > total
            ? `${high} of ${total} log-probabilities give tokens more than 95 % each, as means over an answer do when divided again: leave the lengths out`
            : undefined;
        }
        // Half of the answers may well be short, as in yes or no; where lengths vary at all, some sums are large. Means never are.
        return high > 0.95 * total
          ? `${high} of ${total} log-probabilities are above ${LARGEST_SUM}, as means over tokens are: ${loss.name} takes sums over an answer (--allow D18 if answers have a few tokens only)`
          : undefined;
      },
    };
  },
};
