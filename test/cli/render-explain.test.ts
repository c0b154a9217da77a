import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { renderExplain } from '../../src/cli/commands/explain.ts';
import { filterLosses, type LossFilter, PROPERTY_FILTERS, renderFormats, renderList } from '../../src/cli/commands/list.ts';
import { workedExample } from '../../src/cli/render/example.ts';
import { rolesOf, shapeText } from '../../src/cli/render/facts.ts';
import { defineRowLoss, type Loss } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { logits, oneOf, probs, real } from '../../src/losses/inputs.ts';
import { nll } from '../../src/losses/multiclass/nll.ts';
import { boolean, choice, classWeight, ignoreIndex } from '../../src/losses/params.ts';
import { rangeText } from '../../src/losses/range.ts';
import { huber } from '../../src/losses/regression/huber.ts';
import { PLAIN } from './render-reports.ts';

const { colors } = PLAIN;

/** Has one of everything that huber lacks. */
const every: Loss = defineRowLoss({
  name: 'every',
  aliases: ['all'],
  task: 'multiclass',
  summary: 'Has one | of everything.',
  inputs: { target: real('class'), score: oneOf({ logits: logits('scores'), logProbs: probs('chances') }) },
  params: {
    ignoreIndex,
    classWeight,
    logInput: boolean('takes logs', true),
    as: choice('which', ['a', 'b'], 'a'),
  },
  formula: { text: 'a\nb', latex: 'a' },
  unit: 'nats',
  properties: { differentiable: 'almost-everywhere', maximum: 2, symmetric: false, robust: false },
  reduction: 'batchmean',
  reductionNotes: { mean: 'divides by elements' },
  references: [{ title: 'A book' }],
  pitfalls: [],
  equivalents: {},
  examples: [
    {
      inputs: {
        target: [0, 1],
        logProbs: [
          [0.5, -1],
          [[1], [2]],
        ],
      },
      params: { ignoreIndex: -100, logInput: false, as: 'b', classWeight: [1, 2] },
      reduction: 'sum',
      value: -0,
      note: 'One note.',
    },
  ],
  kernel() {},
});

describe('list', () => {
  it('is a table of names, tasks and summaries', () => {
    expect(renderList([huber, every], 'table', colors)).toBe(
      [
        'name   task        summary',
        'huber  regression  Squared error up to delta, absolute error beyond: an outlier counts linearly.',
        'every  multiclass  Has one | of everything.',
        '',
      ].join('\n'),
    );
  });

  it('is an array with every fact in JSON', () => {
    const [first, second] = JSON.parse(renderList([huber, every], 'json', colors));
    expect(first).toMatchObject({
      name: 'huber',
      task: 'regression',
      inputs: [{ role: 'target' }, { role: 'pred', shape: 'element', doc: 'predicted value', instead_of: [] }],
      params: [{ name: 'delta', type: 'number', default: 1, min: 0, open: true }],
      properties: { convex_in: 'pred', differentiable: true, minimum: 0 },
      reduction: 'mean',
      examples: [{ params: { delta: 1 }, value: 1.0416666666666667 }],
    });
    expect(second.inputs.slice(1)).toMatchObject([
      { role: 'logits', instead_of: ['log-probs'] },
      { role: 'log-probs', instead_of: ['logits'], sums_to_one: true },
    ]);
    expect(second.examples[0].params).toEqual({ 'ignore-index': -100, 'log-input': false, as: 'b', 'class-weight': [1, 2] });
  });

  it('counts as many losses as there are', () => {
    expect(JSON.parse(renderList(LOSSES, 'json', colors))).toHaveLength(LOSSES.length);
    expect(renderList(LOSSES, 'table', colors).trimEnd().split('\n')).toHaveLength(LOSSES.length + 1);
  });

  it.each<[LossFilter, string[]]>([
    [{}, ['huber', 'every']],
    [{ task: 'multiclass' }, ['every']],
    [{ convex: true }, ['huber']],
    [{ differentiable: true }, ['huber']],
    [{ robust: true }, ['huber']],
    [{ symmetric: true }, ['huber']],
    [{ bounded: true }, ['every']],
    [{ task: 'multiclass', convex: true }, []],
    [{ convex: false }, ['huber', 'every']],
  ])('keeps the losses for which %j holds', (filter, names) => {
    expect(filterLosses([huber, every], filter).map(({ name }) => name)).toEqual(names);
  });

  it('refuses a task that does not exist, and names those that do', () => {
    expect(() => filterLosses([huber, every], { task: 'regresion' })).toThrow('no task is called "regresion"');
    expect(Object.values(PROPERTY_FILTERS).every(({ help }) => help.length > 5)).toBe(true);
  });

  it('shows formats', () => {
    const formats = [{ name: 'csv', extensions: ['.csv', '.tsv'], help: 'delimited text', magic: 1 }];
    expect(renderFormats(formats, 'table', colors)).toBe('name  extensions  reads\ncsv   .csv .tsv   delimited text\n');
    expect(JSON.parse(renderFormats(formats, 'json', colors))).toEqual([
      { name: 'csv', extensions: ['.csv', '.tsv'], help: 'delimited text' },
    ]);
  });
});

describe('explain', () => {
  it('says everything about a loss, in order', () => {
    const text = renderExplain(every, 'text', colors);
    expect(text).toBe(`every (multiclass, also all)
Has one | of everything.

Formula
  a
  b

Inputs
  --target: class
    a number per row, or a vector whose elements count one by one
  --logits, or --log-probs: scores
    a vector per row
  --log-probs, or --logits: chances
    a vector per row; in [0, 1]; a row sums to 1

Parameters
  --ignore-index: ${ignoreIndex.doc}
    whole number; default -100
  --class-weight: weight of each class, in class order
    list of numbers, each at least 0; default none
  --log-input: takes logs
    true or false; default true
  --as: which
    one of a, b; default a

Reduction
  default batchmean; unit nats
  mean: divides by elements

Properties
  not convex
  differentiable almost everywhere
  at most 2
  not symmetric in target and prediction
  not robust against outliers

References
  A book

Example
  One note.
  ${workedExample(every, every.examples[0] as Loss['examples'][number]).command}
  value: -0
`);
  });

  it('gives a page of markdown, prose escaped and code fenced', () => {
    const page = renderExplain(every, 'markdown', colors);
    expect(page).toContain('# every\n\nHas one \\| of everything.\n\nTask: multiclass. Also: `all`.\n');
    expect(page).toContain('| `--log-probs` or `--logits` | chances | a vector per row; in \\[0, 1\\]; a row sums to 1 |');
    expect(page).toContain('```math\na\n```');
    expect(page).not.toContain('## Pitfalls');
    expect(page.endsWith('value `-0`\n')).toBe(true);
  });

  it('gives the facts and the commands in JSON', () => {
    const facts = JSON.parse(renderExplain(huber, 'json', colors));
    expect(facts).toMatchObject({ name: 'huber', formula: huber.formula, pitfalls: huber.pitfalls });
    expect(facts.commands).toHaveLength(huber.examples.length);
  });

  it('draws the curve under the formula, and gives its points in JSON', () => {
    const line = '  |-.                                     .-';
    expect(renderExplain(huber, 'text', colors)).toContain(`\n\nCurve\n  4 +\n  ${line}\n`);
    expect(renderExplain(huber, 'markdown', colors)).toContain(`\n\n## Curve\n\n\`\`\`text\n4 +\n${line}\n`);
    const { curve } = JSON.parse(renderExplain(huber, 'json', colors));
    expect(curve.x).toBe('residual: pred - target');
    expect(curve.points).toHaveLength(41);
    expect(curve.points.filter(([x]: number[]) => Math.abs(x) === 3)).toEqual([
      [-3, 2.5],
      [3, 2.5],
    ]);
  });

  it('says nothing of a curve where there is none, and gives null for a point without a value', () => {
    expect(renderExplain(every, 'text', colors)).not.toContain('Curve');
    expect(renderExplain(every, 'markdown', colors)).not.toContain('Curve');
    expect(JSON.parse(renderExplain(every, 'json', colors)).curve).toBe(null);
    expect(JSON.parse(renderExplain(nll, 'json', colors)).curve.points[0]).toEqual([0, null]);
  });

  it.each(LOSSES.map((loss) => [loss.name, loss] as const))('names every role, parameter and pitfall of %s', (_, loss) => {
    for (const style of ['text', 'markdown'] as const) {
      const text = renderExplain(loss, style, colors).replaceAll('\\', '');
      for (const { role } of rolesOf(loss)) expect(text).toContain(`--${role}`);
      for (const fact of [...loss.pitfalls, loss.summary, loss.formula.text.split('\n')[0]])
        expect(text).toContain(fact?.replaceAll('\\', ''));
    }
  });
});

describe('a worked example', () => {
  it('is a command with CSV for numbers', () => {
    expect(workedExample(huber, huber.examples[0] as Loss['examples'][number]).command).toBe(
      "printf 'target,pred\\n0,0.5\\n0,1\\n0,3\\n' | lossctl eval --loss huber --delta 1 --target target --pred pred",
    );
  });

  it('is a command with JSON lines for vectors, and flags for every kind of parameter', () => {
    expect(workedExample(every, every.examples[0] as Loss['examples'][number]).command).toBe(
      `printf '{"target":0,"log-probs":[0.5,-1]}\\n{"target":1,"log-probs":[[1],[2]]}\\n' | lossctl eval --loss every ` +
        '--ignore-index=-100 --no-log-input --as b --class-weight 1,2 --reduction sum --target target --log-probs log-probs',
    );
  });

  it('puts a single row of vectors in brackets, or it would read as columns', () => {
    const example = { inputs: { query: [[1, 0]], key: [[0, 1]] }, value: 0 };
    expect(workedExample(every, example).command).toContain(`printf '[{"query":[1,0],"key":[0,1]}]\\n' |`);
  });

  it('says the same data in a shell', () => {
    const { command } = workedExample(every, every.examples[0] as Loss['examples'][number]);
    const printed = execFileSync('sh', ['-c', command.slice(0, command.indexOf(' | '))], { encoding: 'utf8' });
    expect(
      printed
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { target: 0, 'log-probs': [0.5, -1] },
      { target: 1, 'log-probs': [[1], [2]] },
    ]);
  });
});

describe('facts in words', () => {
  it.each([
    [{ min: 0, max: 1 }, 'in [0, 1]'],
    [{ min: 0, max: 1, open: true }, 'in (0, 1)'],
    [{ min: 0 }, 'at least 0'],
    [{ min: 0, open: true }, 'above 0'],
    [{ max: 0 }, 'at most 0'],
    [{}, ''],
  ])('%j is %j', (range, text) => {
    expect(rangeText(range)).toBe(text);
  });

  it('tells the shapes apart', () => {
    expect(shapeText({ shape: 'vector', holds: 'box', doc: '', width: 4 })).toBe('a vector per row of 4 numbers');
    expect(shapeText({ shape: 'vector', holds: 'embedding', doc: '', many: true, optional: true })).toBe(
      'a vector per row; several vectors one after the other; may be left out',
    );
    expect(shapeText({ shape: 'vector', holds: 'classes', doc: '', min: 0 })).toBe(
      'a class index per row, or a vector with a probability for each class; at least 0',
    );
  });
});
