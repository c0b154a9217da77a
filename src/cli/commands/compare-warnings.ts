/** Warnings of several sides: once where all of them say the same, else by name. */
import type { Chosen } from '../../engine/resolve.ts';
import type { Warning } from '../../engine/result.ts';
import { resultWarnings } from '../../engine/warnings.ts';
import type { Evaluated } from './compare-side.ts';

/** What one side says. */
interface Said {
  readonly name: string;
  readonly warnings: readonly Warning[];
}

/** Without the rows of the side, which can go. */
export function saidOf({ side, results, findings }: Evaluated, chosen: readonly Chosen[]): Said {
  return { name: side.name, warnings: [...findings, ...resultWarnings(chosen, results)] };
}

export function saidOnce(sides: readonly Said[]): Warning[] {
  const by = new Map<string, { readonly warning: Warning; readonly names: string[] }>();
  for (const { name, warnings } of sides) {
    for (const warning of warnings) {
      const known = by.get(`${warning.code} ${warning.message}`) ?? { warning, names: [] };
      by.set(`${warning.code} ${warning.message}`, known);
      known.names.push(name);
    }
  }
  return [...by.values()].map(({ warning, names }) =>
    names.length === sides.length ? warning : { ...warning, message: `${names.join(', ')}: ${warning.message}` },
  );
}
