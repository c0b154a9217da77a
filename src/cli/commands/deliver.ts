/** Where the outcome goes: standard output in one format, and files in theirs. */
import type { Chosen } from '../../engine/resolve.ts';
import type { Judged, Report, RowValues } from '../../engine/result.ts';
import { Fault, quote } from '../../io/fault.ts';
import { colorsFor } from '../colors.ts';
import { createOutput, parseOutput, writeFileAtomic } from '../output.ts';
import { RENDERERS, type Renderer } from '../render/index.ts';
import { markdownText } from '../render/markdown.ts';
import { ROW_RENDERERS } from '../render/rows.ts';
import type { Shortenable } from '../render/summary.ts';
import { type World, write, writeIfRead } from '../world.ts';
import { annotate, appendSummary, type CiOptions } from './ci.ts';

/** Where a report goes, and how it looks. */
export interface DeliverOptions extends CiOptions {
  readonly format?: string;
  readonly json?: boolean;
  readonly output?: readonly string[];
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
}

function named<T extends { readonly name: string }>(formats: readonly T[], name: string, what: string): T {
  const found = formats.find((format) => format.name === name);
  if (found) return found;
  throw new Fault(
    `--format ${quote(name)} does not fit ${what}`,
    `choose one of ${formats.map((format) => format.name).join(', ')}`,
  );
}

function formatOf(options: DeliverOptions, otherwise: string): string {
  if (options.json && options.format !== undefined && options.format !== 'json') {
    throw new Fault(
      `--json and --format ${options.format} are two formats for one output`,
      `write the second to a file: -o ${options.format}:PATH`,
    );
  }
  return options.json ? 'json' : (options.format ?? otherwise);
}

/** A report with what can be made of it. */
export interface Deliverable<R extends Judged> extends Shortenable {
  readonly report: R;
  readonly renderers: readonly Renderer<R>[];
  /** Files that no output may be written over. */
  readonly inputs: readonly string[];
}

/** Of an evaluation, or of a suite. `also`: what else was read. */
export function deliverableOf(report: Report, also: readonly string[] = []): Deliverable<Report> {
  const all = [report.inputs, ...(report.data ?? []).flatMap((set) => set.inputs ?? [])];
  return {
    report,
    renderers: RENDERERS,
    inputs: [...also, ...all.flatMap(({ files, targets }) => [...files, ...(targets ? [targets.file] : [])])],
    markdown: (most) => markdownText(report, most),
    most: Math.max(report.results.length, report.gates.length),
  };
}

/** Files first: when one fails, standard output has not promised anything yet. */
export async function deliverReport<R extends Judged>(
  world: World,
  options: DeliverOptions,
  deliverable: Deliverable<R>,
  version: string,
): Promise<void> {
  const { report, renderers, inputs } = deliverable;
  const shown = named(renderers, formatOf(options, 'table'), 'reduced values');
  const plain = { version, colors: colorsFor('never', world) };
  for (const target of (options.output ?? []).map((text) => parseOutput(text, renderers))) {
    await writeFileAtomic(target.path, named(renderers, target.format, '--output').render(report, plain), inputs);
  }
  if (options.summary) await appendSummary(world, deliverable, inputs);
  const text = options.quiet ? `${report.verdict}\n` : shown.render(report, { version, colors: colorsFor(options.color, world) });
  await writeIfRead(world.stdout, text);
  if (options.annotate) await annotate(world, report, plain);
}

export interface RowOutputs {
  readonly row: (values: RowValues) => void;
  /** Writes what has gathered; resolves when a slow reader has taken it. */
  flush(): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** Outputs of `--reduction none`: rows go out as they come. */
export async function openRowOutputs(
  world: World,
  options: DeliverOptions,
  chosen: readonly Chosen[],
  weighted: boolean,
  inputs: readonly string[],
): Promise<RowOutputs> {
  const shown = named(ROW_RENDERERS, formatOf(options, 'csv'), '--reduction none');
  const targets = (options.output ?? []).map((text) => parseOutput(text, ROW_RENDERERS));
  const stdout = {
    format: shown.name,
    write: (text: string) => write(world.stdout, text),
    commit: async () => {},
    discard: async () => {},
  };
  const files = await Promise.all(targets.map(async ({ format, path }) => ({ format, ...(await createOutput(path, inputs)) })));
  const outputs = [stdout, ...files].map((output) => {
    const renderer = named(ROW_RENDERERS, output.format, '--reduction none').create();
    return {
      ...output,
      renderer,
      text: renderer.start(
        chosen.map(({ id }) => id),
        weighted,
      ),
    };
  });
  const flush = async () => {
    for (const output of outputs) {
      const { text } = output;
      output.text = '';
      if (text) await output.write(text);
    }
  };
  return {
    row(values) {
      for (const output of outputs) output.text += output.renderer.row(values);
    },
    flush,
    async commit() {
      for (const output of outputs) output.text += output.renderer.end();
      await flush();
      for (const output of outputs) await output.commit();
    },
    async discard() {
      for (const output of outputs) await output.discard();
    },
  };
}
