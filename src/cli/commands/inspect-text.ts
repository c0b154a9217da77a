/** What `inspect` found, as text and as JSON. */
import type { ChalkInstance } from 'chalk';
import type { Inspection } from '../../io/inspect/inspect.ts';
import type { ColumnFacts, NumberFacts } from '../../io/inspect/profile.ts';
import { kebab } from '../../losses/define.ts';
import { printable, shortened } from '../render/escape.ts';
import { bars, shortDigits } from '../render/numbers.ts';
import { drawTable } from '../render/table.ts';
import { type Json, type JsonObject, toJson } from '../render/tojson.ts';
import type { Roles, Suggestion } from './inspect-suggest.ts';

/** The file that was looked at, and what was found. */
export interface Found {
  readonly files: readonly string[];
  readonly inspection: Inspection;
  readonly roles: Roles;
  readonly suggested: Suggestion | null;
  /** The command to run next. */
  readonly command: string | null;
}

export function inspectionText({ files, inspection, roles, command }: Found, colors: ChalkInstance): string {
  const { format, rows, whole, columns, families } = inspection;
  const read = whole ? `${rows} rows` : `the first ${rows} rows`;
  const head = `${files.map(printable).join(', ')}: ${format}, ${columns.length} columns, ${read} read\n`;
  const titles = ['column', 'type', 'empty', 'NaN', 'text', 'min', 'max', 'mean', 'outside [0,1]', 'sums to 1', 'histogram'];
  const table = drawTable(
    titles.map((title) => colors.dim(title)),
    [...columns, ...families].map(cellsOf),
    ['left', 'left', ...titles.slice(2, -1).map(() => 'right' as const), 'left'],
  );
  const inputs = [...roles].map(([role, names]) => {
    const flags = names.map((name) => `--${kebab(role)} ${shortened(name)}`);
    return flags.length === 1 ? `  ${flags[0]}  by its name` : `  ${flags.join(' or ')}  (say which)`;
  });
  const inferred = inputs.length
    ? `\nInputs\n${inputs.join('\n')}\n`
    : '\nNo column has a usual name of an input: name them with --target, --pred ...\n';
  const next = command === null ? '' : `\nNext\n  ${printable(command)}\n`;
  return `${head}\n${table.join('\n')}\n${inferred}${next}`;
}

function cellsOf(column: ColumnFacts): string[] {
  const { name, type, width, empty, missing, texts, numbers, rows, sumToOne, values } = column;
  const labels =
    values && values.length <= 5 && type !== 'number' ? ` {${values.map((value) => shortened(value, 20)).join(', ')}}` : '';
  const count = (value: number) => (value === 0 ? '' : String(value));
  const number = (of: (facts: NumberFacts) => number) => (numbers && Number.isFinite(numbers.min) ? shortDigits(of(numbers)) : '');
  return [
    shortened(name, 40),
    `${type}${width === null ? '' : `[${width}]`}${labels}`,
    count(empty),
    count(missing),
    count(texts),
    number(({ min }) => min),
    number(({ max }) => max),
    number(({ mean }) => mean),
    numbers ? count(numbers.outsideUnit) : '',
    width === null ? '' : sumToOne === rows ? 'all' : count(sumToOne),
    numbers ? bars(numbers.histogram) : '',
  ];
}

export function inspectionJson({ files, inspection, roles, command }: Found): string {
  const { format, rows, whole, columns, families } = inspection;
  return `${toJson(
    {
      schema: 'lossctl.inspect/v1',
      files,
      format,
      rows,
      whole,
      columns: columns.map(columnObject),
      families: families.map(columnObject),
      inputs: Object.fromEntries([...roles].map(([role, names]) => [kebab(role), names])),
      command,
    },
    2,
  )}\n`;
}

function columnObject({ name, type, rows, empty, missing, texts, width, sumToOne, numbers, values }: ColumnFacts): JsonObject {
  return {
    name,
    type,
    rows,
    empty,
    missing,
    texts,
    width,
    sum_to_one: sumToOne,
    numbers: numbers && numberObject(numbers),
    values,
  };
}

function numberObject({ count, whole, infinite, outsideUnit, min, max, mean, histogram }: NumberFacts): Json {
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return { count, whole, infinite, outside_unit: outsideUnit, min: finite(min), max: finite(max), mean: finite(mean), histogram };
}
