/** What the user asks for -> losses with their parameters filled in. */
import { Fault, quote } from '../io/fault.ts';
import { kebab, type Loss, type ParamValue, type Reduction } from '../losses/define.ts';
import type { LibraryName } from '../losses/libraries.ts';
import { type ClassScheme, parseClassScheme } from './class-scheme.ts';
import { defaultsOf, parseLibrary } from './compat.ts';
import { paramKey, parseParam } from './params.ts';
import { didYouMean } from './suggest.ts';

/** A loss as it will be run. */
export interface Chosen {
  /** As asked for: `huber`, `huber:delta=2`. */
  readonly id: string;
  readonly loss: Loss;
  /** Every declared parameter, by its camelCase key. */
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly reduction: Reduction;
  /** What the name that was typed means elsewhere. */
  readonly aliasNote?: string;
  /** How `classWeight` follows from class counts, where it does. */
  readonly classScheme?: ClassScheme;
}

const LIBRARY_PREFIX = /^(torch\.)?(nn\.functional\.|nn\.|f\.)|^(tf\.)?keras\.losses\.|^optax\.|^sklearn\.metrics\./;

/** What a spec calls the library whose defaults a loss takes. */
const COMPAT = 'compat';

/** Finds a loss by name or alias, spelled as any library spells it: `MSELoss`, `mse_loss`, `nn.MSELoss`, `mse`. */
export function findLoss(losses: readonly Loss[], typed: string): Loss {
  const plain = typed.trim().toLowerCase().replace(LIBRARY_PREFIX, '').replaceAll('_', '-');
  const joined = (name: string) => name.replaceAll('-', ''); // class names have no hyphens: CosineEmbeddingLoss
  for (const name of [plain, plain.replace(/-?loss$/, ''), `${plain}-loss`].map(joined)) {
    const found = losses.find((loss) => [loss.name, ...loss.aliases].some((known) => joined(known) === name));
    if (found) return found;
  }
  const names = losses.flatMap((loss) => [loss.name, ...loss.aliases]);
  throw new Fault(`there is no loss ${quote(typed)}`, didYouMean(plain, names, '"lossctl list" shows all losses'));
}

/** `delta=2,class-weight=1,2,3` -> pairs; a piece without `=` goes on with the list before it. */
function splitPairs(spec: string, text: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const piece of text.split(',')) {
    const equals = piece.indexOf('=');
    const last = pairs.at(-1);
    if (equals > 0) pairs.push([piece.slice(0, equals).trim(), piece.slice(equals + 1)]);
    else if (last) last[1] += `,${piece}`;
    else throw new Fault(`--loss ${quote(spec)}: ${quote(piece)} is not NAME=VALUE`, 'write for example --loss huber:delta=2');
  }
  return pairs;
}

function unknownParam(loss: Loss, typed: string): Fault {
  const names = Object.keys(loss.params).map(kebab);
  const has = names.length ? `${loss.name} has ${names.join(', ')}` : `${loss.name} has no parameters`;
  return new Fault(`${loss.name} has no parameter ${quote(typed)}`, didYouMean(typed, names, has));
}

export interface Request {
  /** `NAME[:k=v,...]`, in the user's order. */
  readonly specs: readonly string[];
  /** Hyperparameter flags by their kebab-case name; each applies to every chosen loss that has it. */
  readonly flags: ReadonlyMap<string, string>;
  readonly reduction: Reduction | undefined;
  /** Whose defaults hold where nothing is given; `compat=NAME` in a spec is for that loss alone. */
  readonly compat?: LibraryName | undefined;
}

/** Fills in flags, then the spec's own values over them, then defaults. */
export function resolve(losses: readonly Loss[], request: Request): Chosen[] {
  const chosen = request.specs.map((spec) => choose(losses, spec, request));
  for (const flag of request.flags.keys()) {
    if (chosen.some(({ loss }) => paramKey(loss, flag) !== undefined)) continue;
    const owners = losses.filter((loss) => paramKey(loss, flag) !== undefined).map((loss) => loss.name);
    throw new Fault(
      `--${flag}: no chosen loss has it (${chosen.map(({ loss }) => loss.name).join(', ')})`,
      `it belongs to ${owners.join(', ')}`,
    );
  }
  const twice = chosen.find(({ id }, index) => chosen.findIndex((other) => other.id === id) !== index);
  if (twice)
    throw new Fault(
      `--loss ${quote(twice.id)} is asked for twice`,
      'give each once, or with other parameters: --loss huber:delta=2',
    );
  return chosen;
}

function choose(losses: readonly Loss[], spec: string, request: Request): Chosen {
  const colon = spec.indexOf(':');
  const typed = colon < 0 ? spec : spec.slice(0, colon);
  const loss = findLoss(losses, typed);
  const aliasNote = loss.aliasNotes?.[typed.toLowerCase()];
  const pairs = colon < 0 ? [] : splitPairs(spec, spec.slice(colon + 1));
  const own = pairs.find(([typed]) => typed === COMPAT);
  const defaults = defaultsOf(loss, own ? parseLibrary(own[1], `${loss.name}:${COMPAT}`) : request.compat);
  const params = { ...defaults.params };
  let classScheme: ClassScheme | undefined;
  const set = (key: string, text: string, what: string) => {
    const param = loss.params[key];
    const scheme = param.type === 'list' && param.per === 'class' ? parseClassScheme(text, what) : undefined;
    if (scheme) classScheme = scheme;
    params[key] = scheme ? null : parseParam(param, text, what);
  };
  for (const key of Object.keys(loss.params)) {
    const flag = request.flags.get(kebab(key));
    if (flag !== undefined) set(key, flag, `--${kebab(key)}`);
  }
  for (const [typed, text] of pairs) {
    if (typed === COMPAT) continue;
    const key = paramKey(loss, typed.replaceAll('_', '-'));
    if (key === undefined) throw unknownParam(loss, typed);
    set(key, text, `${loss.name}:${kebab(key)}`);
  }
  const id = [loss.name, ...(pairs.length ? [pairs.map(([name, value]) => `${name}=${value}`).join(',')] : [])].join(':');
  const reduction = request.reduction ?? defaults.reduction;
  if (loss.kind === 'fold' && reduction !== 'mean') {
    throw new Fault(
      `${loss.name} is one number for all rows: it has no ${quote(reduction)}`,
      'leave --reduction out, or ask for it in a run of its own',
    );
  }
  return { id, loss, params, reduction, ...(classScheme && { classScheme }), ...(aliasNote && { aliasNote }) };
}
