/** One side of a comparison, evaluated as `eval` does. */
import { findConstants } from '../../engine/best-constant.ts';
import { bind } from '../../engine/bind.ts';
import type { By } from '../../engine/bins.ts';
import type { KeyNumbers } from '../../engine/compare/keys.ts';
import type { SideInputs } from '../../engine/compare/result.ts';
import { type Side, sideOf } from '../../engine/compare/side.ts';
import type { Chosen } from '../../engine/resolve.ts';
import type { Result, Warning } from '../../engine/result.ts';
import { run } from '../../engine/run.ts';
import { columnWarnings } from '../../engine/warnings.ts';
import { openProgress } from '../progress.ts';
import { type World, write } from '../world.ts';
import type { CompareOptions } from './compare-options.ts';
import { mappingText } from './eval.ts';
import { joinWarnings } from './eval-evidence.ts';
import { bindOptions, firstPass, readAgain } from './eval-passes.ts';
import type { Again } from './eval-rows.ts';
import { nameOf, openSource } from './source.ts';

/** What is the same for all sides. */
export interface Plan {
  readonly chosen: readonly Chosen[];
  readonly roles: ReadonlyMap<string, string>;
  readonly bins: readonly By[] | null;
  readonly keys: KeyNumbers;
}

export interface Evaluated {
  readonly side: Side;
  readonly inputs: SideInputs;
  readonly results: readonly Result[];
  readonly findings: readonly Warning[];
  /** Columns that were read, and a further pass to read them. */
  readonly read: readonly number[];
  readonly again: Again;
}

export async function evaluateSide(
  world: World,
  files: readonly string[],
  { chosen, roles, bins, keys: identify }: Plan,
  options: CompareOptions,
): Promise<Evaluated> {
  const name = nameOf(files);
  const first = firstPass(world, files, roles, options, bins);
  const constants = options.relative
    ? await first('finding the best constant', 'write the data to a file, and name that', chosen, findConstants)
    : undefined;
  const { table, join } = await openSource(world, files, options);
  const progress = openProgress(world, options, table);
  try {
    const { on: keys, cluster = options.group } = options; // rows of one group depend on each other
    const binding = bind(table, chosen, { ...bindOptions(options, table.columns, bins), roles, keys, cluster });
    if (options.verbose) await write(world.stderr, `${name}\n${mappingText(binding.columns)}`);
    const outcome = await run(table, chosen, binding, {
      nan: options.nan,
      allowInf: options.allowInf ?? false,
      batchRows: options.chunkRows,
      groupSize: options.batchSize ?? Number.POSITIVE_INFINITY,
      allow: new Set(options.allow),
      keepRows: true,
      identify,
      ...(constants && { constants }),
      onBatch: async (rows) => progress.show(rows),
    });
    return {
      side: sideOf(name, outcome),
      inputs: { files, rows: outcome.rows, columns: binding.columns },
      results: outcome.results,
      findings: [...outcome.findings, ...joinWarnings(join), ...columnWarnings(binding)],
      read: binding.wanted.map(({ column }) => column),
      again: readAgain(world, files, options),
    };
  } finally {
    progress.clear();
    await table.close();
  }
}

/** What candidates are held against: a table that was evaluated, or a file of rows. */
export interface BaseSide {
  readonly side: Side;
  readonly inputs: SideInputs;
  /** `null` for a file of rows. */
  readonly evaluated: Evaluated | null;
}
