/** What a configuration may hold: one source of its validation and of its JSON Schema. */
import { ASSERTION_EXAMPLE } from '../../engine/assert.ts';
import { LIBRARY_NAMES } from '../../engine/compat.ts';
import { paramShape, sharedParamShape } from '../../engine/param-shape.ts';
import { LEVELS } from '../../engine/result.ts';
import {
  advised,
  closed,
  defined,
  described,
  either,
  list,
  mapping,
  oneOf,
  orNull,
  type Shape,
  single,
  text,
  texts,
  truth,
} from '../../engine/shape.ts';
import { kebab, type Loss } from '../../losses/define.ts';
import { ROLES } from '../../losses/roles.ts';
import type { Declared } from '../flags.ts';
import { paramText } from '../render/facts.ts';
import { flagsOfEval, several, shapeOfFlag } from './keys.ts';

/** In reports of many formats, so of letters that no format takes for something else. */
const name = texts(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/, 'a name of up to 64 letters, digits, ".", "_" and "-"');

const assertion = described(
  advised(text, ASSERTION_EXAMPLE),
  'LOSS < LIMIT, LOSS{column=value} < LIMIT, LOSS{column=*}.p95 < LIMIT',
);
const id = described(name, 'a name for reports; no other gate has it');
const level = described(oneOf(LEVELS), 'error (the default) decides the exit code, warn is shown as a warning, info is only shown');

const gate = defined('gate', either(assertion, closed({ assert: assertion }, { id, level })));

const baseline = defined(
  'baseline',
  either(
    described(text, 'a file that lossctl baseline write wrote'),
    closed(
      { file: described(text, 'a file that lossctl baseline write wrote') },
      {
        tolerance: described(text, 'how much worse is no failure: rel=1%,abs=0.002; none without it'),
        'allow-missing': described(truth, 'without the file nothing is compared, and that passes'),
        id,
        level,
      },
    ),
  ),
);

export function configShape(losses: readonly Loss[], declared: Declared): Shape {
  const { keys } = flagsOfEval();
  const flags = Object.fromEntries([...keys].map(([key, option]) => [key, shapeOfFlag(option)]));
  const loss = defined('loss', lossShape(losses));
  const settings = {
    columns: described(
      defined('columns', closed({}, columnShapes(declared))),
      'input of a loss: its columns; what is left out is found by its name',
    ),
    losses: described(either(loss, list(loss, 1)), 'all in one pass over the data'),
    params: described(defined('params', closed({}, paramsOf(declared))), 'of every loss that has them'),
    gates: described(either(gate, list(gate, 1)), 'conditions on results'),
    baseline: described(baseline, 'not worse than the results in this file'),
    ...flags,
  };
  const path = described(text, 'a path or a glob, from the folder of the configuration');
  const files = described(either(path, list(path, 1)), 'one table: a file, or its shards');
  const set = defined('dataset', closed({ files }, settings));
  return closed(
    { data: described(mapping(name, set), 'data sets by their names') },
    {
      $schema: described(text, 'of this file, for editors'),
      defaults: described(closed({}, settings), 'what holds in every data set that does not say otherwise'),
      outputs: described(either(output, list(output, 1)), 'reports in files'),
      annotate: described(oneOf(['github']), 'annotations of failed gates, where GitHub Actions runs'),
      summary: described(truth, 'markdown in the job summary, where GitHub Actions runs'),
    },
  );
}

const output = described(text, '[FORMAT:]PATH, from the folder of the configuration; the format by its extension');

function columnShapes({ roles }: Declared): Record<string, Shape> {
  return Object.fromEntries(roles.map((role) => [kebab(role), described(several, ROLES[role].doc)]));
}

function paramsOf({ params }: Declared): Record<string, Shape> {
  return Object.fromEntries(
    [...params].map(([key, { param, docs }]) => {
      const doc = docs.size === 1 ? `${param.doc}; ${paramText(param)}` : 'differs by loss';
      // a loss may allow less than another: its own range is checked when it is chosen
      return [kebab(key), described(sharedParamShape(param), doc)];
    }),
  );
}

/** `huber`, `huber:delta=2` or `{ huber: { delta: 2 } }`. */
function lossShape(losses: readonly Loss[]): Shape {
  const compat = defined('compat', oneOf(LIBRARY_NAMES));
  const shapes = losses.map(({ name: key, params, summary }) => {
    const own = Object.entries(params).map(
      ([param, declared]) => [kebab(param), described(paramShape(declared), `${declared.doc}; ${paramText(declared)}`)] as const,
    );
    return [key, described(orNull(closed({}, { ...Object.fromEntries(own), compat })), summary)] as const;
  });
  return either(described(text, 'NAME or NAME:key=value,...'), single(Object.fromEntries(shapes)));
}
