/** Gates and the verdict as lines of text. */
import type { Gate, Report, Verdict } from '../../engine/result.ts';
import { fullDigits, REASONS } from './numbers.ts';
import { sliceText } from './slice.ts';

/**
 * `huber{region=eu} 0.30000000000000004 < 0.3`: the value beside its limit in full digits, so that a near miss shows as one.
 * Not escaped: the caller knows for what.
 */
export function gateText({ result, slice, value, status, comparison, limit }: Gate): string {
  const subject = slice ? `${result}{${sliceText(slice)}}` : result;
  const found = status === 'ok' ? fullDigits(value) : `${status} (${REASONS[status]})`;
  return `${subject} ${found} ${comparison} ${fullDigits(limit)}`;
}

export type Mark = 'PASS' | 'FAIL' | 'NO EVIDENCE';

export function markOf({ pass, status }: Gate): Mark {
  if (pass) return 'PASS';
  return status === 'empty' ? 'NO EVIDENCE' : 'FAIL';
}

export const VERDICTS: { readonly [V in Exclude<Verdict, 'none'>]: string } = {
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
};

/** The last line: `FAIL: 1 of 3 gates failed, 1 without evidence`. Empty without a verdict. */
export function verdictText({ verdict, gates }: Report): string {
  if (verdict === 'none') return '';
  const all = gates.length === 1 ? '1 gate' : `${gates.length} gates`;
  if (verdict === 'pass') return `${VERDICTS.pass}: ${all} passed`;
  const count = (mark: Mark) => gates.filter((gate) => markOf(gate) === mark).length;
  const [failed, without] = [count('FAIL'), count('NO EVIDENCE')];
  if (failed === 0) return `${VERDICTS[verdict]}: ${without} of ${all} without evidence`;
  return `${VERDICTS[verdict]}: ${failed} of ${all} failed${without ? `, ${without} without evidence` : ''}`;
}
