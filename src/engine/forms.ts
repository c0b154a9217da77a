/** Losses that take one of several complete sets of inputs: which of them the flags and the columns give. */
import { Fault } from '../io/fault.ts';
import { type Alternatives, formsOf, type Input, kebab, type Loss } from '../losses/define.ts';
import type { RoleName } from '../losses/roles.ts';
import { candidates } from './infer.ts';
import type { Chosen } from './resolve.ts';
import { columnList } from './select.ts';

type Form = readonly string[];

/** The inputs of a loss without those of the forms that are not given. */
export function givenInputs(
  { name: lossName, inputs }: Loss,
  columns: readonly string[],
  flags: ReadonlyMap<string, string>,
): [name: string, input: Input | Alternatives][] {
  const forms = [...formsOf(inputs).values()];
  const chosen = forms.length > 0 ? chooseForm(forms, lossName, columns, flags) : [];
  const left = forms.flat().filter((name) => !chosen.includes(name));
  return Object.entries(inputs).filter(([name]) => !left.includes(name));
}

/** Flags count for more than usual names of columns, and a whole form for more than a part of one. */
function chooseForm(
  forms: readonly Form[],
  lossName: string,
  columns: readonly string[],
  flags: ReadonlyMap<string, string>,
): Form {
  const flagged = (name: string) => flags.has(kebab(name));
  const available = (name: string) => flagged(name) || candidates(name as RoleName, columns).length > 0;
  const ranks: ((form: Form) => boolean)[] = [
    (form) => form.every(flagged),
    (form) => form.some(flagged) && form.every(available),
    (form) => form.every(available),
    (form) => form.some(flagged),
  ];
  const found = ranks.map((fits) => forms.filter(fits)).find((fitting) => fitting.length > 0) ?? [];
  if (found.length === 1) return found[0];
  const needs = `${lossName} needs ${forms.map(flagText).join(', or ')}`;
  if (found.length === 0) {
    throw new Fault(
      `${needs}: no columns have usual names for them`,
      `name them with their flags; columns: ${columnList(columns)}`,
    );
  }
  throw found.flat().some(flagged)
    ? new Fault(`${needs}: there are flags of both`, 'give the flags of one')
    : new Fault(`${needs}: there are columns for both`, 'choose by the flags of one');
}

/** Why nothing used a role that a chosen loss has: it belongs to a form that was not taken. */
export function otherForm(chosen: readonly Chosen[], role: string): string | undefined {
  for (const { loss } of chosen) {
    const forms = [...formsOf(loss.inputs).values()];
    const own = forms.find((form) => form.map(kebab).includes(role));
    if (own)
      return `${loss.name} takes ${flagText(own)}, or ${forms
        .filter((form) => form !== own)
        .map(flagText)
        .join(', or ')}`;
  }
  return undefined;
}

function flagText(form: Form): string {
  return form.map((name) => `--${kebab(name)}`).join(' and ');
}
