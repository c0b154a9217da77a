/** The flags for statistics of rows, for every command that has rows. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Assertion, isEnd } from '../../engine/assert.ts';
import type { Chosen } from '../../engine/resolve.ts';
import { type RowStatistics, refuseStatistics } from '../../engine/row-statistics.ts';
import { Fault, quote } from '../../io/fault.ts';

export type StatisticsOptions = {
  readonly stats?: boolean;
  readonly hist?: boolean;
  readonly ci?: number;
  readonly resamples: number;
  readonly seed: number;
};

/** With what only a run over rows can be asked for. */
export type RowsOptions = StatisticsOptions & { readonly top?: number; readonly cluster?: string };

/** As many as are read at a glance. */
const HISTOGRAM_BINS = 10;

export function wholeNumber(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Write a whole number, 1 or more.');
  return value;
}

/** `0.95`. */
export function level(text: string): number {
  const value = /^0?\.\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('Write a level between 0 and 1, as in 0.95.');
  return value;
}

export function addStatisticsOptions(command: Command): Command {
  command
    .option('--stats', 'also mean, deviation, extremes and quantiles of the losses of the rows')
    .option('--hist', 'also a histogram of them')
    .option('--ci <level>', 'also a bootstrap interval (BCa) of each value, as in 0.95', level);
  return addDrawOptions(command, 'for --ci: ');
}

/** How intervals are drawn; `of` says when. */
export function addDrawOptions(command: Command, of: string): Command {
  return command
    .addOption(new Option('--resamples <number>', `${of}draws of the bootstrap`).argParser(wholeNumber).default(2000))
    .addOption(new Option('--seed <number>', `${of}the same seed gives the same interval`).argParser(wholeNumber).default(12345));
}

/** What is asked of the rows beside the worst of them; `null` for nothing. */
export function askedStatistics(
  { stats, hist, ci, resamples, seed }: StatisticsOptions,
  assertions: readonly Assertion[],
): Omit<RowStatistics, 'clusters'> | null {
  const summary = stats === true || assertions.some(({ statistic }) => statistic !== null && !isEnd(statistic));
  if (!summary && !hist && ci === undefined) return null;
  return { stats: summary, bins: hist ? HISTOGRAM_BINS : null, interval: ci === undefined ? null : { level: ci, resamples, seed } };
}

/** Refuses asserts without their flag, and flags that no chosen loss can answer. */
export function checkStatistics(chosen: readonly Chosen[], assertions: readonly Assertion[], options: RowsOptions): void {
  const end = assertions.find(({ statistic }) => isEnd(statistic));
  if (end && options.ci === undefined) throw new Fault(`--assert ${quote(end.text)} is about an interval`, 'add --ci 0.95');
  if (assertions.some(({ statistic }) => statistic)) refuseStatistics('--assert of a statistic', chosen, false);
  const flag = rowsFlag(options);
  if (flag) refuseStatistics(flag, chosen, options.ci !== undefined);
}

/** The first flag that needs the values of rows. */
export function rowsFlag(options: RowsOptions): string | null {
  const flag = (['stats', 'hist', 'ci', 'top', 'cluster'] as const).find((name) => options[name] !== undefined);
  return flag ? `--${flag}` : null;
}
