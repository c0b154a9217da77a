/** The configuration that `init` writes, with what to know about each part. */
import { basename } from 'node:path';
import type { Result } from '../../engine/result.ts';
import { Fault } from '../../io/fault.ts';
import { type Scalar, yamlText } from '../config/yaml.ts';
import { printable } from '../render/escape.ts';
import { foundText, fullDigits } from '../render/numbers.ts';

type Entries = ReadonlyMap<string, Scalar | readonly Scalar[]>;

export interface Draft {
  /** Where the schema is once lossctl is installed; this and files from the folder of the configuration. */
  readonly schema: string;
  readonly files: readonly string[];
  readonly columns: Entries;
  readonly losses: readonly string[];
  readonly params: Entries;
  /** Keys that are flags. */
  readonly keys: Entries;
  /** Of all rows. */
  readonly measured: readonly Result[];
  /** Columns of the slices. */
  readonly by: readonly string[];
}

export function draftText({ schema, files, columns, losses, params, keys, measured, by }: Draft): string {
  const entries = (of: Entries, indent: string) => [...of].map(([key, value]) => `${indent}${key}: ${yamlText(value)}`);
  const block = (key: string, of: Entries) => (of.size ? [`    ${key}:`, ...entries(of, '      ')] : []);
  const every = by.map((column) => `${column}=*`).join(',');
  const lines = [
    '# The suite of "lossctl check". Every key of a data set is a flag of "lossctl eval"; "lossctl schema config" lists them all.',
    `# yaml-language-server: $schema=${schema}`,
    'data:',
    `  ${dataName(files)}:`,
    `    files: ${yamlText(files)}`,
    ...block('columns', columns),
    `    losses: ${yamlText(losses)}`,
    ...block('params', params),
    ...entries(keys, '    '),
    '    gates:',
    '      # measured on this file, as a limit of three digits; beside it the value in full',
    ...measured.map((result) => `      - ${yamlText(gateText(result))} # ${fullDigits(result.value)}`),
    ...(every ? [`      # every slice: ${printable(JSON.stringify(`${measured[0].id}{${every}} < LIMIT`))}`] : []),
    '    # or against an earlier run, on the same rows; lossctl baseline write writes the file:',
    '    # baseline: { file: lossctl.baseline.json, tolerance: rel=1% }',
    '# outputs: [junit:lossctl.xml, lossctl.json]',
  ];
  return `${lines.join('\n')}\n`;
}

/** `preds.csv` is the data set `preds`. */
function dataName([first]: readonly string[]): string {
  const name = basename(first)
    .replace(/\..*/s, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '');
  return name.slice(0, 64) || 'predictions';
}

function gateText(result: Result): string {
  const { id, value, status, direction } = result;
  if (status !== 'ok')
    throw new Fault(`${id} is ${foundText(result)}: no gate can be made of it`, 'lossctl inspect shows the data');
  return direction === 'lower' ? `${id} <= ${fullDigits(limitAbove(value))}` : `${id} >= ${fullDigits(-limitAbove(-value))}`;
}

const DIGITS = 3;

/** The smallest number of three digits that is not below. */
export function limitAbove(value: number): number {
  const rounded = Number(value.toPrecision(DIGITS));
  if (rounded >= value) return rounded;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - DIGITS + 1);
  return Number((rounded + unit).toPrecision(DIGITS));
}
