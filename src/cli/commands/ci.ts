/** What a CI service is told beside the report: annotations in its log, and the summary of its job. */
import { InvalidArgumentError, Option } from 'commander';
import type { Judged } from '../../engine/result.ts';
import { Fault } from '../../io/fault.ts';
import { EXIT } from '../errors.ts';
import { appendToFile } from '../output.ts';
import { github } from '../render/github.ts';
import type { RenderContext } from '../render/renderer.ts';
import { type Shortenable, summaryText } from '../render/summary.ts';
import { type World, writeIfRead } from '../world.ts';

export interface CiOptions {
  readonly annotate?: 'github';
  readonly summary?: boolean;
}

export const ANNOTATE = new Option(
  '--annotate <service>',
  'failed gates and warnings as its annotations, on standard error',
).choices(['github']);

export const SUMMARY = new Option('--summary', 'also markdown, added to the job summary of GitHub Actions');

/** Codes that say something else; above 125 shells have meanings of their own. */
const TAKEN: readonly number[] = [EXIT.pass, EXIT.fault, EXIT.inconclusive, EXIT.bug];

export const FAIL_CODE = new Option('--fail-code <code>', 'exit code when a gate fails (default: 1)').argParser((text) => {
  const code = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (code <= 125 && !TAKEN.includes(code)) return code;
  throw new InvalidArgumentError(`Write a number from 1 to 125, but not ${TAKEN.slice(1).join(', ')}: they mean something else.`);
});

/** The runner reads standard error as it reads standard output, which stays the report. */
export async function annotate(world: World, report: Judged, context: RenderContext): Promise<void> {
  await writeIfRead(world.stderr, github.render(report, context));
}

const VARIABLE = 'GITHUB_STEP_SUMMARY';

export function summaryPath({ env }: World): string {
  const path = env[VARIABLE];
  if (path) return path;
  throw new Fault(`--summary: ${VARIABLE} is not set`, 'GitHub Actions sets it; elsewhere write a file: -o markdown:PATH');
}

export async function appendSummary(world: World, report: Shortenable, inputs: readonly string[]): Promise<void> {
  let text = '';
  const fill = (size: number) => {
    text = summaryText(report, size);
    return text;
  };
  await appendToFile(summaryPath(world), fill, inputs);
  if (!text) await writeIfRead(world.stderr, 'note: the job summary is full: nothing was added to it\n');
}
