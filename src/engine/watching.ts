/** The checks that concern a loss, and what they found. */
import type { Table, Wanted } from '../io/batch.ts';
import type { RoleName } from '../losses/roles.ts';
import type { Binding, BoundInput } from './bind.ts';
import type { Check, Watch } from './checks/check.ts';
import { CHECKS } from './checks/index.ts';
import type { RunOptions } from './options.ts';
import type { Chosen } from './resolve.ts';
import type { Warning } from './result.ts';

export interface Watching {
  readonly check: Check;
  readonly watch: Watch;
}

export function watchesFor(
  chosen: Chosen,
  inputs: readonly BoundInput[],
  table: Table,
  binding: Binding,
  options: RunOptions,
): Watching[] {
  const name = (part: number) => table.columns[(binding.wanted[part] as Wanted).column];
  const columns = new Map(inputs.map(({ role, parts }): [RoleName, string[]] => [role, parts.map(name)]));
  const grouped = binding.group !== null || Number.isFinite(options.groupSize);
  return CHECKS.flatMap((check) => {
    const watch = options.allow.has(check.code) ? null : check.watch({ chosen, columns, grouped });
    return watch ? [{ check, watch }] : [];
  });
}

export function findingsOf(id: string, watching: readonly Watching[], rows: number): Warning[] {
  return watching.flatMap(({ check: { code, severity }, watch }) => {
    const finding = watch.finding(rows);
    if (finding === undefined) return [];
    const first = watch.first?.();
    return [{ code, severity, message: `${id}: ${finding}`, ...(first && { first }) }];
  });
}
