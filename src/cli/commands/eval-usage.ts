/** Combinations of flags that make no sense, refused before anything is read. */
import type { Assertion } from '../../engine/assert.ts';
import { bestConstantOf } from '../../engine/best-constant.ts';
import { WARNING_CODES } from '../../engine/codes.ts';
import type { Chosen } from '../../engine/resolve.ts';
import { refuseStatistics } from '../../engine/row-statistics.ts';
import { Fault, quote } from '../../io/fault.ts';
import type { EvalOptions } from './eval-options.ts';
import { checkStatistics, rowsFlag } from './statistics-options.ts';

/** What can be refused before anything is read. */
export function checkUsage(chosen: readonly Chosen[], assertions: readonly Assertion[], options: EvalOptions): void {
  checkStatistics(chosen, assertions, options);
  if (chosen.length === 0) throw new Fault('no loss is asked for', '--loss huber; "lossctl list" shows all losses');
  const rows = options.reduction === 'none';
  if (rows && options.assert)
    throw new Fault('--assert needs a reduced value: --reduction none prints rows', 'leave --reduction out');
  if (rows && options.combine)
    throw new Fault('--combine adds reduced values: --reduction none prints rows', 'leave one of them out');
  if (rows && options.by !== undefined)
    throw new Fault('--by slices reduced values: --reduction none prints rows', 'leave one of them out');
  if (rows && options.relative)
    throw new Fault('--relative compares reduced values: --reduction none prints rows', 'leave one of them out');
  if (rows && (options.summary || options.annotate)) {
    const flag = options.summary ? '--summary' : '--annotate';
    throw new Fault(`${flag} shows reduced values: --reduction none prints rows`, 'leave one of them out');
  }
  if (options.relative && options.combine)
    throw new Fault('--combine adds losses, and --relative turns them into skill', 'leave one of them out');
  if (options.relative) for (const one of chosen) bestConstantOf(one);
  if (rows && (options.baseline !== undefined || options.to !== undefined))
    throw new Fault('a baseline holds reduced values: --reduction none prints rows', 'leave --reduction out');
  const kept = rowsFlag(options);
  if (kept && options.relative)
    throw new Fault(`${kept} is of losses, and --relative turns them into skill`, 'leave one of them out');
  if (options.cluster !== undefined && options.ci === undefined && options.stateOut === undefined)
    throw new Fault('--cluster is for intervals', 'add --ci 0.95');
  if (rows && kept) throw new Fault(`${kept} sums up rows, and --reduction none prints all of them`, 'leave one of them out');
  if (options.stateOut !== undefined && (rows || options.relative)) {
    const other = rows ? '--reduction none prints rows' : '--relative measures against all of the data';
    throw new Fault(`--state-out writes sums of losses: ${other}`, 'leave one of them out');
  }
  if (rows && options.strict) throw new Fault('--strict cannot hold back rows that are out already', 'leave --reduction none out');
  if (options.rows !== undefined) refuseStatistics('--rows', chosen, true);
  if (options.rows !== undefined && options.relative)
    throw new Fault('--rows keeps losses, and --relative turns them into skill', 'leave one of them out');
  const others = [options.targets, options.baseline, options.to]; // whose rows are found, or told apart, by key
  if (options.on !== undefined && others.every((other) => other === undefined))
    throw new Fault('--on is about a second file', 'add --targets, or --baseline');
  checkEvidence(options);
  checkGroups(chosen, options);
}

const ABOUT = { targets: 'a second file', on: 'a join by key' };

/** Flags that say what is left out, without what they are about. */
export function checkEvidence(options: EvalOptions): void {
  if (options.maxNan !== undefined && (options.nan !== 'skip' || options.reduction === 'none')) {
    throw new Fault(
      '--max-nan bounds what --nan skip leaves out of a reduced value',
      'add --nan skip, and leave --reduction none out',
    );
  }
  for (const [flag, key, other] of [
    ['targets-format', 'targetsFormat', 'targets'],
    ['unmatched', 'unmatched', 'on'],
  ] as const) {
    if (options[key] !== undefined && options[other] === undefined)
      throw new Fault(`--${flag} is about ${ABOUT[other]}`, `add --${other}`);
  }
  if (options.minN !== undefined && options.by === undefined)
    throw new Fault('--min-n is about slices, and there are none', 'add --by COLUMN');
  checkAllowed(options.allow ?? []);
}

/** What makes groups, for losses over groups. */
export function checkGroups(chosen: readonly Chosen[], options: EvalOptions): void {
  const grouped = options.group !== undefined || options.batchSize !== undefined;
  if (grouped && chosen.every(({ loss }) => loss.kind !== 'group')) {
    const flag = options.group !== undefined ? '--group' : '--batch-size';
    throw new Fault(`${flag}: no chosen loss works on groups`, 'leave it out; slices are --by');
  }
  if (options.group !== undefined && options.batchSize !== undefined)
    throw new Fault('--group and --batch-size both make groups', 'give one of them');
}

function checkAllowed(codes: readonly string[]): void {
  const unknown = codes.find((code) => !WARNING_CODES.includes(code));
  if (unknown !== undefined)
    throw new Fault(`--allow: there is no warning ${quote(unknown)}`, `warnings: ${WARNING_CODES.join(', ')}`);
}
