/** Reports to render: ordinary ones, and one whose every name from data is hostile. */
import { Chalk } from 'chalk';
import type { Gate, Inputs, Report, Result } from '../../src/engine/result.ts';

export const PLAIN = { version: '0.1.0', colors: new Chalk({ level: 0 }) };
export const COLOURED = { version: '0.1.0', colors: new Chalk({ level: 3 }) };

export function result(changes: Partial<Result> = {}): Result {
  const n = changes.n ?? 442;
  return {
    id: 'huber',
    loss: 'huber',
    params: new Map([['delta', 1]]),
    reduction: 'mean',
    slice: null,
    value: 48.3,
    status: 'ok',
    n,
    few: false,
    skipped: 0,
    ignored: 0,
    weightSum: n,
    denominator: n,
    unit: 'target^2',
    direction: 'lower',
    signature: 'huber|delta:1|mean|n:442',
    components: null,
    groups: null,
    ...changes,
  };
}

export function gate(changes: Partial<Gate> = {}): Gate {
  return {
    assert: 'huber < 50',
    result: 'huber',
    slice: null,
    value: 48.3,
    status: 'ok',
    comparison: '<',
    limit: 50,
    pass: true,
    ...changes,
  };
}

export function inputs(changes: Partial<Inputs> = {}): Inputs {
  const columns = new Map([
    ['target', 'y_true'],
    ['pred', 'pred_ridge'],
  ]);
  return { files: ['preds.csv'], targets: null, where: [], rows: 442, columns, ...changes };
}

export function report(changes: Partial<Report> = {}): Report {
  return {
    inputs: inputs(),
    results: [result()],
    gates: [],
    warnings: [],
    verdict: 'none',
    ...changes,
  };
}

export const HOSTILE = [
  '\x1b[31mred',
  '\u202egpj.exe',
  'a|b',
  '<script>alert(1)</script>',
  '=cmd()',
  '::set-output name=x::y',
  '  ::error::indented',
  '##[add-mask]x',
  'two\nlines',
  'two\n::error::lines',
  '`tick`',
  '\ttab',
  '\r',
  '@org/team',
  '\x9b2J',
  '__proto__',
  '日本',
  '##vso[task.complete]x',
  '%0A::error::escaped',
  '"\'&lt;]]>',
  '\uffff',
  '\ud800',
  '',
];

/** Results, and gates, of `hostileReport`. */
export const SLICES = 2 * HOSTILE.length;

/** Every hostile name as the value of a slice, as a column, as a file and in a gate. */
export function hostileReport(): Report {
  const slices = HOSTILE.flatMap((name) => [new Map([['g', name]]), new Map([[name, 'x']])]);
  return report({
    inputs: inputs({ files: HOSTILE, where: HOSTILE, columns: new Map(HOSTILE.map((name) => ['target', name])) }),
    results: slices.map((slice) => result({ slice })),
    gates: slices.map((slice) => gate({ assert: 'huber{g=*} < 50', slice })),
    warnings: HOSTILE.map((message) => ({ code: 'D01', severity: 'warn' as const, message })),
    verdict: 'pass',
  });
}
