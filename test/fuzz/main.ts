/** Prints what became of the mutants of each format, and how to meet those again that were not to be. */
import { parseArgs } from 'node:util';
import type { Answer } from './child.ts';
import { isBad, OUTCOMES } from './judge.ts';
import { fuzz } from './run.ts';
import { FAULTY, SEEDS } from './seeds/index.ts';

const HELP = `npm run fuzz -- [--format NAME]... [--mutants N] [--seed N] [--first N] [--deadline SECONDS] [--all]

Damages files of every format, the same ones in every run, and reads them. Of each mutant:
  same     it reads as the untouched file does
  fault    it is refused (exit code 2)
  values   other numbers, because the bytes of values were changed and nothing else in the file tells;
           of text: a reader that has nothing in common with ours reads the same
  meaning  other numbers, because their type was changed and nothing else in the file tells
  silent   other numbers all the same
  crash    another error, a warning, an open file left behind, 200 MB more memory, the end of the process
  hang     no end within the deadline (10)
The exit code is 1 when one is silent, crashes or hangs. --all prints every mutant.
formats: ${Object.keys(SEEDS).join(', ')}`;

const { values } = parseArgs({
  options: {
    format: { type: 'string', multiple: true, default: Object.keys(SEEDS) },
    mutants: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    deadline: { type: 'string', default: '10' },
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Of the bad ones of a format; the others are only counted. */
const SHOWN = 20;

async function main(): Promise<void> {
  const known = { ...SEEDS, ...FAULTY };
  if (values.help || values.format.some((name) => !(name in known))) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const [seed, first, mutants] = [values.seed, values.first, values.mutants].map(Number) as [number, number, number];
  console.log(line('format', ['mutants', ...OUTCOMES, 'per second']));
  let answers: Answer[] = [];
  let begin = performance.now();
  await fuzz(
    values.format.map((format) => ({ format, seed, from: first, to: first + mutants })),
    Number(values.deadline) * 1000,
    (answer) => {
      answers.push(answer);
      if (answer.mutant + 1 < first + mutants) return;
      report(answer.format, seed, answers, (performance.now() - begin) / 1000);
      answers = [];
      begin = performance.now();
    },
  );
}

function report(format: string, seed: number, answers: readonly Answer[], seconds: number): void {
  const counts = OUTCOMES.map((outcome) => answers.filter((answer) => answer.outcome === outcome).length);
  console.log(line(format, [answers.length, ...counts, Math.round(answers.length / seconds)].map(String)));
  const bad = answers.filter(({ outcome }) => isBad(outcome));
  if (bad.length > 0) process.exitCode = 1;
  for (const answer of values.all ? answers : bad.slice(0, SHOWN)) show(seed, answer);
}

function line(head: string, cells: readonly string[]): string {
  return head.padEnd(12) + cells.map((cell) => cell.padStart(11)).join('');
}

function show(seed: number, { format, mutant, seed: name, outcome, how, detail }: Answer): void {
  console.log(`  ${mutant} ${outcome}: ${name}: ${how}\n    ${detail.slice(0, 600).replaceAll('\n', '\n    ')}`);
  if (isBad(outcome)) console.log(`    npm run fuzz -- --all --format ${format} --seed ${seed} --first ${mutant} --mutants 1`);
}

await main();
