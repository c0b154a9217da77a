/** What is said about the data, and when it is too much to go on. */
import type { Joined, Result, Warning } from '../../engine/result.ts';
import { Fault } from '../../io/fault.ts';
import { messageText } from '../render/warnings.ts';

export function warningText(warning: Warning): string {
  return `${warning.severity === 'warn' ? 'warning' : 'note'} ${warning.code}: ${messageText(warning)}\n`;
}

/** What is left may be another population than what was meant. */
export function refuseSkipped(results: readonly Result[], rows: number, most: number): void {
  const over = results.find(({ slice, skipped }) => slice === null && skipped > most * rows);
  if (!over) return;
  throw new Fault(
    `${over.id}: ${over.skipped} of ${rows} rows are skipped, more than --max-nan ${Number((100 * most).toPrecision(6))}%`,
    'run without --nan skip to see the first of them',
    'D20',
  );
}

export function refuseWarnings(warnings: readonly Warning[]): void {
  const [first, ...rest] = warnings.filter(({ severity }) => severity === 'warn');
  if (!first) return;
  const more = rest.length ? ` (and ${rest.map(({ code }) => code).join(', ')})` : '';
  throw new Fault(
    `${first.message}${more}`,
    `--allow ${first.code} if this is meant; without --strict it is a warning`,
    first.code,
  );
}

/** Rows that `--unmatched drop` left out. */
export function joinWarnings(join: Joined | null): Warning[] {
  if (!join || join.unmatchedPredictions + join.unmatchedTargets === 0) return [];
  const { matched, unmatchedPredictions, unmatchedTargets } = join;
  const message = `${matched} rows joined; without a partner: ${unmatchedPredictions} predictions and ${unmatchedTargets} targets`;
  return [{ code: 'unmatched', severity: 'info', message }];
}
