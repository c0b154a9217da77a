/** `--combine dice:1,bce:0.5`: a weighted sum of the reduced values of other losses, for all rows and for each slice. */
import { Fault, quote } from '../io/fault.ts';
import { finiteNumber } from './number.ts';
import { statusOf } from './reduce.ts';
import type { Chosen } from './resolve.ts';
import type { Result } from './result.ts';
import { didYouMean } from './suggest.ts';

/** The name under which assertions find the sum. */
export const COMBINED = 'combine';

export interface Combination {
  /** As asked for: `combine:dice:1,bce:0.5`. */
  readonly id: string;
  readonly terms: readonly { readonly id: string; readonly weight: number }[];
}

export function parseCombination(text: string, chosen: readonly Chosen[]): Combination {
  const terms = text.split(',').map((piece) => {
    const colon = piece.lastIndexOf(':');
    const weight = finiteNumber(piece.slice(colon + 1));
    if (colon < 1 || weight === undefined)
      throw new Fault(`--combine ${quote(text)}: ${quote(piece)} is not NAME:WEIGHT`, 'write for example --combine dice:1,bce:0.5');
    const name = piece.slice(0, colon).trim();
    const named = chosen.filter(({ id, loss }) => id === name || loss.name === name);
    if (named.length !== 1) {
      const ids = chosen.map(({ id }) => id);
      const wrong = named.length
        ? `${quote(name)} could be ${named.map(({ id }) => quote(id)).join(' or ')}`
        : `no chosen loss is called ${quote(name)}`;
      throw new Fault(`--combine ${quote(text)}: ${wrong}`, didYouMean(name, ids, `results: ${ids.join(', ')}`));
    }
    return { id: named[0].id, weight };
  });
  return { id: `${COMBINED}:${text}`, terms };
}

/** The combined results; one without evidence makes the sum one without evidence. What is known of the rows of a term is not known of the sum. */
export function combined({ id, terms }: Combination, results: readonly Result[]): Result[] {
  const first = results.filter((result) => result.id === terms[0].id);
  return first.map(({ stats: _s, histogram: _h, interval: _i, top: _t, ...result }, index) => {
    const parts = terms.map((term) => ({ ...term, result: results.filter((one) => one.id === term.id)[index] }));
    const value = parts.reduce((sum, { weight, result: part }) => sum + weight * part.value, 0);
    const n = Math.min(...parts.map(({ result: part }) => part.n));
    const units = new Set(parts.map(({ result: part }) => part.unit));
    return {
      ...result,
      id,
      loss: COMBINED,
      params: new Map(),
      value,
      status: statusOf(value, n),
      n,
      unit: units.size === 1 ? result.unit : 'mixed',
      signature: parts.map(({ weight, result: part }) => `${weight}*(${part.signature})`).join('+'),
      components: new Map(parts.map((part) => [part.id, part.result.value])),
      groups: null,
    };
  });
}
