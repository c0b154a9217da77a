/** What a reader of the result should know although nothing is wrong with the run. */
import { quote } from '../io/fault.ts';
import type { Binding } from './bind.ts';
import type { Chosen } from './resolve.ts';
import type { Result, Warning } from './result.ts';
import { shellWord } from './select.ts';

/** What is to be said about the losses as they were asked for, and about their results. */
export function resultWarnings(chosen: readonly Chosen[], results: readonly Result[]): Warning[] {
  const warnings: Warning[] = [];
  for (const { id, loss, reduction, aliasNote } of chosen) {
    if (aliasNote) warnings.push({ code: 'alias', severity: 'info', message: `${id}: ${aliasNote}` });
    const note = loss.reductionNotes?.[reduction];
    if (note) warnings.push({ code: 'reduction', severity: 'info', message: `${id}: ${note}` });
  }
  for (const { id, status, slice } of results) {
    if (status === 'ok' || slice) continue;
    warnings.push({ code: 'D20', severity: 'warn', message: `${id} is not finite (${status}): no gate on it can pass` });
  }
  return warnings;
}

/** What is to be said about the columns of the table. */
export function columnWarnings({ unusedWeight }: Binding): Warning[] {
  if (unusedWeight === null) return [];
  const message = `column ${quote(unusedWeight)} is not used: --weight ${shellWord(unusedWeight)} would weigh the rows by it`;
  return [{ code: 'unused-weight', severity: 'info', message }];
}
