/** The command tree, built from LOSSES and FORMATS. */
import { type Command, Option, Command as Program } from 'commander';
import { CODES } from '../engine/codes.ts';
import { findLoss } from '../engine/resolve.ts';
import { FORMATS } from '../io/formats.ts';
import { LOSSES } from '../losses/index.ts';
import { colorsFor } from './colors.ts';
import { addBaseline } from './commands/baseline.ts';
import { addCheck } from './commands/check.ts';
import { addClassWeights } from './commands/class-weights.ts';
import { compare } from './commands/compare.ts';
import { addCompareOptions, COMPARE_HELP, type CompareOptions } from './commands/compare-options.ts';
import { addCompletion } from './commands/completion.ts';
import { evaluate } from './commands/eval.ts';
import { addEvalOptions, type EvalOptions } from './commands/eval-options.ts';
import { EXPLAIN_STYLES, type ExplainStyle, renderExplain } from './commands/explain.ts';
import { addInit } from './commands/init.ts';
import { addInspect } from './commands/inspect.ts';
import { filterLosses, type LossFilter, PROPERTY_FILTERS, renderCodes, renderFormats, renderList } from './commands/list.ts';
import { addMerge } from './commands/merge.ts';
import { addReport } from './commands/report.ts';
import { addSchema } from './commands/schema.ts';
import { addDerivedFlags, declaredBy } from './flags.ts';
import { RENDERERS } from './render/index.ts';
import { version } from './version.ts';
import { type World, write } from './world.ts';

const EXAMPLES = `
Examples:
  $ lossctl eval --loss huber --delta 1 --target y_true --pred y_pred preds.csv
  $ lossctl eval -l mse -l mae --by region --json preds.csv | jq '.results[].value'
  $ lossctl eval -l cross-entropy --logits 'z*' --assert 'cross-entropy < 0.4' preds.csv
  $ lossctl explain cross-entropy
`;

const EVAL_EXAMPLES = `
Examples:
  $ lossctl eval --loss huber --delta 1 --pred pred_ridge diabetes.csv
  $ zcat preds.csv.gz | lossctl eval -l bce --target label --probs p
  $ lossctl eval -l huber -l huber:delta=2 -l quantile:q=0.9 preds.csv
  $ lossctl eval -l mae --by region --assert 'mae{region=*} < 2' preds.csv
  $ lossctl eval -l mse --reduction none preds.csv | sort -t, -k2 -g | tail

Exit codes: 0 pass or no gate, 1 a gate failed, 2 usage or input error,
3 insufficient evidence, 70 a bug in lossctl, 130 interrupted.
`;

/** Flags that losses declare are added where they are asked for: here they all are. */
const EVERY_FLAG = ['node', 'lossctl', 'eval', 'write', 'init', '-h'];

/** `exit` receives the exit code of a command that ran to its end. */
export function createProgram(world: World, exit: (code: number) => void): Command {
  const program = new Program('lossctl')
    .description('Exact losses of prediction files, on the command line')
    .version(version, '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    })
    .addHelpText('after', EXAMPLES);

  const declared = declaredBy(LOSSES);
  const withFlags = (command: Command, addOptions = addEvalOptions) => {
    if (!world.argv.includes(command.name())) return command.option('--loss'); // the overview shows that there are some
    addOptions(command);
    return addDerivedFlags(command, declared, world.argv);
  };
  const run = async (files: string[], options: EvalOptions) => {
    exit(await evaluate(world, LOSSES, declared, files, options, version));
  };
  const evalCommand = program
    .command('eval')
    .description('losses of one set of predictions')
    .argument('[file...]', 'a path, or - for standard input');
  withFlags(evalCommand);
  evalCommand.addHelpText('after', EVAL_EXAMPLES).action(run);
  const compareCommand = program
    .command('compare')
    .description('whether candidates are worse than a base, on the same rows')
    .argument('<base>', 'predictions, or what baseline write --rows has kept of them')
    .argument('<candidate...>', 'other predictions for the same rows');
  withFlags(compareCommand, addCompareOptions);
  compareCommand.addHelpText('after', COMPARE_HELP).action(async (base: string, candidates: string[], options: CompareOptions) => {
    exit(await compare(world, LOSSES, declared, [base, ...candidates], options, version));
  });
  const about = { losses: LOSSES, declared, version };
  addCheck(program, world, exit, about);
  addInit(program, world, about);
  const write = addBaseline(program, world);
  withFlags(write);
  write.action(run);
  addMerge(program, world, LOSSES, exit, version);
  addInspect(program, world);
  addClassWeights(program, world);
  addReport(program, world, version);
  addSchema(program, world, LOSSES, declared);
  addList(program, world);
  addExplain(program, world);
  addCompletion(program, world, LOSSES, () => createProgram({ ...world, argv: EVERY_FLAG }, exit));
  return program;
}

interface ListOptions extends LossFilter {
  readonly json?: boolean;
}

function addList(program: Command, world: World): void {
  const list = program
    .command('list')
    .description('the catalogue of losses, the formats of files and of outputs, or the checks of the data')
    .addArgument(
      program.createArgument('[what]', 'what to list').choices(['losses', 'formats', 'outputs', 'checks']).default('losses'),
    )
    .option('--task <task>', 'losses of one task')
    .option('--input <role>', 'losses that take this input, such as logits')
    .option('--search <text>', 'losses whose name, formula or description holds the text')
    .option('--json', 'every fact, as JSON');
  for (const [name, { help }] of Object.entries(PROPERTY_FILTERS)) list.option(`--${name}`, `losses that are ${help}`);
  list.action(async (what: string, options: ListOptions) => {
    const as = options.json ? 'json' : 'table';
    const colors = colorsFor('auto', world);
    const text = {
      losses: () => renderList(filterLosses(LOSSES, options), as, colors),
      formats: () => renderFormats(FORMATS, as, colors),
      outputs: () => renderFormats(RENDERERS, as, colors, 'writes'),
      checks: () => renderCodes(CODES, as, colors),
    };
    await write(world.stdout, text[what as keyof typeof text]());
  });
}

function addExplain(program: Command, world: World): void {
  program
    .command('explain')
    .description('what a loss is: formula, inputs, parameters, properties, pitfalls, an example')
    .argument('<loss>', 'a name or alias')
    .addOption(new Option('-f, --format <format>').choices(EXPLAIN_STYLES).default('text'))
    .action(async (name: string, options: { format: ExplainStyle }) => {
      await write(world.stdout, renderExplain(findLoss(LOSSES, name), options.format, colorsFor('auto', world)));
    });
}
