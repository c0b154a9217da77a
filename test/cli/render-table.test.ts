import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { gateText } from '../../src/cli/render/gates.ts';
import { fullDigits, shortDigits } from '../../src/cli/render/numbers.ts';
import { drawTable, table } from '../../src/cli/render/table.ts';
import { COLOURED, gate, hostileReport, PLAIN, report, result, SLICES } from './render-reports.ts';

const near = gate({ assert: 'huber<0.3', value: 0.1 + 0.2, limit: 0.3, pass: false });

describe('table', () => {
  it('shows loss, value and n, and nothing that says nothing', () => {
    expect(table.render(report({ results: [result({ value: 48.3123456 })] }), PLAIN)).toBe(
      'loss     value    n\nhuber  48.3123  442\n',
    );
  });

  it('shows what there is to say: slices, weights, skipped, ignored, reduction, units', () => {
    const results = [
      result({ id: 'huber:delta=2', value: 2 / 3 }),
      result({
        slice: new Map([['value', 'eu']]),
        n: 9,
        weightSum: 4.5,
        skipped: 2,
        ignored: 1,
        unit: 'ratio',
        reduction: 'sum',
        value: 1234567,
      }),
      result({ slice: new Map([['value', '']]), status: 'empty', value: Number.NaN, n: 0 }),
    ];
    expect(table.render(report({ results }), PLAIN)).toBe(
      [
        'loss           value  reduction            value  unit        n  weight  skipped  ignored',
        'huber:delta=2  (all)  mean              0.666667  target^2  442     442        0        0',
        'huber          eu     sum                1234567  ratio       9     4.5        2        1',
        'huber          ""     mean       empty (no rows)  target^2    0       0        0        0',
        '',
      ].join('\n'),
    );
  });

  it('says why a value is not finite', () => {
    const results = [
      result({ status: 'nan', value: Number.NaN }),
      result({ status: 'inf', value: Number.POSITIVE_INFINITY }),
      result({ status: '-inf', value: Number.NEGATIVE_INFINITY }),
    ];
    const text = table.render(report({ results }), PLAIN);
    expect(text).toContain('nan (not a number)');
    expect(text).toContain(' inf (overflow or infinite input)');
    expect(text).toContain('-inf (overflow or infinite input)');
  });

  it('shows a near miss in full digits, and the verdict last', () => {
    expect(table.render(report({ gates: [near, gate()], verdict: 'fail' }), PLAIN)).toBe(
      [
        'loss   value    n',
        'huber   48.3  442',
        '',
        'huber 0.30000000000000004 < 0.3  FAIL',
        'huber 48.3 < 50  PASS',
        'FAIL: 1 of 2 gates failed',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['pass', [gate()], 'PASS: 1 gate passed'],
    ['inconclusive', [gate(), gate({ status: 'empty', pass: false })], 'INCONCLUSIVE: 1 of 2 gates without evidence'],
    ['fail', [near], 'FAIL: 1 of 1 gate failed'],
    ['fail', [near, gate({ status: 'empty', pass: false })], 'FAIL: 1 of 2 gates failed, 1 without evidence'],
  ] as const)('ends with the verdict %s of the report', (verdict, gates, line) => {
    expect(table.render(report({ gates, verdict }), PLAIN).split('\n').at(-2)).toBe(line);
  });

  it('gives the same text with colours, which are decoration', () => {
    const outcome = report({
      results: [result(), result({ status: 'nan', value: Number.NaN })],
      gates: [near, gate()],
      verdict: 'fail',
    });
    const coloured = table.render(outcome, COLOURED);
    expect(coloured).toContain('\x1b[');
    expect(stripVTControlCharacters(coloured)).toBe(table.render(outcome, PLAIN));
  });

  it('escapes every name from data', () => {
    const text = table.render(hostileReport(), PLAIN);
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}/u);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toMatch(/##\w*\[/);
    expect(text).toContain('\\x1b[31mred');
    expect(text).toContain('\\u202egpj.exe');
    expect(text).toContain('two\\x0a::error::lines');
    expect(text).toContain('\\x3a:set-output name=x::y');
    expect(text).toContain('\\x23#[add-mask]x');
    expect(text).toContain('\\x23#vso[task.complete]x');
    // A line for the titles, each result, a gap, each gate, the verdict, and the end.
    expect(text.split('\n')).toHaveLength(1 + SLICES + 1 + SLICES + 1 + 1);
  });

  it('shortens a name of more than 80 characters', () => {
    const text = table.render(report({ results: [result({ slice: new Map([['g', 'x'.repeat(500)]]) })] }), PLAIN);
    expect(text).toContain(`huber  ${'x'.repeat(79)}…  `);
  });
});

describe('drawTable', () => {
  it('keeps one width over the parts of a long table, and draws wide characters straight', () => {
    const rows = [...Array.from({ length: 250 }, (_, i) => [`${i}`, 'x']), ['日本日本', 'y']];
    const lines = drawTable(['a', 'b'], rows, ['left', 'left']);
    expect(lines).toHaveLength(252);
    expect(lines[0]).toBe('a         b');
    expect(lines[100]).toBe('99        x');
    expect(lines[101]).toBe('100       x');
    expect(lines[251]).toBe('日本日本  y');
  });
});

describe('gateText', () => {
  it.each([
    [{ result: 'huber' }, 'huber 48.3 < 50'],
    [{ result: 'huber:delta=2', comparison: '>=' }, 'huber:delta=2 48.3 >= 50'],
    [{ slice: new Map([['region', 'eu']]) }, 'huber{region=eu} 48.3 < 50'],
    [
      {
        slice: new Map([
          ['a', '1<2'],
          ['b', 'x'],
        ]),
      },
      'huber{a=1<2,b=x} 48.3 < 50',
    ],
    [{ slice: new Map([['a,b', '']]) }, 'huber{"a,b"=""} 48.3 < 50'],
  ] as const)('%j is %s', (changes, text) => {
    expect(gateText(gate(changes))).toBe(text);
  });

  it('says why there is no value to compare', () => {
    expect(gateText(gate({ status: 'empty', value: Number.NaN }))).toBe('huber empty (no rows) < 50');
    expect(gateText(gate({ status: 'nan', value: Number.NaN }))).toBe('huber nan (not a number) < 50');
  });
});

describe('numbers', () => {
  it.each([
    [0.30000000000000004, '0.3', '0.30000000000000004'],
    [1 / 3, '0.333333', '0.3333333333333333'],
    [2902.1357, '2902.14', '2902.1357'],
    [1234567.8, '1.23457e+6', '1234567.8'],
    [1234567, '1234567', '1234567'],
    [100, '100', '100'],
    [99.99999999, '100', '99.99999999'],
    [1e-7, '1e-7', '1e-7'],
    [1.5e300, '1.5e+300', '1.5e+300'],
    [1.24352e-10, '1.24352e-10', '1.24352e-10'],
    [2e-100, '2e-100', '2e-100'],
    [123450.4, '123450', '123450.4'],
    [1.5e-20, '1.5e-20', '1.5e-20'],
    [-0, '-0', '-0'],
    [0, '0', '0'],
    [Number.NaN, 'nan', 'nan'],
    [Number.NEGATIVE_INFINITY, '-inf', '-inf'],
  ])('%d is %s for reading and %s in full', (value, short, full) => {
    expect(shortDigits(value)).toBe(short);
    expect(fullDigits(value)).toBe(full);
  });
});
