/** `lossctl compare`: its flags, most of which are those of `eval`. */
import { type Command, Option } from 'commander';
import { ADJUSTMENTS, type Adjustment, INTERVALS } from '../../engine/compare/settings.ts';
import type { IntervalMethod } from '../../engine/statistics/interval.ts';
import { COMPARISON_RENDERERS } from '../render/comparison/index.ts';
import {
  addEvidenceOptions,
  addLossOptions,
  addSourceOptions,
  addTellingOptions,
  addWritingOptions,
  type EvalOptions,
  REDUCTIONS,
} from './eval-options.ts';
import { addDrawOptions, level, wholeNumber } from './statistics-options.ts';

export type CompareOptions = EvalOptions & {
  readonly ci: number;
  readonly interval: IntervalMethod;
  readonly adjust: Adjustment;
};

export const COMPARE_HELP = `
Examples:
  $ lossctl compare -l mae base.csv candidate.csv
  $ lossctl compare -l mae --on id --by region --tolerance rel=1% base.csv candidate.csv
  $ lossctl compare -l bce -l brier --targets truth.csv --on id base.csv a.csv b.csv
  $ lossctl baseline write -l mae --on id --rows base.rows base.csv
  $ lossctl compare -l mae --on id --top 5 base.rows candidate.csv

Rows are paired: differences of losses on the same row are drawn again and again, and the middle 95 %
of their means is the interval. A gate passes (exit code 0) where the whole interval of how much worse
the candidate is lies within --tolerance, fails (1) where it lies beyond, and is inconclusive (3) where
the interval holds the tolerance: more rows would tell. Without --tolerance nothing is tolerated. Half
the width of the interval is shown as noise: choose a tolerance above it. A gate shows the end that
decides: mae.worse.hi is the upper end of how much worse the candidate is, mae.worse-1%.lo the lower
end of how much worse it is than the base and 1 % of it.

Slices: a slice passes by its own interval, because all have to pass. It fails only if its p-value
stands beside those of the other slices of its loss (--adjust), so that many slices raise no more
false alarms than one. Losses and candidates are questions of their own, and not adjusted for.
Rows of one --cluster, or of one --group, are drawn together.

Exit codes: 0 no worse, 1 worse, 2 usage or input error, 3 not to be told from these rows, or not the
same rows, 70 a bug in lossctl, 130 interrupted.
`;

export function addCompareOptions(command: Command): void {
  command.optionsGroup('Losses:');
  addLossOptions(
    command,
    REDUCTIONS.filter((how) => how !== 'none' && how !== 'sum-over-batch-size'),
  );
  command
    .optionsGroup('Comparing:')
    .addOption(new Option('--ci <level>', 'of the interval').argParser(level).default(0.95))
    .addOption(
      new Option('--interval <method>', 'how it is read off the bootstrap; bca is not for losses with long tails')
        .choices(INTERVALS)
        .default('percentile'),
    );
  addDrawOptions(command, '')
    .option('--cluster <column>', 'rows with the same text here resample together')
    .addOption(new Option('--adjust <how>', 'p-values for the number of slices').choices(ADJUSTMENTS).default('holm'))
    .option('--top <rows>', 'also the rows whose loss grew most, with their inputs', wholeNumber)
    .optionsGroup('Gates:')
    .option('--tolerance <how>', 'how much worse is no failure: rel=1%,abs=0.002 (default: none)');
  addEvidenceOptions(command);
  command.optionsGroup('Reading:');
  addSourceOptions(command, 'rows are pairs that have the same key (default: by order); also joins --targets');
  command.optionsGroup('Writing:');
  addWritingOptions(
    command,
    COMPARISON_RENDERERS.map(({ name }) => name),
    'table',
  );
  addTellingOptions(command);
}
