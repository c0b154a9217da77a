/** Every stable code that a run can print: what it says, and whether the run goes on. */
import { CHECKS } from './checks/index.ts';

export interface Code {
  readonly code: string;
  /** `error` ends the run; `warn` does so under `--strict`. */
  readonly severity: 'error' | 'warn' | 'info';
  readonly help: string;
}

/** Data that are not evaluated. */
const REFUSALS: readonly Code[] = [
  refusal('D01', 'a probability outside [0, 1]: a logit, or percent'),
  refusal('D04', 'probabilities of a row that do not sum to 1'),
  refusal('D05', 'a log-probability above 0: a probability, a logit, or a negative log-likelihood'),
  refusal('D06', 'labels of more than two kinds, or 0 and -1 in one column'),
  refusal('D07', 'a class index below 0, beyond the classes there are, or not whole'),
  refusal('D09', 'nothing to evaluate: no rows, none left, or none that counts'),
  refusal('D10', 'a target of 0 where the loss is undefined'),
  refusal('D11', 'a value outside the domain of the loss, such as a negative count or a time of 0'),
  refusal('D13', 'a negative variance or standard deviation: perhaps its logarithm'),
  refusal('D15', 'a box that ends before it begins'),
  refusal('D16', 'a cosine beyond 1: not of vectors of length 1, or scaled'),
  refusal('D19', 'inputs of different shapes: nothing is broadcast'),
  refusal('D20', 'a missing value, or one that is not finite'),
];

function refusal(code: string, help: string): Code {
  return { code, severity: 'error', help };
}

/** What is said about results and columns rather than about rows: see warnings.ts. */
const REMARKS: readonly Code[] = [
  { code: 'alias', severity: 'info', help: 'a name that means another loss elsewhere' },
  { code: 'D20', severity: 'warn', help: 'a result that is not finite' },
  { code: 'baseline', severity: 'info', help: 'a result better than the baseline by more than the tolerance' },
  { code: 'few-units', severity: 'warn', help: 'an interval of so few rows or clusters that it is too short' },
  { code: 'no-baseline', severity: 'info', help: 'a baseline that is not there, which was allowed' },
  { code: 'no-interval', severity: 'info', help: 'a loss that is no function of a few sums over rows, and so has no interval' },
  { code: 'other-method', severity: 'warn', help: 'losses of base and candidate that were evaluated in different ways' },
  { code: 'other-rows', severity: 'warn', help: 'a baseline, or a base, of other keys or targets than those of this run' },
  { code: 'reduction', severity: 'info', help: 'a reduction that surprises people' },
  { code: 'resamples', severity: 'warn', help: 'too few resamples for so many slices: none of them can fail' },
  { code: 'unmatched', severity: 'info', help: 'rows that a join or a comparison leaves without a partner' },
  { code: 'unused-weight', severity: 'info', help: 'a column that looks like row weights and is not used' },
];

const TOLD: readonly Code[] = [...CHECKS, ...REMARKS];

/** In the order of the codes; what ends a run first. */
export const CODES: readonly Code[] = [...REFUSALS, ...TOLD.map(({ code, severity, help }) => ({ code, severity, help }))].sort(
  (a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
); // sort keeps the order of equals

/** Everything `--allow` can silence. */
export const WARNING_CODES: readonly string[] = [...new Set(TOLD.map(({ code }) => code))].sort();
