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

/**
 * Adds the flags of roles and hyperparameters. There are hundreds, and commander compares each with all before it, 20 ms of a short run:
 * only those that `argv` names are added, unless it asks for help or names one that is not known, which is answered with a suggestion.
 */
export function addDerivedFlags(command: Command, all: Declared, argv: readonly string[]): void {
  const declared = needsAll(command, all, argv) ? all : mentioned(all, argv);
  command.optionsGroup('Columns (a name, a comma list, a glob, #position):');
  for (const role of declared.roles) command.option(`--${kebab(role)} <columns>`, ROLES[role].doc);
  command.optionsGroup('Hyperparameters (each applies to every chosen loss that has it):');
  for (const [key, { param, docs, losses }] of declared.params) {
    const doc = docs.size === 1 ? `${param.doc}; ${paramText(param)}` : `differs by loss: see "lossctl explain LOSS"`;
    command.option(`--${kebab(key)} ${VALUE_NAMES[param.type]}`.trim(), `${doc} [${losses.join(', ')}]`);
    if (param.type === 'boolean') command.addOption(new Option(`--no-${kebab(key)}`).hideHelp());
  }
}

/** `--delta=1` and `--no-delta` name `delta`. */
function namesIn(argv: readonly string[]): Set<string> {
  return new Set(argv.flatMap((text) => /^--(?:no-)?([a-z0-9-]+)/.exec(text)?.[1] ?? []));
}

function needsAll(command: Command, { roles, params }: Declared, argv: readonly string[]): boolean {
  const known = new Set([...roles, ...params.keys()].map(kebab));
  for (const { long, negate } of command.options) if (long) known.add(long.slice(negate ? '--no-'.length : '--'.length));
  return argv.includes('-h') || argv.includes('help') || [...namesIn(argv)].some((name) => !known.has(name));
}

function mentioned({ roles, params }: Declared, argv: readonly string[]): Declared {
  const names = namesIn(argv);
  return {
    roles: roles.filter((role) => names.has(kebab(role))),
    params: new Map([...params].filter(([key]) => names.has(kebab(key)))),
  };
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
