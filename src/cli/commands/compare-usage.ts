/** What `compare` refuses before anything is read. */
import { bestConstantOf } from '../../engine/best-constant.ts';
import type { Chosen } from '../../engine/resolve.ts';
import { Fault } from '../../io/fault.ts';
import type { CompareOptions } from './compare-options.ts';
import { checkEvidence, checkGroups } from './eval-usage.ts';

export function checkCompareUsage(chosen: readonly Chosen[], names: readonly string[], options: CompareOptions): void {
  if (chosen.length === 0) throw new Fault('no loss is asked for', '--loss huber; "lossctl list" shows all losses');
  if (names.filter((name) => name === '-').length > 1 || options.targets === '-')
    throw new Fault('standard input can be read once, and is wanted by several sides', 'write it to a file, and name that');
  if (options.relative) for (const one of chosen) bestConstantOf(one);
  if (options.on !== undefined && options.batchSize !== undefined)
    throw new Fault('--batch-size makes groups in file order, and --on pairs rows in any order', 'name the groups: --group COLUMN');
  checkEvidence(options);
  checkGroups(chosen, options);
}
