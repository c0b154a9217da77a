/** `--where 'split=test'`, `--where 'age >= 18'`. */

import { finiteNumber } from '../../engine/number.ts';
import { Fault, quote } from '../../io/fault.ts';
import type { Comparison, Condition } from '../../io/tables/filter.ts';

const CONDITION = /^(.+?)\s*(!=|<=|>=|=|<|>)\s*(.*)$/s;

/** A condition with its column as it was named. */
export function parseCondition(text: string): Omit<Condition, 'column'> & { readonly column: string } {
  const [, column, sign, value = ''] = CONDITION.exec(text.trim()) ?? [];
  if (column === undefined) throw new Fault(`--where ${quote(text)}: is no comparison`, "write it as 'split=test', or 'age >= 18'");
  const comparison = sign as Comparison;
  if (comparison === '=' || comparison === '!=') return { column, comparison, value };
  const limit = finiteNumber(value);
  if (limit === undefined)
    throw new Fault(`--where ${quote(text)}: ${quote(value)} is not a number`, 'texts are compared with = or !=');
  return { column, comparison, value: limit };
}
