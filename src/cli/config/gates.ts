/** The gates of a configuration: what they ask, their names and levels. */
import { type Assertion, parseAssertion } from '../../engine/assert.ts';
import { parseTolerance } from '../../engine/baseline.ts';
import type { GateMark } from '../../engine/result.ts';
import { Fault, quote } from '../../io/fault.ts';
import type { Demands } from '../commands/eval.ts';
import { type ConfigDocument, placed } from './document.ts';
import { itemsOf, type Mapping, type Part, type Stated } from './stated.ts';

/** `mse < 1` stands for `{ assert: mse < 1 }`. */
interface StatedGate extends GateMark {
  readonly assert: string;
}

/** `base.json` stands for `{ file: base.json }`. */
interface StatedBaseline extends GateMark {
  readonly file: string;
  readonly tolerance?: string;
  readonly 'allow-missing'?: boolean;
}

export function gateOf({ value }: Part): StatedGate {
  return typeof value === 'string' ? { assert: value } : (value as StatedGate);
}

export function baselineOf(set: Stated): StatedBaseline | undefined {
  const value = set.get('baseline')?.value;
  return typeof value === 'string' ? { file: value } : (value as StatedBaseline | undefined);
}

export function demandsOf(set: Stated): Demands {
  const { config } = set;
  const assertions = set.items('gates').map((part): Assertion => {
    const { assert, ...mark } = gateOf(part);
    return { ...placed(config, part.path, () => parseAssertion(assert)), mark: { level: 'error', ...mark } };
  });
  const baseline = baselineOf(set);
  if (assertions.length === 0 && !baseline) {
    throw new Fault(
      `${config.place(set.path)}: data set ${quote(set.name)} has no gate`,
      `gates: ['LOSS < LIMIT'], or a baseline; of level info where it is only to be shown`,
    );
  }
  if (!baseline) return { assertions };
  const { id, level = 'error', tolerance } = baseline;
  if (tolerance !== undefined) placed(config, set.get('baseline')?.path ?? [], () => parseTolerance(tolerance));
  return { assertions, baseline: { ...(id !== undefined && { id }), level } };
}

/** A report names gates by their ids: two of one name would be one. */
export function refuseSameIds(config: ConfigDocument, settings: readonly Part[]): void {
  const seen = new Map<string, string>();
  for (const { path, value } of settings) {
    const { gates = [], baseline } = value as Mapping;
    for (const part of [...itemsOf({ path: [...path, 'gates'], value: gates }), { path: [...path, 'baseline'], value: baseline }]) {
      const id = (part.value as GateMark | string | undefined) && gateOf(part).id;
      if (id === undefined) continue;
      const first = seen.get(id);
      const place = config.place(part.path);
      if (first !== undefined) throw new Fault(`${place}: the id ${quote(id)} stands at ${first} as well`, 'name each gate once');
      seen.set(id, place);
    }
  }
}
