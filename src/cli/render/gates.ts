/** Gates and the verdict as lines of text. */
import { type Gate, hasValue, type Judged, lacksEvidence, type Verdict } from '../../engine/result.ts';
import { foundText, fullDigits } from './numbers.ts';
import { subjectText } from './slice.ts';

/**
 * `huber{region=eu} 0.30000000000000004 < 0.3`: the value beside its limit in full digits, so that a near miss shows as one.
 * Not escaped: the caller knows for what.
 */
export function gateText(gate: Gate): string {
  const of = gate.candidate === undefined ? '' : `${gate.candidate}: `;
  const subject = `${of}${subjectText(gate.result, gate.slice)}${gate.statistic ? `.${gate.statistic}` : ''}`;
  return `${subject} ${foundText(gate)} ${gate.comparison} ${fullDigits(gate.limit)}`;
}

/** How far the value is from the limit, in full digits: value less limit. Empty where there is no value. */
export function differenceText({ value, status, limit }: Gate): string {
  return hasValue({ status }) ? fullDigits(value - limit) : '';
}

/** `huber 0.30000000000000004 < 0.3, difference 5.551115123125783e-17`. Not escaped either. */
export function missText(gate: Gate): string {
  const difference = differenceText(gate);
  return difference ? `${gateText(gate)}, difference ${difference}` : gateText(gate);
}

export type Mark = 'PASS' | 'FAIL' | 'NO EVIDENCE';

export function markOf({ pass, status }: Gate): Mark {
  if (pass) return 'PASS';
  return lacksEvidence({ status }) ? 'NO EVIDENCE' : 'FAIL';
}

export const VERDICTS: { readonly [V in Exclude<Verdict, 'none'>]: string } = {
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
};

/** The last line: `FAIL: 1 of 3 gates failed, 1 without evidence`. Empty without a verdict. */
export function verdictText({ verdict, gates }: Judged): string {
  if (verdict === 'none') return '';
  const all = gates.length === 1 ? '1 gate' : `${gates.length} gates`;
  if (verdict === 'pass') return `${VERDICTS.pass}: ${all} passed`;
  const count = (mark: Mark) => gates.filter((gate) => markOf(gate) === mark).length;
  const [failed, without] = [count('FAIL'), count('NO EVIDENCE')];
  if (failed === 0) return `${VERDICTS[verdict]}: ${without} of ${all} without evidence`;
  return `${VERDICTS[verdict]}: ${failed} of ${all} failed${without ? `, ${without} without evidence` : ''}`;
}
