/** Faults of flags -> faults with a place: what `eval` says of `--by` is about the key `by`. */
import type { Path } from '../../engine/shape.ts';
import { Fault, quote } from '../../io/fault.ts';
import { gateOf } from './gates.ts';
import { specOf } from './loss-spec.ts';
import type { Part, Stated } from './stated.ts';

/** A fault of a flag begins with it, and with what it was given where it can be given again. */
const ABOUT = /^--([a-z][a-z-]*)(?: ("[^"]*"))?/;

/** Flags that a configuration says under another name. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['loss', 'losses'],
  ['assert', 'gates'],
  ['tolerance', 'baseline'],
  ['allow-missing-baseline', 'baseline'],
]);

/** `otherwise`: where a fault belongs that is about no flag and no loss; it stays as it is without. */
export function relocated(set: Stated, fault: Fault, otherwise?: Path): Fault {
  const [, flag, given] = ABOUT.exec(fault.message) ?? [];
  const part = flag === undefined ? lossIn(set, fault.message) : partOf(set, flag, given);
  const path = part?.path ?? otherwise;
  return path ? new Fault(`${set.config.place(path)}: ${fault.message}`, fault.hint, fault.code) : fault;
}

function partOf(set: Stated, flag: string, given: string | undefined): Part | undefined {
  const key = KEYS.get(flag) ?? flag;
  const item = set.items(key).find((part) => given === quote(wordsOf(key, part)));
  return item ?? set.get(key) ?? set.entries('columns').get(flag) ?? set.entries('params').get(flag);
}

/** What a loss cannot do with the data begins with its name. */
function lossIn(set: Stated, message: string): Part | undefined {
  const [, name] = /^([\w-]+)[: ]/.exec(message) ?? [];
  return set.items('losses').find(({ value }) => specOf(value).split(':')[0] === name);
}

function wordsOf(key: string, part: Part): string {
  if (key === 'gates') return gateOf(part).assert;
  return key === 'losses' ? specOf(part.value) : String(part.value);
}
