/** Which row of the candidate belongs to which row of the base: the one with the same key, or the one in the same place. */
import { Fault, quote } from '../../io/fault.ts';
import type { Side } from './side.ts';

export interface Pairing {
  /** For each row of the base that was read, the number of its row in the candidate; -1 without one. */
  readonly partners: Int32Array;
  readonly matched: number;
  readonly unmatchedBase: number;
  readonly unmatchedCandidate: number;
  /** Pairs whose targets or weights differ, which are not the same row, and the first of them in words. */
  readonly others: number;
  readonly firstOther: string | null;
}

const SHOWN = 5;

/** Throws a `Fault` where rows are left alone, unless that is allowed, and where no two belong together. */
export function pairRows(base: Side, candidate: Side, unmatched: 'error' | 'drop'): Pairing {
  const partners = base.identity.keys ? partnersByKey(base, candidate) : partnersByOrder(base, candidate);
  const matched = partners.reduce((count, row) => count + (row >= 0 ? 1 : 0), 0);
  const [unmatchedBase, unmatchedCandidate] = [base.rows - matched, candidate.rows - matched];
  if (unmatchedBase + unmatchedCandidate > 0 && unmatched === 'error') throw unmatchedFault(base, candidate, partners, matched);
  if (matched === 0)
    throw new Fault(
      `no row of ${candidate.name} has a partner in ${base.name}`,
      'check that --on names the column of the same keys in both',
      'D09',
    );
  return { partners, matched, unmatchedBase, unmatchedCandidate, ...otherRows(base, candidate, partners) };
}

function partnersByKey({ identity }: Side, candidate: Side): Int32Array {
  const theirs = candidate.identity.keys;
  if (!identity.keys || !theirs) throw new Error('keys of one side only');
  const rows = new Int32Array(theirs.names.size).fill(-1);
  theirs.numbers.forEach((key, row) => {
    rows[key] = row;
  });
  return identity.keys.numbers.map((key) => rows[key]);
}

function partnersByOrder(base: Side, candidate: Side): Int32Array {
  if (base.rows !== candidate.rows)
    throw new Fault(
      `${base.name} has ${base.rows} rows, ${candidate.name} has ${candidate.rows}`,
      'rows that belong together by a key are paired with --on COLUMN',
      'D19',
    );
  return Int32Array.from({ length: base.rows }, (_, row) => row);
}

function unmatchedFault(base: Side, candidate: Side, partners: Int32Array, matched: number): Fault {
  const found = new Uint8Array(candidate.rows);
  for (const row of partners) if (row >= 0) found[row] = 1;
  const alone = [aloneText(base, (row) => partners[row] < 0), aloneText(candidate, (row) => !found[row])].filter(Boolean);
  return new Fault(
    `--on: rows without a partner: ${alone.join(' and ')}; with one: ${matched}`,
    'if that is meant, --unmatched drop leaves them out and reports the counts',
  );
}

/** `3 of base.csv ("a", "b", "c")`; empty where there is none. */
function aloneText({ name, identity: { keys } }: Side, isAlone: (row: number) => boolean): string {
  const alone = keys?.numbers.filter((_, row) => isAlone(row)) ?? [];
  if (!keys || alone.length === 0) return '';
  const shown = [...keys.names.textsOf(new Set(alone.slice(0, SHOWN))).values()].map(quote);
  return `${alone.length} of ${name} (${shown.join(', ')}${alone.length > SHOWN ? ` and ${alone.length - SHOWN} more` : ''})`;
}

function otherRows(base: Side, candidate: Side, partners: Int32Array): Pick<Pairing, 'others' | 'firstOther'> {
  const [ours, theirs] = [base.identity.hashes, candidate.identity.hashes];
  let others = 0;
  let first = -1;
  for (let row = 0; row < partners.length; row++) {
    const partner = partners[row];
    if (partner < 0 || (ours[2 * row] === theirs[2 * partner] && ours[2 * row + 1] === theirs[2 * partner + 1])) continue;
    if (others++ === 0) first = row;
  }
  return { others, firstOther: first < 0 ? null : rowText(base, first) };
}

/** A row that was read, by its key, or by its number from 1. */
function rowText({ identity: { keys } }: Side, row: number): string {
  if (!keys) return `row ${row + 1}`;
  const [key = ''] = keys.names.textsOf(new Set([keys.numbers[row]])).values();
  return `key ${quote(key)}`;
}
