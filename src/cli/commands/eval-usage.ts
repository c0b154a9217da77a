/** Combinations of flags that make no sense, refused before anything is read. */
import type { Chosen } from '../../engine/resolve.ts';
import { WARNING_CODES } from '../../engine/warnings.ts';
import { Fault, quote } from '../../io/fault.ts';
import type { EvalOptions } from './eval-options.ts';

/** What can be refused before anything is read. */
export function checkUsage(chosen: readonly Chosen[], options: EvalOptions): void {
  if (chosen.length === 0) throw new Fault('no loss is asked for', '--loss huber; "lossctl list" shows all losses');
  const rows = options.reduction === 'none';
  if (rows && options.assert)
    throw new Fault('--assert needs a reduced value: --reduction none prints rows', 'leave --reduction out');
  if (rows && options.combine)
    throw new Fault('--combine adds reduced values: --reduction none prints rows', 'leave one of them out');
  if (rows && options.by !== undefined)
    throw new Fault('--by slices reduced values: --reduction none prints rows', 'leave one of them out');
  if (rows && options.strict) throw new Fault('--strict cannot hold back rows that are out already', 'leave --reduction none out');
  if (options.maxNan !== undefined && (options.nan !== 'skip' || rows)) {
    throw new Fault(
      '--max-nan bounds what --nan skip leaves out of a reduced value',
      'add --nan skip, and leave --reduction none out',
    );
  }
  checkAllowed(options.allow ?? []);
  const grouped = options.group !== undefined || options.batchSize !== undefined;
  if (grouped && chosen.every(({ loss }) => loss.kind !== 'group')) {
    const flag = options.group !== undefined ? '--group' : '--batch-size';
    throw new Fault(`${flag}: no chosen loss works on groups`, 'leave it out; slices are --by');
  }
  if (options.group !== undefined && options.batchSize !== undefined)
    throw new Fault('--group and --batch-size both make groups', 'give one of them');
}

function checkAllowed(codes: readonly string[]): void {
  const unknown = codes.find((code) => !WARNING_CODES.includes(code));
  if (unknown !== undefined)
    throw new Fault(`--allow: there is no warning ${quote(unknown)}`, `warnings: ${WARNING_CODES.join(', ')}`);
}
