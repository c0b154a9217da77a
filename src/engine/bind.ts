/** Roles of the chosen losses -> columns of the table: by flag, else by usual names. */
import type { Labels, Wanted } from '../io/batch.ts';
import { Fault, quote } from '../io/fault.ts';
import { type Alternatives, type Input, kebab, type Loss } from '../losses/define.ts';
import type { RoleName } from '../losses/roles.ts';
import type { By } from './bins.ts';
import { givenInputs, otherForm } from './forms.ts';
import { type Candidate, candidates } from './infer.ts';
import { LabelTexts } from './labels.ts';
import { mayHoldClasses } from './masks.ts';
import type { Chosen } from './resolve.ts';
import { columnList, select, shellWord } from './select.ts';
import type { SliceColumn } from './split.ts';

export interface BindOptions {
  /** Role flags, by kebab-case name: `log-probs` -> `lp_*`. */
  readonly roles: ReadonlyMap<string, string>;
  readonly weight?: string | undefined;
  readonly group?: string | undefined;
  /** A column whose rows with the same text resample together. */
  readonly cluster?: string | undefined;
  /** Columns whose text names a row, for its fingerprint. */
  readonly keys?: string | undefined;
  /** Columns to slice by. */
  readonly by: readonly (string | By)[];
  readonly positiveLabel?: string | undefined;
  readonly classes?: readonly string[] | undefined;
}

/** One input of a loss with its columns, as positions in `Binding.wanted`. */
export interface BoundInput {
  readonly name: string;
  readonly role: RoleName;
  readonly input: Input;
  readonly parts: readonly number[];
  /** What `--classes` says of them. */
  readonly classes: readonly string[] | undefined;
}

export interface Binding {
  readonly wanted: readonly Wanted[];
  readonly labels: LabelTexts;
  /** Inputs of each chosen loss, in the same order. */
  readonly losses: readonly (readonly BoundInput[])[];
  readonly weight: readonly number[] | null;
  readonly group: number | null;
  readonly cluster: number | null;
  /** Texts that name a row. */
  readonly keys: readonly number[];
  readonly slices: readonly SliceColumn[];
  /** Role -> columns as a user would type them, for the result and `-v`. */
  readonly columns: ReadonlyMap<string, string>;
  /** Columns that look like row weights although none were asked for. */
  readonly unusedWeight: string | null;
}

const WEIGHT_NAMES = /^(sample_?)?weights?$/i;

export function bind(table: { readonly columns: readonly string[] }, chosen: readonly Chosen[], options: BindOptions): Binding {
  const wanted = new WantedColumns();
  const labels = new LabelTexts(options);
  const used = new Map<string, string>();
  const text = (columns: readonly number[]) => columns.map((column) => table.columns[column]).join(',');
  const losses = chosen.map(({ loss, params }) => {
    const inputs = givenInputs(loss, table.columns, options.roles).flatMap(([name, input]) => {
      const found = bindInput(table.columns, name, input, loss.name, options);
      if (!found) return [];
      const as = found.input.holds === 'identity' ? 'identity' : 'number';
      const parts = found.columns.map((column) =>
        wanted.want(column, as, labels.for(found.input, mayHoldClasses(found.role, params))),
      );
      used.set(kebab(found.role), text(found.columns));
      return [{ name, role: found.role, input: found.input, parts, classes: options.classes }];
    });
    const roles = inputs.map(({ role }) => role);
    const refusal = loss.refuse?.(params, roles);
    if (refusal) throw new Fault(`${loss.name}: ${refusal}`, `"lossctl explain ${loss.name}" shows what goes together`);
    refuseIdle(loss, params, inputs);
    return inputs;
  });
  for (const role of options.roles.keys()) {
    if (used.has(role)) continue;
    const other = otherForm(chosen, role);
    if (other) throw new Fault(`--${role} is of no use here: ${other}, not both`, 'leave it out');
    throw new Fault(`--${role}: no chosen loss has this input`, `"lossctl explain ${chosen[0].loss.name}" shows what it takes`);
  }
  const single = (selection: string, flag: string, as: Wanted['as']) => {
    const columns = select(table.columns, selection, flag);
    if (as === 'text' && columns.length > 1)
      throw new Fault(`${flag}: ${quote(selection)} names ${columns.length} columns`, 'name one');
    used.set(flag.slice(2), text(columns));
    return columns.map((column) => wanted.want(column, as));
  };
  const weight = options.weight === undefined ? null : single(options.weight, '--weight', 'number');
  const group = options.group === undefined ? null : single(options.group, '--group', 'text')[0];
  const cluster = options.cluster === undefined ? null : single(options.cluster, '--cluster', 'text')[0];
  const keys =
    options.keys === undefined ? [] : select(table.columns, options.keys, '--on').map((column) => wanted.want(column, 'text'));
  const slices = options.by.map((one): SliceColumn => {
    const { column: selection, edges } = typeof one === 'string' ? { column: one, edges: null } : one;
    const [column] = select(table.columns, selection, '--by');
    return { name: table.columns[column], part: wanted.want(column, edges ? 'number' : 'text'), edges };
  });
  const unusedWeight = weight ? null : (table.columns.find((name) => WEIGHT_NAMES.test(name)) ?? null);
  return { wanted: wanted.list, labels, losses, weight, group, cluster, keys, slices, columns: used, unusedWeight };
}

/** The columns to read, each once for every way in which its text is understood. */
class WantedColumns {
  readonly list: Wanted[] = [];

  want(column: number, as: Wanted['as'], labels?: Labels): number {
    const known = this.list.findIndex((wanted) => wanted.column === column && wanted.as === as && wanted.labels === labels);
    return known >= 0 ? known : this.list.push({ column, as, ...(labels && { labels }) }) - 1;
  }
}

interface FoundInput extends Candidate {
  readonly input: Input;
}

function bindInput(
  columns: readonly string[],
  name: string,
  declared: Input | Alternatives,
  lossName: string,
  options: BindOptions,
): FoundInput | null {
  const roles = (('oneOf' in declared ? declared.oneOf : { [name]: declared }) ?? {}) as Record<RoleName, Input>;
  const names = Object.keys(roles) as RoleName[];
  const given = names.filter((role) => options.roles.has(kebab(role)));
  if (given.length > 1) {
    const flags = given.map((role) => `--${kebab(role)}`).join(' and ');
    throw new Fault(`${lossName}: ${flags} are the same input on other scales`, 'give one of them');
  }
  if (given.length === 1) {
    const [role] = given;
    return { role, input: roles[role], columns: select(columns, options.roles.get(kebab(role)) as string, `--${kebab(role)}`) };
  }
  const tried = 'oneOf' in declared && declared.inferred ? names.filter((role) => role === declared.inferred) : names;
  if (tried.every((role) => roles[role].optional)) return null;
  const found = tried.flatMap((role) => candidates(role, columns));
  if (found.length === 1) return { ...found[0], input: roles[found[0].role] };
  throw found.length === 0 ? notFound(columns, names, lossName) : ambiguous(columns, found, lossName);
}

/** A temperature without logits would change nothing, in silence. */
function refuseIdle(loss: Loss, params: Chosen['params'], inputs: readonly BoundInput[]): void {
  for (const [key, param] of Object.entries(loss.params)) {
    if (param.type !== 'number' || !param.divides || params[key] === param.default) continue;
    if (inputs.some(({ input }) => input.holds === param.divides)) continue;
    throw new Fault(
      `${loss.name}: --${kebab(key)} divides logits, and there are none`,
      `pass --logits, or leave --${kebab(key)} out`,
    );
  }
}

function notFound(columns: readonly string[], roles: readonly RoleName[], lossName: string): Fault {
  const flags = roles.map((role) => `--${kebab(role)}`).join(' or ');
  return new Fault(
    `${lossName} needs ${flags}: no column has a usual name for it`,
    `${flags} COLUMN; columns: ${columnList(columns)}`,
  );
}

function ambiguous(columns: readonly string[], found: readonly Candidate[], lossName: string): Fault {
  const text = (column: number) =>
    columns.indexOf(columns[column]) === columns.lastIndexOf(columns[column]) ? columns[column] : `#${column + 1}`;
  const flags = found.map(({ role, columns: at }) => `--${kebab(role)} ${shellWord(at.map(text).join(','))}`);
  return new Fault(`${lossName}: ${found.length} candidates for one input: ${flags.join(' and ')}`, 'choose one of these flags');
}
