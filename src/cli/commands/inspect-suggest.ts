/** Which inputs the columns of a file could be, and the command to run next. */
import { likely } from '../../engine/infer.ts';
import { shellWord } from '../../engine/select.ts';
import { familiesOf } from '../../io/inspect/families.ts';
import type { Inspection } from '../../io/inspect/inspect.ts';
import type { ColumnFacts } from '../../io/inspect/profile.ts';
import { kebab } from '../../losses/define.ts';
import { ROLES, type RoleName } from '../../losses/roles.ts';

/** Role -> the columns that have a usual name for it, as they are selected; several where nothing is inferred. */
export type Roles = ReadonlyMap<RoleName, readonly string[]>;

export function rolesIn(columns: readonly string[]): Roles {
  const families = familiesOf(columns);
  const nameOf = (positions: readonly number[]) =>
    families.find((family) => family.columns.join() === positions.join())?.name ??
    positions.map((column) => columns[column]).join(',');
  const found = (Object.keys(ROLES) as RoleName[]).map(
    (role) => [role, likely(role, columns).map((candidate) => nameOf(candidate.columns))] as const,
  );
  return new Map(found.filter(([, names]) => names.length > 0));
}

/** A loss that fits inputs, with the roles it needs; the first whose roles and data fit is suggested. */
interface Fit {
  readonly loss: string;
  readonly roles: readonly ['target', 'logits' | 'probs' | 'pred' | 'logProbs'];
  fits(target: ColumnFacts, prediction: ColumnFacts): boolean;
}

const isVector = ({ width }: ColumnFacts) => (width ?? 1) > 1;
const isUnit = ({ numbers }: ColumnFacts) => numbers?.outsideUnit === 0;
const isLabel = ({ numbers, values, type }: ColumnFacts) =>
  (type === 'integer' || type === 'boolean') && values !== null && (numbers?.min ?? 0) >= 0;
const isBinary = (column: ColumnFacts) => isLabel(column) && (column.values?.length ?? 0) <= 2 && isUnit(column);

const FITS: readonly Fit[] = [
  { loss: 'cross-entropy', roles: ['target', 'logits'], fits: (target, logits) => isLabel(target) && isVector(logits) },
  {
    loss: 'cross-entropy',
    roles: ['target', 'probs'],
    fits: (target, probs) => isLabel(target) && isVector(probs) && probs.sumToOne === probs.rows,
  },
  { loss: 'nll', roles: ['target', 'logProbs'], fits: (target, logProbs) => isLabel(target) && isVector(logProbs) },
  { loss: 'bce', roles: ['target', 'probs'], fits: (target, probs) => (isBinary(target) || isUnit(target)) && isUnit(probs) },
  { loss: 'bce-with-logits', roles: ['target', 'logits'], fits: (target) => isBinary(target) || isUnit(target) },
  { loss: 'zero-one', roles: ['target', 'pred'], fits: (target, pred) => isLabel(target) && isLabel(pred) },
  { loss: 'hinge', roles: ['target', 'pred'], fits: (target, pred) => isBinary(target) && pred.type === 'number' },
  { loss: 'mse', roles: ['target', 'pred'], fits: (target, pred) => target.numbers !== null && pred.numbers !== null },
];

/** A loss that fits a file, and the columns of its inputs. */
export interface Suggestion {
  readonly loss: string;
  /** Role as it is typed -> columns. */
  readonly columns: ReadonlyMap<string, string>;
}

/** `lossctl eval --loss ...`. */
export function commandOf({ loss, columns }: Suggestion, files: string): string {
  const flags = [...columns].map(([role, names]) => `--${role} ${shellWord(names)}`);
  return `lossctl eval --loss ${loss} ${flags.join(' ')} ${files}`;
}

/** `null` where nothing fits. */
export function suggestion({ columns, families }: Inspection, roles: Roles): Suggestion | null {
  const facts = (name: string) => families.find((one) => one.name === name) ?? columns.find((one) => one.name === name);
  for (const { loss, roles: needed, fits } of FITS) {
    const names = needed.map((role) => roles.get(role) ?? []);
    // the first of several candidates stands for them: the user chooses, and evaluation asks
    const [target, prediction] = names.map(([first]) => (first === undefined ? undefined : facts(first)));
    if (!target || !prediction || !fits(target, prediction)) continue;
    return { loss, columns: new Map(needed.map((role, k) => [kebab(role), names[k]?.[0] ?? ''])) };
  }
  return null;
}
