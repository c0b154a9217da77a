/** Gates and the verdict as lines of text. */
import type { Gate, Report, Verdict } from '../../engine/result.ts';
import { fullDigits, REASONS } from './numbers.ts';
import { sliceText } from './slice.ts';

/** Subject, comparison and limit of `huber{region=eu}.p95 <= 0.3`. The last comparison counts: slices can hold one as well. */
const ASSERT = /^(.*?)\s*(<=|>=|<|>)\s*([^<>=]*)$/s;

/**
 * `huber 0.30000000000000004 < 0.3`: the value beside its limit in full digits, so that a near miss shows as one.
 * Not escaped: the caller knows for what.
 */
export function gateText(gate: Gate): string {
  const value = gate.status === 'ok' ? fullDigits(gate.value) : `${gate.status} (${REASONS[gate.status]})`;
  const [, subject, comparison] = ASSERT.exec(gate.assert) ?? [];
  if (subject === undefined) return `${gate.assert}: ${value}, limit ${fullDigits(gate.limit)}`;
  return `${named(subject, gate)} ${value} ${comparison} ${fullDigits(gate.limit)}`;
}

/** `huber{region=*}` becomes the slice it stands for. */
function named(subject: string, gate: Gate): string {
  if (!gate.slice) return subject;
  const slice = `{${sliceText(gate.slice)}}`;
  const open = subject.indexOf('{');
  const close = subject.lastIndexOf('}');
  return open < 0 || close < open ? subject + slice : subject.slice(0, open) + slice + subject.slice(close + 1);
}

export const VERDICTS: { readonly [V in Exclude<Verdict, 'none'>]: string } = {
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
};

/** The last line: `FAIL: 1 of 3 gates failed`. Empty without a verdict. */
export function verdictText({ verdict, gates }: Report): string {
  if (verdict === 'none') return '';
  const open = gates.filter((gate) => !gate.pass).length;
  const all = gates.length === 1 ? '1 gate' : `${gates.length} gates`;
  if (verdict === 'pass') return `${VERDICTS.pass}: ${open ? `${gates.length - open} of ${all}` : all} passed`;
  return `${VERDICTS[verdict]}: ${open} of ${all} ${verdict === 'fail' ? 'failed' : 'lacking evidence'}`;
}
