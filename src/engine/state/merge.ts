/** States of parts of the data -> totals of all of it. */
import { Fault, quote } from '../../io/fault.ts';
import type { Loss } from '../../losses/define.ts';
import type { SlotValues } from '../partial.ts';
import type { Chosen } from '../resolve.ts';
import type { Inputs, Result, SliceKey, Warning } from '../result.ts';
import type { Run } from '../results.ts';
import { Tally } from '../tally.ts';
import type { Totals } from '../totals.ts';
import { addLossState } from './add.ts';
import type { NamedState } from './decode.ts';
import { mergedRows } from './merge-rows.ts';
import type { Finished, LossState, RunState } from './state.ts';

export interface Merged extends Finished {
  readonly inputs: Inputs;
  readonly warnings: readonly Warning[];
}

export function merge(losses: readonly Loss[], states: readonly NamedState[]): Merged {
  const [first] = states;
  for (const other of states.slice(1)) refuseOther(first, other);
  if (states.length > 1) refuseCutGroups(losses, states);
  const { run, inputs } = first.state;
  const slices = new Slices(run.by);
  const totals = run.losses.map(({ loss }) => new MergedTotals(find(losses, loss, first.name)));
  const ids = states.map(({ state }) => state.slices.map((values) => slices.id(values)));
  for (const [k, { state }] of states.entries())
    for (const [index, part] of state.losses.entries()) totals[index].add(part, ids[k]);
  const rows = mergedRows(states, ids);
  const runs = run.losses.map(({ id, params, reduction, roles }, index): Run => {
    const chosen: Chosen = { id, loss: totals[index].loss, params, reduction };
    return { chosen, roles, totals: totals[index], constants: null, kept: rows?.kept[index] ?? null, terms: null };
  });
  const warnings = states.flatMap(({ state }) => state.warnings);
  const texts = warnings.map(({ code, message }) => `${code} ${message}`);
  return {
    runs,
    slices: slices.keys,
    by: run.by,
    treatment: run.treatment,
    groups: states.flatMap(({ state }) => state.groups ?? []),
    clusters: rows?.clusters ?? null,
    inputs: {
      ...inputs,
      files: states.flatMap(({ state }) => state.inputs.files),
      rows: states.reduce((sum, { state }) => sum + state.inputs.rows, 0),
      columns: new Map(Object.entries(inputs.columns)),
    },
    warnings: warnings.filter((_, k) => texts.indexOf(texts[k]) === k),
  };
}

/** States of other losses, parameters, columns or slices cannot be added: says in what they differ. */
function refuseOther(first: NamedState, other: NamedState): void {
  const facts = ({ state: { run, inputs } }: NamedState) => {
    const { losses, by, treatment }: RunState = run;
    return {
      losses: losses.map(({ id }) => id),
      ...Object.fromEntries(losses.map((loss) => [loss.id, loss])),
      'the slices': by,
      'the weights, groups or treatment of missing values': treatment,
      'the columns': inputs.columns,
      'the conditions of --where': inputs.where,
    };
  };
  const [mine, theirs] = [facts(first), facts(other)].map((one) => Object.entries(one));
  const differing = mine.find(([, fact], k) => JSON.stringify(fact) !== JSON.stringify(theirs[k]?.[1]));
  if (!differing && mine.length === theirs.length) return;
  const [what, fact] = differing ?? ['losses', null];
  const its = theirs.find(([name]) => name === what)?.[1] ?? null;
  throw new Fault(
    `${quote(first.name)} and ${quote(other.name)} do not belong together: ${what}: ${quote(JSON.stringify(fact))} and ${quote(JSON.stringify(its))}`,
    'write all of them with the same losses, parameters, columns and slices',
  );
}

/** A group that lies in two parts has a value in neither: the sum would not be that of one pass. */
function refuseCutGroups(losses: readonly Loss[], states: readonly NamedState[]): void {
  const [first] = states;
  const { group } = first.state.run.treatment;
  const names = first.state.run.losses.map(({ loss }) => loss);
  const grouped = names.findIndex((name) => losses.find((loss) => loss.name === name)?.kind === 'group');
  if (grouped < 0) return;
  const hint =
    'cut the data between groups: --group COLUMN with each group in one part, or --batch-size that divides the rows of each part';
  if (group === null) throw new Fault(`${names[grouped]}: all rows are one group, which parts cannot give`, hint);
  if (group === 'column') {
    const seen = new Map<string, string>();
    for (const { name, state } of states) {
      for (const one of state.groups ?? []) {
        const before = seen.get(one);
        if (before !== undefined)
          throw new Fault(`${names[grouped]}: the group ${quote(one)} lies in ${quote(before)} and in ${quote(name)}`, hint);
        seen.set(one, name);
      }
    }
    return;
  }
  const cut = states.slice(0, -1).find(({ state }) => state.losses[grouped].tally.overall.n % group !== 0);
  if (cut) throw new Fault(`${names[grouped]}: the rows of ${quote(cut.name)} are no multiple of --batch-size ${group}`, hint);
}

function find(losses: readonly Loss[], name: string, file: string): Loss {
  const found = losses.find((loss) => loss.name === name);
  if (found) return found;
  throw new Fault(
    `${quote(file)}: there is no loss ${quote(name)}`,
    'it was written by another version of lossctl: evaluate again',
  );
}

/** Slices by the values of their columns, numbered as they come. */
class Slices {
  readonly keys: SliceKey[] = [];
  readonly #by: readonly string[];
  readonly #known = new Map<string, number>();

  constructor(by: readonly string[]) {
    this.#by = by;
  }

  id(values: readonly string[]): number {
    const key = JSON.stringify(values);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const id = this.keys.push(new Map(this.#by.map((name, k) => [name, values[k]]))) - 1;
    this.#known.set(key, id);
    return id;
  }
}

class MergedTotals implements Totals {
  readonly loss: Loss;
  readonly tally = new Tally();
  readonly components = new Map<string, Tally>();
  readonly slots: Map<number | null, SlotValues> | null;
  groups: Result['groups'] = null;

  constructor(loss: Loss) {
    this.loss = loss;
    this.slots = loss.kind === 'fold' ? new Map() : null;
  }

  /** `ids[k]` is the slice that is number `k` in the part. */
  add(part: LossState, ids: readonly number[]): void {
    for (const name of Object.keys(part.components)) if (!this.components.has(name)) this.components.set(name, new Tally());
    addLossState(this, this.loss, part, ids);
    if (part.groups) {
      const { groups } = part;
      const { count, smallest, largest } = this.groups ?? { count: 0, smallest: groups.smallest, largest: groups.largest };
      this.groups = {
        count: count + groups.count,
        smallest: Math.min(smallest, groups.smallest),
        largest: Math.max(largest, groups.largest),
      };
    }
  }
}
