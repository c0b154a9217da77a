/** Flags of `eval`, derived from what the losses declare: one for each role and each hyperparameter. */
import { type Command, Option } from 'commander';
import { kebab, type Loss, type Param } from '../losses/define.ts';
import { ROLES, type RoleName } from '../losses/roles.ts';
import { paramText } from './render/facts.ts';

interface DeclaredParam {
  readonly param: Param;
  /** More than one where losses mean it each in their own way, as with `eps`. */
  readonly docs: ReadonlySet<string>;
  readonly losses: readonly string[];
}

export interface Declared {
  /** Roles that some loss takes, in the order of ROLES. */
  readonly roles: readonly RoleName[];
  /** Hyperparameters by camelCase key, with the losses that have them. */
  readonly params: ReadonlyMap<string, DeclaredParam>;
}

export function declaredBy(losses: readonly Loss[]): Declared {
  const used = new Set(
    losses.flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([name, input]) => ('oneOf' in input ? Object.keys(input.oneOf) : [name])),
    ),
  );
  const params = new Map<string, { param: Param; docs: Set<string>; losses: string[] }>();
  for (const loss of losses) {
    for (const [key, param] of Object.entries(loss.params)) {
      const known = params.get(key) ?? { param, docs: new Set(), losses: [] };
      known.docs.add(param.doc);
      known.losses.push(loss.name);
      params.set(key, known);
    }
  }
  return { roles: (Object.keys(ROLES) as RoleName[]).filter((role) => used.has(role)), params };
}

const VALUE_NAMES = { number: '<number>', list: '<numbers>', choice: '<choice>', boolean: '' } as const;

export function addDerivedFlags(command: Command, declared: Declared): void {
  command.optionsGroup('Columns (a name, a comma list, a glob, #position):');
  for (const role of declared.roles) command.option(`--${kebab(role)} <columns>`, ROLES[role].doc);
  command.optionsGroup('Hyperparameters (each applies to every chosen loss that has it):');
  for (const [key, { param, docs, losses }] of declared.params) {
    const doc = docs.size === 1 ? `${param.doc}; ${paramText(param)}` : `differs by loss: see "lossctl explain LOSS"`;
    command.option(`--${kebab(key)} ${VALUE_NAMES[param.type]}`.trim(), `${doc} [${losses.join(', ')}]`);
    if (param.type === 'boolean') command.addOption(new Option(`--no-${kebab(key)}`).hideHelp());
  }
}

/** What was given, by kebab-case name, as text. */
export function givenRoles(declared: Declared, options: Readonly<Record<string, unknown>>): Map<string, string> {
  return pick(declared.roles, options);
}

export function givenParams(declared: Declared, options: Readonly<Record<string, unknown>>): Map<string, string> {
  return pick(declared.params.keys(), options);
}

function pick(keys: Iterable<string>, options: Readonly<Record<string, unknown>>): Map<string, string> {
  return new Map([...keys].flatMap((key) => (options[key] === undefined ? [] : [[kebab(key), String(options[key])] as const])));
}
