/** The JSON that runs print, `lossctl.result/v1`: what a reader can rely on. Versions to come may add keys. */
import { LEVELS, STATUSES, UNJUDGED, VERDICTS } from '../engine/result.ts';
import {
  count,
  defined,
  described,
  fields,
  list,
  number,
  oneOf,
  only,
  orNull,
  record,
  type Shape,
  text,
  truth,
  when,
} from '../engine/shape.ts';
import { SCHEMA } from './render/document.ts';

const value = described(orNull(number), 'null where it is not finite: status says what it is');
const slice = defined('slice', described(orNull(record(text)), 'column: value; null for all rows'));
const statuses = oneOf(STATUSES);

const param = when(
  (found) =>
    found === null ||
    ['number', 'boolean', 'string'].includes(typeof found) ||
    (Array.isArray(found) && found.every((item) => typeof item === 'number')),
  'a parameter',
  { type: ['null', 'number', 'boolean', 'string', 'array'], items: { type: 'number' } },
);

const inputs = defined(
  'inputs',
  fields(
    { files: list(text), rows: count, columns: described(record(text), 'role: columns as they are typed') },
    {
      targets: fields({ file: text, on: orNull(text) }, { matched: count, unmatched_predictions: count, unmatched_targets: count }),
      where: list(text),
    },
  ),
);

const result = fields(
  {
    id: described(text, 'the loss as it was asked for'),
    loss: text,
    params: record(param),
    reduction: text,
    slice,
    value,
    status: statuses,
    n: described(count, 'rows that were evaluated'),
    skipped: count,
    ignored: count,
    weight_sum: orNull(number),
    denominator: orNull(number),
    unit: text,
    direction: oneOf(['lower', 'higher']),
    signature: described(text, 'everything that decides the value'),
  },
  {
    data: described(text, 'of a suite: the data set'),
    few: described(truth, 'fewer rows than --min-n'),
    components: record(orNull(number)),
    groups: fields({ count, smallest: count, largest: count }),
    stats: record(orNull(number)),
    histogram: fields({ edges: list(orNull(number)), counts: list(number) }),
    interval: fields({ method: text, level: number, low: orNull(number), high: orNull(number) }),
    top: list(fields({ row: count, value: orNull(number), cells: record(text) })),
  },
);

const gate = fields(
  {
    assert: described(text, 'as it was typed'),
    result: described(text, 'id of the result it is about'),
    slice,
    value,
    limit: orNull(number),
    pass: truth,
  },
  {
    data: described(text, 'of a suite: the data set'),
    id: described(text, 'of a suite: the name of the gate'),
    level: described(oneOf(LEVELS), 'of a suite: only error decides the verdict; absent, it is error'),
    statistic: text,
    status: described(oneOf([...STATUSES, ...UNJUDGED]), 'why value is null, or why nothing was judged'),
  },
);

const verdict = defined(
  'verdict',
  described(
    oneOf(VERDICTS),
    'exit codes: none 0, pass 0, fail 1, inconclusive 3, error 2 (a data set of a suite was not evaluated)',
  ),
);

const dataSet = fields(
  { name: text, verdict, inputs: orNull(inputs) },
  { error: fields({ message: text }, { hint: text, code: text }) },
);

export const RESULT: Shape = fields(
  {
    schema: only(SCHEMA),
    version: text,
    inputs,
    results: list(result),
    gates: list(gate),
    warnings: list(fields({ code: text, severity: oneOf(['warn', 'info']), message: text }, { data: text })),
    verdict,
  },
  { data: described(list(dataSet), 'of a suite: its data sets') },
);
