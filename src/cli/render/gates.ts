/** Gates and the verdict as lines of text. */
import { type DataSet, decides, type Gate, hasValue, type Judged, lacksEvidence, type Verdict } from '../../engine/result.ts';
import { foundText, fullDigits } from './numbers.ts';
import { subjectText } from './slice.ts';

/**
 * `huber{region=eu} 0.30000000000000004 < 0.3`: the value beside its limit in full digits, so that a near miss shows as one. A suite
 * puts its own names in front.
 * Not escaped: the caller knows for what.
 */
export function gateText(gate: Gate): string {
  const subject = `${subjectText(gate.result, gate.slice)}${gate.statistic ? `.${gate.statistic}` : ''}`;
  return `${nameText(gate)}${subject} ${foundText(gate)} ${gate.comparison} ${fullDigits(gate.limit)}`;
}

/** `diabetes no-worse: ` of a suite, `candidate.csv: ` of a comparison; else empty. */
function nameText({ data, candidate, id }: Gate): string {
  const names = [data, candidate, id].filter((name) => name !== undefined);
  return names.length ? `${names.join(' ')}: ` : '';
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

export type Mark = 'PASS' | 'FAIL' | 'NO EVIDENCE' | 'WARN' | 'INFO';

export function markOf({ pass, status, level = 'error' }: Gate): Mark {
  if (pass) return 'PASS';
  if (level !== 'error') return level === 'warn' ? 'WARN' : 'INFO';
  return lacksEvidence({ status }) ? 'NO EVIDENCE' : 'FAIL';
}

/** `none` is said only where gates are shown that decide nothing. */
export const VERDICTS: { readonly [V in Verdict]: string } = {
  none: 'NO VERDICT',
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
  error: 'ERROR',
};

/** `diabetes: preds.csv: no such file`: why a data set of a suite has no results. Not escaped. */
export function errorTexts({ data = [] }: Judged): string[] {
  return data.flatMap((set) => (set.error ? [errorText(set.name, set.error)] : []));
}

export function errorText(name: string, { message, code }: NonNullable<DataSet['error']>): string {
  return `${name}: ${code ? `${code}: ` : ''}${message}`;
}

/** The last line: `FAIL: 1 of 3 gates failed, 1 without evidence`. Empty where nothing was asked. */
export function verdictText(report: Judged): string {
  const { verdict, gates } = report;
  const broken = errorTexts(report).length;
  if (gates.length + broken === 0) return '';
  const count = (mark: Mark) => gates.filter((gate) => markOf(gate) === mark).length;
  const facts = [
    broken ? `${broken} of ${amount(report.data?.length ?? 0, 'data set')} not evaluated` : '',
    gates.length ? decidedText(gates.filter(decides).length, count('FAIL'), count('NO EVIDENCE')) : '',
    count('WARN') ? `${amount(count('WARN'), 'warning gate')} missed` : '',
    count('INFO') ? `${amount(count('INFO'), 'info gate')} missed` : '',
  ];
  return `${VERDICTS[verdict]}: ${facts.filter(Boolean).join(', ')}`;
}

function decidedText(deciding: number, failed: number, without: number): string {
  if (deciding === 0) return 'no gate decides';
  const all = amount(deciding, 'gate');
  if (failed + without === 0) return `${all} passed`;
  if (failed === 0) return `${without} of ${all} without evidence`;
  return `${failed} of ${all} failed${without ? `, ${without} without evidence` : ''}`;
}

export function amount(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
