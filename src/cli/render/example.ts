/** A loss's worked example as a command to paste into a shell. */
import { type Example, type ExampleCell, kebab, type Loss, type ParamValue } from '../../losses/define.ts';

export interface WorkedExample {
  readonly command: string;
  /** What it prints, as far as the example declares it. */
  readonly value: number | undefined;
  readonly losses: readonly number[] | undefined;
  readonly note: string | undefined;
}

export function workedExample(loss: Loss, example: Example): WorkedExample {
  const roles = Object.keys(example.inputs).map(kebab);
  const flags = [
    `--loss ${loss.name}`,
    ...Object.entries(example.params ?? {}).flatMap(([name, value]) => flag(kebab(name), value)),
    ...(example.reduction ? [`--reduction ${example.reduction}`] : []),
    ...roles.map((role) => `--${role} ${role}`),
  ];
  return {
    command: `printf '${dataText(example)}' | lossctl eval ${flags.join(' ')}`,
    value: example.value,
    losses: example.losses,
    note: example.note,
  };
}

/** `=` joins a value that would look like a flag: `--ignore-index=-100`. */
function flag(name: string, value: ParamValue): string[] {
  if (value === null) return [];
  if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
  const text = String(value);
  return [text.startsWith('-') ? `--${name}=${text}` : `--${name} ${text}`];
}

/** CSV while every cell is one number; vectors are clearer, and keep their nesting, as JSON lines. */
function dataText({ inputs }: Example): string {
  const columns = Object.entries(inputs).map(([role, cells]) => ({ name: kebab(role), cells }));
  const rows = Array.from({ length: columns[0]?.cells.length ?? 0 }, (_, i) => columns.map(({ cells }) => cells[i] as ExampleCell));
  if (rows.every((row) => row.every((cell) => typeof cell === 'number'))) {
    return [columns.map(({ name }) => name), ...rows].map((row) => `${row.join(',')}\\n`).join('');
  }
  const objects = rows.map((row) => `{${row.map((cell, i) => `"${columns[i]?.name}":${JSON.stringify(cell)}`).join(',')}}`);
  // A single object of lists could as well be a table by columns: in brackets it is one row.
  return objects.length === 1 ? `[${objects[0]}]\\n` : objects.map((object) => `${object}\\n`).join('');
}
