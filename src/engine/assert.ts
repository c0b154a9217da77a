/** `--assert` texts -> what they ask for: `huber < 0.3`, `huber{region=eu} <= 0.3`, `huber:delta=2{region=*,sex=f} > 1e-3`. */
import { Fault, quote } from '../io/fault.ts';
import { finiteNumber } from './number.ts';
import type { Comparison, GateMark } from './result.ts';

export interface Assertion {
  /** As typed. */
  readonly text: string;
  /** A result id or a loss name. */
  readonly result: string;
  /** Slice column -> value, `*` for every value; `null` for all rows. */
  readonly slice: ReadonlyMap<string, string> | null;
  /** A statistic of the rows, or an end of the interval, in place of the value. */
  readonly statistic: Statistic | null;
  readonly comparison: Comparison;
  readonly limit: number;
  readonly mark?: GateMark;
}

const STATISTICS = ['n', 'mean', 'std', 'min', 'p5', 'p25', 'p50', 'p75', 'p95', 'max', 'lo', 'hi'] as const;
export type Statistic = (typeof STATISTICS)[number];

/** Whether a statistic is an end of the interval. */
export function isEnd(statistic: Statistic | null): boolean {
  return statistic === 'lo' || statistic === 'hi';
}

const SUFFIX = new RegExp(`\\.(${STATISTICS.join('|')})$`);

export const ASSERTION_EXAMPLE = "write it like 'huber < 0.3' or 'huber{region=eu} <= 0.3'";

/** Reads from left to right, so that an error can point at its character. */
export function parseAssertion(text: string): Assertion {
  let at = 0;
  const fail = (expected: string): never => {
    throw new Fault(`--assert ${quote(text)}: expected ${expected} at character ${at + 1}`, ASSERTION_EXAMPLE);
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  match(/\s*/y);
  const named = match(/[^\s{<>]+/y) ?? fail('the name of a loss');
  match(/\s*/y);
  let slice: Map<string, string> | null = null;
  if (match(/\{/y)) {
    slice = new Map();
    do {
      const column = match(/[^=,}]+/y)?.trim() ?? fail('a slice column');
      match(/=/y) ?? fail('"="');
      slice.set(column, match(/"[^"]*"/y)?.slice(1, -1) ?? match(/[^,}]*/y)?.trim() ?? '');
    } while (match(/\s*,\s*/y));
    match(/\s*\}\s*/y) ?? fail('"}"');
  }
  const suffix = SUFFIX.exec(named) ?? SUFFIX.exec(match(/\.\w+\s*/y)?.trim() ?? '');
  const statistic = (suffix?.[1] ?? null) as Statistic | null;
  const result = named.replace(SUFFIX, '');
  const comparison = (match(/<=|>=|<|>/y) ?? fail('<, <=, > or >=')) as Comparison;
  match(/\s*/y);
  const limit = finiteNumber(text.slice(at)) ?? fail('a finite number');
  return { text, result, slice, statistic, comparison, limit };
}
