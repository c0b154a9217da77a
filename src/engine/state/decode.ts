/** Text of a state -> the state, every field checked: a file that was cut, edited or written by something else is refused by name. */

import { Fault, quote } from '../../io/fault.ts';
import { BINS, type SumState } from '../../losses/math/exact-sum.ts';
import { parsedJson, refuseFlaw } from '../document.ts';
import {
  also,
  count,
  defined,
  either,
  fields,
  isObject,
  list,
  oneOf,
  only,
  orNull,
  record,
  text,
  truth,
  when,
  whole,
} from '../shape.ts';
import { type ReadRows, ROWS, readRows } from './read-rows.ts';
import { STATE_SCHEMA, type State } from './state.ts';

/** A state and the file it came from. */
export interface NamedState {
  readonly name: string;
  readonly state: Omit<State, 'rows'>;
  readonly rows: ReadRows | null;
}

const UNITS = 2 ** 31;
const REDUCTIONS = ['mean', 'sum', 'batchmean', 'sum-over-batch-size'];

const param = when(
  (value) =>
    value === null ||
    ['number', 'boolean', 'string'].includes(typeof value) ||
    (Array.isArray(value) && value.every(Number.isFinite)),
  'a parameter',
  { type: ['null', 'number', 'boolean', 'string', 'array'], items: { type: 'number' } },
);

const unit = whole(-UNITS, UNITS, 'a number of units');
const bins = fields({ low: whole(0, BINS, 'the place of a bin'), units: list(unit) }, { beyond: oneOf(['nan', 'inf', '-inf']) });
const sum = defined(
  'sum',
  also<SumState>(bins, ({ low, units }) => low + units.length <= BINS, 'a sum'),
);
const largest = fields({
  max: when(
    (value) => value === null || typeof value === 'number' || value === 'Infinity' || value === '-Infinity',
    'a largest value',
    { anyOf: [{ type: ['null', 'number'] }, { enum: ['Infinity', '-Infinity'] }] },
  ),
});
const slots = list(either(sum, largest));
const partial = defined(
  'partial',
  fields({
    n: count,
    skipped: count,
    ignored: count,
    units: count,
    elements: count,
    loss: sum,
    norm: sum,
    weight: sum,
  }),
);
const tally = defined('tally', fields({ overall: partial, slices: list(partial) }));

export const STATE = fields(
  {
    schema: only(STATE_SCHEMA),
    version: text,
    run: fields({
      losses: list(fields({ id: text, loss: text, params: record(param), reduction: oneOf(REDUCTIONS), roles: list(text) })),
      by: list(text),
      treatment: fields({
        weighted: truth,
        group: orNull(either(oneOf(['column']), count)),
        nan: oneOf(['error', 'skip', 'propagate']),
      }),
    }),
    inputs: fields({
      files: list(text),
      targets: orNull(
        fields({
          file: text,
          on: orNull(text),
          join: orNull(fields({ matched: count, unmatchedPredictions: count, unmatchedTargets: count })),
        }),
      ),
      where: list(text),
      rows: count,
      columns: record(text),
    }),
    slices: list(list(text)),
    groups: orNull(list(text)),
    losses: list(
      fields({
        tally,
        components: record(tally),
        slots: orNull(fields({ overall: orNull(slots), slices: list(orNull(slots)) })),
        groups: orNull(fields({ count, smallest: count, largest: count })),
      }),
    ),
    warnings: list(fields({ code: text, severity: oneOf(['warn', 'info']), message: text })),
  },
  { rows: ROWS },
);

export function decodeState(name: string, content: string): NamedState {
  const fault = (wrong: string) =>
    new Fault(`${quote(name)} is not a state of lossctl: ${wrong}`, 'write it again with lossctl eval --state-out FILE');
  const value = parsedJson(content, fault);
  if (!isObject(value) || value.schema !== STATE_SCHEMA) {
    const schema =
      isObject(value) && typeof value.schema === 'string' ? `its schema is ${quote(value.schema)}` : 'it has no schema';
    throw fault(`${schema}, not ${quote(STATE_SCHEMA)}`);
  }
  refuseFlaw(STATE, 'state', value, fault);
  const { rows, ...state } = value as unknown as State;
  const mismatch = inconsistency(state);
  if (mismatch) throw fault(mismatch);
  return { name, state, rows: rows ? readRows(rows, state, fault) : null };
}

/** Lists that have to be as long as others. */
function inconsistency({ run, slices, losses }: State): string | null {
  if (losses.length !== run.losses.length || losses.length === 0) return 'it has not as many sums as losses';
  if (slices.some((values) => values.length !== run.by.length)) return 'a slice has not as many values as there are columns';
  const tallies = losses.flatMap(({ tally: own, components }) => [own, ...Object.values(components)]);
  if (tallies.some((one) => one.slices.length !== slices.length)) return 'it has not as many sums as slices';
  if (losses.some((one) => one.slots && one.slots.slices.length !== slices.length)) return 'it has not as many slots as slices';
  const withoutSlots = losses.some(
    ({ tally: own, slots: held }) =>
      held && [own.overall, ...own.slices].some(({ n }, k) => n > 0 && [held.overall, ...held.slices][k] === null),
  );
  return withoutSlots ? 'rows were counted without their sums' : null;
}
