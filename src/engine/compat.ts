/** `--compat`: the defaults of a library in place of those here. */
import { Fault, quote } from '../io/fault.ts';
import type { Loss, ParamValue, Reduction } from '../losses/define.ts';
import { equivalentOf, LIBRARIES, type LibraryName } from '../losses/libraries.ts';
import { didYouMean } from './suggest.ts';

export const LIBRARY_NAMES = Object.keys(LIBRARIES) as LibraryName[];

export interface Defaults {
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly reduction: Reduction;
}

/** The defaults of a loss, here or in a library. Refuses where that library has no such loss, or one that gives other numbers. */
export function defaultsOf(loss: Loss, library: LibraryName | undefined): Defaults {
  const params = Object.fromEntries(Object.entries(loss.params).map(([key, param]) => [key, param.default]));
  const reduction = loss.reduction ?? 'mean';
  if (library === undefined) return { params, reduction };
  const { name } = LIBRARIES[library];
  const equivalent = equivalentOf(loss, library);
  if (!equivalent) {
    const has = LIBRARY_NAMES.filter((one) => one in loss.equivalents);
    const hint = has.length ? `it is known in ${has.join(', ')}` : 'no library with --compat has it';
    throw new Fault(`${loss.name}: ${name} has no such loss`, `${hint}; for one loss alone: --loss NAME:compat=${library}`);
  }
  if (equivalent.differs !== undefined)
    throw new Fault(
      `${loss.name}: no parameters give the number of ${name}: ${equivalent.differs}`,
      `"lossctl explain ${loss.name}" shows what it does`,
    );
  return { params: { ...params, ...(equivalent.params as Defaults['params']) }, reduction: equivalent.reduction ?? reduction };
}

/** The library of `compat=NAME` in a spec. */
export function parseLibrary(text: string, what: string): LibraryName {
  const found = LIBRARY_NAMES.find((name) => name === text);
  if (found) return found;
  throw new Fault(
    `${what}: there is no library ${quote(text)}`,
    didYouMean(text, LIBRARY_NAMES, `choose one of ${LIBRARY_NAMES.join(', ')}`),
  );
}
