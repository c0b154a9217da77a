/** What a reader of the result should know although nothing is wrong with the run. */
import { quote } from '../io/fault.ts';
import type { Binding } from './bind.ts';
import { CHECKS } from './checks/index.ts';
import type { Chosen } from './resolve.ts';
import type { Result, Warning } from './result.ts';
import { shellWord } from './select.ts';

/** Everything `--allow` can silence. */
export const WARNING_CODES: readonly string[] = [...CHECKS.map(({ code }) => code), 'D20', 'reduction', 'unused-weight'];

export function warningsFor(chosen: readonly Chosen[], results: readonly Result[], binding: Binding): Warning[] {
  const warnings: Warning[] = [];
  for (const { id, loss, reduction } of chosen) {
    const note = loss.reductionNotes?.[reduction];
    if (note) warnings.push({ code: 'reduction', severity: 'info', message: `${id}: ${note}` });
  }
  for (const { id, status, slice } of results) {
    if (status === 'ok' || slice) continue;
    warnings.push({ code: 'D20', severity: 'warn', message: `${id} is not finite (${status}): no gate on it can pass` });
  }
  if (binding.unusedWeight !== null) {
    const message = `column ${quote(binding.unusedWeight)} is not used: --weight ${shellWord(binding.unusedWeight)} would weigh the rows by it`;
    warnings.push({ code: 'unused-weight', severity: 'info', message });
  }
  return warnings;
}
