import { describe, expect, it } from 'vitest';
import { openmetrics } from '../../src/cli/render/openmetrics.ts';
import { parseMetrics } from '../support/openmetrics.ts';
import { gate, hostileReport, PLAIN, report, result, SLICES } from './render-reports.ts';

const metrics = (...args: Parameters<typeof report>) => parseMetrics(openmetrics.render(report(...args), PLAIN));

describe('openmetrics', () => {
  it('is families of gauges, rows with their unit', () => {
    const outcome = report({
      results: [result({ slice: new Map([['say', '"a\\b"']]), n: 3, skipped: 1 })],
      gates: [gate()],
      verdict: 'pass',
    });
    const slice = String.raw`slice="say=\"\\\"a\\\\b\\\"\""`;
    expect(openmetrics.render(outcome, PLAIN)).toBe(
      [
        '# TYPE lossctl_loss_value gauge',
        '# HELP lossctl_loss_value The reduced loss; a skill where direction is higher.',
        `lossctl_loss_value{id="huber",${slice},loss="huber",reduction="mean",unit="target^2",direction="lower"} 48.3`,
        '# TYPE lossctl_evaluated_rows gauge',
        '# UNIT lossctl_evaluated_rows rows',
        '# HELP lossctl_evaluated_rows Rows that were evaluated.',
        `lossctl_evaluated_rows{id="huber",${slice}} 3`,
        '# TYPE lossctl_skipped_rows gauge',
        '# UNIT lossctl_skipped_rows rows',
        '# HELP lossctl_skipped_rows Rows left out because a value was missing or not finite.',
        `lossctl_skipped_rows{id="huber",${slice}} 1`,
        '# TYPE lossctl_ignored_rows gauge',
        '# UNIT lossctl_ignored_rows rows',
        '# HELP lossctl_ignored_rows Rows the loss itself leaves out.',
        `lossctl_ignored_rows{id="huber",${slice}} 0`,
        '# TYPE lossctl_gate_limit gauge',
        '# HELP lossctl_gate_limit What the value is compared with.',
        'lossctl_gate_limit{assert="huber < 50",id="huber",slice=""} 50',
        '# TYPE lossctl_gate_pass gauge',
        '# HELP lossctl_gate_pass Whether the gate passed: 1 or 0.',
        'lossctl_gate_pass{assert="huber < 50",id="huber",slice=""} 1',
        '# TYPE lossctl_verdict gauge',
        '# HELP lossctl_verdict The verdict of the run: 1 for the one that holds.',
        'lossctl_verdict{verdict="none"} 0',
        'lossctl_verdict{verdict="pass"} 1',
        'lossctl_verdict{verdict="fail"} 0',
        'lossctl_verdict{verdict="inconclusive"} 0',
        'lossctl_verdict{verdict="error"} 0',
        '# EOF',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['nan', Number.NaN, 'NaN'],
    ['inf', Number.POSITIVE_INFINITY, '+Inf'],
    ['-inf', Number.NEGATIVE_INFINITY, '-Inf'],
    ['empty', 0, 'NaN'],
    ['ok', 1e21, '1e+21'],
    ['ok', -0, '-0'],
    ['ok', 5e-324, '5e-324'],
  ] as const)('writes %s %d as %s', (status, value, text) => {
    const rendered = openmetrics.render(report({ results: [result({ status, value })] }), PLAIN);
    expect(rendered).toContain(`direction="lower"} ${text}\n`);
    expect(() => parseMetrics(rendered)).not.toThrow();
  });

  it('has no family without samples, and no labels twice', () => {
    expect([...metrics().keys()]).not.toContain('lossctl_gate_pass');
    expect(metrics({ gates: [gate(), gate()] }).get('lossctl_gate_pass')?.samples).toHaveLength(1);
    expect(openmetrics.render(report({ results: [] }), PLAIN)).toMatch(/^# TYPE lossctl_verdict gauge\n/);
  });

  it('holds any name', () => {
    const families = parseMetrics(openmetrics.render(hostileReport(), PLAIN));
    for (const name of ['lossctl_loss_value', 'lossctl_gate_pass']) expect(families.get(name)?.samples).toHaveLength(SLICES);
    const slices = families.get('lossctl_loss_value')?.samples.map(({ labels }) => labels.slice);
    expect(slices).toContain('g="\\"\'&lt;]]>"');
  });
});

describe('the reader of this file', () => {
  const good = openmetrics.render(report({ gates: [gate()], verdict: 'pass' }), PLAIN);

  it.each([
    ['no end', '# EOF\n', ''],
    ['a sample of another family', 'lossctl_gate_pass{', 'lossctl_gate_limit{'],
    ['a quote that is not escaped', 'id="huber"', 'id="hu"ber"'],
    ['an unknown escape', 'id="huber"', 'id="hu\\ber"'],
    ['a number of JavaScript', '} 48.3', '} Infinity'],
    ['a unit that is not in the name', 'evaluated_rows rows', 'evaluated_rows seconds'],
    ['HELP before TYPE', '# TYPE lossctl_verdict gauge\n', ''],
    ['labels twice', 'verdict="none"', 'verdict="pass"'],
    ['a label that begins with a digit', 'id="huber"', '1d="huber"'],
  ])('refuses %s', (_, part, instead) => {
    expect(good).toContain(part);
    expect(() => parseMetrics(good.replace(part, instead))).toThrow();
  });
});
