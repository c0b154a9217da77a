/** Formats that a machine reads line by line, with any text in every place where text from data can stand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable } from '../../src/cli/render/escape.ts';
import { github } from '../../src/cli/render/github.ts';
import { junit } from '../../src/cli/render/junit.ts';
import { openmetrics } from '../../src/cli/render/openmetrics.ts';
import type { Report } from '../../src/engine/result.ts';
import { junitFaults } from '../support/junit.ts';
import { parseMetrics } from '../support/openmetrics.ts';
import { parseXml } from '../support/xml.ts';
import { gate, inputs, PLAIN, report, result } from './render-reports.ts';

const PIECES = [
  '::error::',
  '##[group]',
  '%0A',
  '\n',
  '\r',
  '"',
  '\\',
  '<',
  '&',
  ']]>',
  ',',
  '=',
  '{',
  '}',
  '\ufffe',
  '\ud800',
  '\x00',
  '\x85',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 6 })
  .map((all) => all.join(''));

function reportOf([column, value, assert, message, file]: readonly string[]): Report {
  const slice = new Map([[column, value]]);
  return report({
    inputs: inputs({ files: [file] }),
    results: [result({ slice })],
    gates: [gate({ assert, slice, pass: false })],
    warnings: [{ code: 'D01', severity: 'warn', message }],
    verdict: 'fail',
  });
}

/** A suite, one of whose data sets could not be evaluated. */
function suiteOf(texts: readonly string[]): Report {
  const { results, gates, warnings, ...one } = reportOf(texts);
  const own = <T>(items: readonly T[]) => items.map((item) => ({ ...item, data: 'a' }));
  const [message = '', hint = ''] = texts;
  const data = [
    { name: 'a', verdict: 'fail' as const, inputs: one.inputs },
    { name: 'b', verdict: 'error' as const, inputs: null, error: { message, hint } },
  ];
  return { ...one, data, results: own(results), gates: own(gates), warnings: own(warnings), verdict: 'error' };
}

const everywhere = fc.array(text, { minLength: 5, maxLength: 5 });

const CHECKS: readonly (readonly [string, (rendered: string) => void])[] = [
  ['junit', (xml) => expect(junitFaults(parseXml(xml))).toEqual([])],
  [
    'github',
    (commands) => expect(commands).toMatch(/^::error title=[^\p{Cc}:,]*::[^\p{Cc}]*\n::warning title=lossctl D01::[^\p{Cc}]*\n$/u),
  ],
  ['openmetrics', (metrics) => expect(parseMetrics(metrics).get('lossctl_gate_pass')?.samples).toHaveLength(1)],
];

const RENDER = { junit, github, openmetrics };

describe('any text', () => {
  test.each(CHECKS)('is held by %s', (name, check) => {
    const { render } = RENDER[name as keyof typeof RENDER];
    const held = (texts: readonly string[]) => {
      check(render(reportOf(texts), PLAIN));
    };
    fc.assert(fc.property(everywhere, held));
  });

  test.each(CHECKS)('of a suite is held by %s', (name, check) => {
    const { render } = RENDER[name as keyof typeof RENDER];
    const held = (texts: readonly string[]) => {
      check(render(suiteOf(texts), PLAIN).replace(/^::error title=[^\p{Cc}:,]*::b: [^\p{Cc}]*\n/u, ''));
    };
    fc.assert(fc.property(everywhere, held));
  });

  test.each(CHECKS)('would break %s if it were printed as it is', (name, check) => {
    const shown = RENDER[name as keyof typeof RENDER].render(reportOf(['g', 'HERE', 'HERE', 'HERE', 'HERE']), PLAIN);
    const held = (found: string) => {
      check(shown.replaceAll('HERE', () => found));
    };
    held('here');
    expect(() => fc.assert(fc.property(text, held))).toThrow();
  });

  test('shows nowhere what a log would obey', () => {
    fc.assert(fc.property(text, (found) => !/^\s*::|##\w*\[|[\p{Cc}\p{Cf}]/u.test(printable(found))));
    expect(() => fc.assert(fc.property(text, (found) => !/##\w*\[/.test(found)))).toThrow();
  });
});
