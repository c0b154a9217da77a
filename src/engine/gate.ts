/** Results and assertions -> gates and the one verdict that text, JSON and exit code share. Never green on missing evidence. */
import { Fault, quote } from '../io/fault.ts';
import type { Assertion, Statistic } from './assert.ts';
import { statusOf } from './reduce.ts';
import { type Comparison, decides, type Gate, lacksEvidence, type Result, type SliceKey, type Verdict } from './result.ts';
import { didYouMean } from './suggest.ts';

const COMPARE: { readonly [C in Comparison]: (value: number, limit: number) => boolean } = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** Refuses assertions about results that nobody asks for. */
export function checkResults(assertions: readonly Assertion[], chosen: readonly Asked[]): void {
  for (const assertion of assertions) resultId(assertion, chosen);
}

/** Refuses assertions that this run could never answer, before any data is read. */
export function checkAssertions(assertions: readonly Assertion[], chosen: readonly Asked[], by: readonly string[]): void {
  checkResults(assertions, chosen);
  for (const assertion of assertions) {
    const columns = [...(assertion.slice?.keys() ?? [])];
    if (!assertion.slice) continue;
    const [named, sliced] = [[...columns].sort().join(), [...by].sort().join()];
    if (named !== sliced) {
      throw new Fault(
        `--assert ${quote(assertion.text)}: the run is ${by.length ? `sliced by ${by.map(quote).join(', ')}` : 'not sliced'}`,
        by.length ? 'name each slice column; * stands for every value' : `add --by ${columns.join(',')}`,
      );
    }
  }
}

/** A loss as it was asked for. */
export interface Asked {
  readonly id: string;
  readonly loss: { readonly name: string };
}

/** The id an assertion means: an id exactly, or the name of the only loss so called. */
function resultId({ text, result }: Assertion, chosen: readonly Asked[]): string {
  const exact = chosen.find(({ id }) => id === result);
  if (exact) return exact.id;
  const named = chosen.filter(({ loss }) => loss.name === result);
  if (named.length === 1) return named[0].id;
  const ids = chosen.map(({ id }) => id);
  throw new Fault(
    `--assert ${quote(text)}: ${named.length ? `${quote(result)} could be ${named.map(({ id }) => quote(id)).join(' or ')}` : `no result is called ${quote(result)}`}`,
    didYouMean(result, ids, `results: ${ids.join(', ')}`),
  );
}

export function judge(assertions: readonly Assertion[], chosen: readonly Asked[], results: readonly Result[]): Gate[] {
  return assertions.flatMap((assertion) => {
    const id = resultId(assertion, chosen);
    const matching = results.filter((result) => result.id === id && sliceMatches(assertion.slice, result.slice));
    // `*` means the slices that are large enough; one that is named is without evidence when it is not
    const every = [...(assertion.slice?.values() ?? [])].includes('*');
    const gated = every ? matching.filter(({ few }) => !few) : matching;
    if (gated.length === 0) return [missing(assertion, id, matching.length > 0 ? 'few' : 'empty')];
    return gated.map((result) => gateOf(assertion, result));
  });
}

function gateOf({ text, statistic, comparison, limit, mark }: Assertion, result: Result): Gate {
  const { id, slice, few } = result;
  const value = statistic ? statisticOf(result, statistic) : result.value;
  const found = statistic ? statusOf(value, result.n) : result.status;
  const status = few && found === 'ok' ? 'few' : found;
  const pass = status === 'ok' && Number.isFinite(value) && COMPARE[comparison](value, limit);
  return { ...mark, assert: text, result: id, ...(statistic && { statistic }), slice, value, status, comparison, limit, pass };
}

/** NaN where there is none, which passes no gate. */
function statisticOf({ stats, interval }: Result, statistic: Statistic): number {
  if (statistic === 'lo' || statistic === 'hi') return (statistic === 'lo' ? interval?.low : interval?.high) ?? Number.NaN;
  return stats?.[statistic] ?? Number.NaN;
}

/** A slice that no row belongs to, or too few. */
function missing({ text, slice, comparison, limit, mark }: Assertion, id: string, status: 'empty' | 'few'): Gate {
  return { ...mark, assert: text, result: id, slice, value: Number.NaN, status, comparison, limit, pass: false };
}

function sliceMatches(asked: ReadonlyMap<string, string> | null, slice: SliceKey | null): boolean {
  if (!asked || !slice) return asked === slice;
  return [...asked].every(([column, value]) => value === '*' || slice.get(column) === value);
}

/** A failed gate beats one without evidence, which beats a pass. Gates that are only shown decide nothing. */
export function verdictOf(gates: readonly Gate[]): Verdict {
  const deciding = gates.filter(decides);
  if (deciding.length === 0) return 'none';
  if (deciding.every(({ pass }) => pass)) return 'pass';
  return deciding.some((gate) => !gate.pass && !lacksEvidence(gate)) ? 'fail' : 'inconclusive';
}
