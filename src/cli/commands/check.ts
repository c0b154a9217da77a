/** `lossctl check`: the suite of a configuration, evaluated as one and judged as one. */
import { type Command, Option } from 'commander';
import type { Loss } from '../../losses/define.ts';
import { compile, type Suite } from '../config/compile.ts';
import { CONFIG_NAMES, findConfig } from '../config/find.ts';
import { exitCodeOf } from '../errors.ts';
import type { Declared } from '../flags.ts';
import { RENDERERS } from '../render/index.ts';
import type { World } from '../world.ts';
import { suiteReport, tellErrors } from './check-suite.ts';
import { watched } from './check-watch.ts';
import { ANNOTATE, FAIL_CODE, SUMMARY, summaryPath } from './ci.ts';
import { tellWarnings } from './conclude.ts';
import { type DeliverOptions, deliverableOf, deliverReport } from './deliver.ts';
import { collect } from './eval-options.ts';
import { matching } from './source.ts';

interface CheckOptions extends DeliverOptions {
  readonly config?: string;
  readonly watch?: boolean;
  readonly strict?: boolean;
  readonly allow?: readonly string[];
  readonly failCode?: number;
  readonly progress: boolean;
  readonly debug?: boolean;
}

/** What `check` needs to know of the catalogue and of itself. */
export interface Program {
  readonly losses: readonly Loss[];
  readonly declared: Declared;
  readonly version: string;
}

const EXAMPLES = `
Examples:
  $ lossctl init preds.csv          # writes lossctl.yaml, with a gate that passes
  $ lossctl check
  $ lossctl check -o junit.xml --annotate github
  $ lossctl check --config ci/lossctl.yaml --watch diabetes

Exit codes: 0 pass, 1 a gate of level error failed, 2 usage or input error (of any data set),
3 insufficient evidence, 70 a bug in lossctl, 130 interrupted.
`;

export function addCheck(program: Command, world: World, exit: (code: number) => void, about: Program): void {
  program
    .command('check')
    .description('the suite in lossctl.yaml: data sets, losses, gates; one verdict')
    .argument('[name...]', 'data sets of the suite (default: all)')
    .option('-c, --config <file>', 'in place of lossctl.yaml, lossctl.yml, lossctl.json or package.json')
    .option('--watch', 'again whenever the configuration or a file changes, until interrupted')
    .option('--strict', 'a warning is an error: the data set has no result, exit code 2')
    .option('--allow <code>', 'do not warn about this, by its code; repeatable', collect)
    .addOption(FAIL_CODE)
    .addOption(
      new Option('-f, --format <format>', 'what standard output gets (default: table)').choices(RENDERERS.map(({ name }) => name)),
    )
    .option('--json', 'the same as --format json')
    .option('-o, --output <[format:]path>', 'also to a file, beside the outputs of the suite; repeatable', collect)
    .addOption(ANNOTATE)
    .addOption(SUMMARY)
    .addOption(new Option('--color <when>', 'decoration').choices(['auto', 'always', 'never']).default('auto'))
    .option('--no-progress', 'no progress on standard error')
    .option('-q, --quiet', 'only the verdict')
    .option('--debug', 'stack traces')
    .addHelpText('after', EXAMPLES)
    .action(async (names: string[], options: CheckOptions) => {
      if (options.summary) summaryPath(world);
      const prepare = async () => {
        const suite = compile(about.losses, about.declared, await findConfig(options.config), names, options);
        return { sources: suite.sources, run: () => check(world, about, suite, options) };
      };
      if (!options.watch) return exit(await (await prepare()).run());
      const first = options.config === undefined ? CONFIG_NAMES : [options.config];
      exit(await watched(world, first, prepare, options.debug ?? false));
    });
}

/** Returns the exit code. */
async function check(world: World, { losses, declared, version }: Program, suite: Suite, options: CheckOptions): Promise<number> {
  const report = await suiteReport(world, losses, declared, suite.plans, version);
  const here = delivery(world, suite, options);
  await tellWarnings(world, report.warnings, here);
  await tellErrors(world, report, here);
  const read = (await Promise.all(suite.sources.map(matching))).flat();
  await deliverReport(world, here, deliverableOf(report, read), version);
  return exitCodeOf(report.verdict, options.failCode);
}

/** What the suite says of reports, and what the command line adds. A suite runs elsewhere as well: there is nobody to annotate for. */
function delivery({ env }: World, suite: Suite, options: CheckOptions): DeliverOptions {
  const annotate = options.annotate ?? (suite.annotate && env.GITHUB_ACTIONS === 'true' ? 'github' : undefined);
  const summary = options.summary || (suite.summary && Boolean(env.GITHUB_STEP_SUMMARY));
  return { ...options, output: [...suite.outputs, ...(options.output ?? [])], summary, ...(annotate && { annotate }) };
}
