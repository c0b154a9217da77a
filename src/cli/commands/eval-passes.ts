/** Passes over the data before the one that evaluates: for what has to be known of all rows first. */
import { type Binding, type BindOptions, bind } from '../../engine/bind.ts';
import { type By, parseBy, withQuantileEdges } from '../../engine/bins.ts';
import { countClasses, needsCounting, withClassCounts } from '../../engine/class-weights.ts';
import type { RunOptions } from '../../engine/options.ts';
import type { Chosen } from '../../engine/resolve.ts';
import type { Table } from '../../io/batch.ts';
import { Fault } from '../../io/fault.ts';
import type { World } from '../world.ts';
import type { EvalOptions } from './eval-options.ts';
import type { Again } from './eval-rows.ts';
import { openSource } from './source.ts';

/** Fills in class weights that follow from class counts: given, or counted in a pass of its own. */
export async function withCountedClasses(chosen: readonly Chosen[], first: FirstPass): Promise<readonly Chosen[]> {
  if (!needsCounting(chosen)) return withClassCounts(chosen, []);
  const counts = await first('counting the classes', 'give the counts: --class-counts 1000,100,10', chosen, countClasses);
  return withClassCounts(chosen, counts);
}

/** A pass over the data before the one that evaluates. `what` takes it; `hint` helps where the input can be read only once. */
type FirstPass = <T>(what: string, hint: string, chosen: readonly Chosen[], pass: Pass<T>) => Promise<T>;
type Pass<T> = (table: Table, chosen: readonly Chosen[], binding: Binding, options: PassOptions) => Promise<T>;
type PassOptions = Pick<RunOptions, 'nan' | 'allowInf' | 'batchRows'>;

export function firstPass(
  world: World,
  files: readonly string[],
  roles: ReadonlyMap<string, string>,
  options: EvalOptions,
  by: readonly By[] | null,
): FirstPass {
  return (what, hint, chosen, pass) =>
    readBefore(world, files, options, what, hint, (table) => {
      const binding = bind(table, chosen, { ...bindOptions(options, table.columns, by), roles });
      const { allowInf = false, nan, chunkRows: batchRows } = options;
      return pass(table, chosen, binding, { nan, allowInf, batchRows });
    });
}

async function readBefore<T>(
  world: World,
  files: readonly string[],
  options: EvalOptions,
  what: string,
  hint: string,
  read: (table: Table) => Promise<T>,
): Promise<T> {
  if (files.includes('-') || options.targets === '-')
    throw new Fault(`${what} takes a pass of its own, and standard input can be read once`, hint);
  const { table } = await openSource(world, files, options);
  try {
    return await read(table);
  } finally {
    await table.close();
  }
}

/** A pass after the one that evaluates; nothing where the input can be read only once. */
export function readAgain(world: World, files: readonly string[], options: EvalOptions): Again {
  return async (read) => {
    if (files.includes('-') || options.targets === '-') return null;
    const { table } = await openSource(world, files, options);
    try {
      return await read(table);
    } finally {
      await table.close();
    }
  };
}

/** The columns of `--by` with the borders of their bins, where these follow from the data; else they are read off with the columns. */
export async function quantileBins(world: World, files: readonly string[], options: EvalOptions): Promise<readonly By[] | null> {
  const { by, chunkRows } = options;
  if (by === undefined || !/:q\d/.test(by)) return null;
  return readBefore(world, files, options, 'finding quantiles', 'give the borders, as in age:0,18,65,inf', (table) =>
    withQuantileEdges(table, parseBy(by, table.columns), chunkRows),
  );
}

export function bindOptions(
  options: EvalOptions,
  columns: readonly string[],
  bins: readonly By[] | null,
): Omit<BindOptions, 'roles'> {
  const { by, weight, group, cluster, positiveLabel, classes } = options;
  const keys = options.baseline === undefined && options.to === undefined ? undefined : options.on;
  return { by: bins ?? (by === undefined ? [] : parseBy(by, columns)), weight, group, cluster, keys, positiveLabel, classes };
}
