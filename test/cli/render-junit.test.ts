import { describe, expect, it } from 'vitest';
import { junit } from '../../src/cli/render/junit.ts';
import { xmlText } from '../../src/cli/render/xml.ts';
import { junitFaults } from '../support/junit.ts';
import { parseXml, type XmlNode } from '../support/xml.ts';
import { gate, hostileReport, inputs, PLAIN, report, result, SLICES } from './render-reports.ts';

const EU = new Map([['region', 'eu']]);
const failed = gate({ assert: 'huber{region=*}<0.3', slice: EU, value: 0.1 + 0.2, limit: 0.3, pass: false });
const without = gate({ assert: 'huber{region=xx}<0.3', slice: new Map([['region', 'xx']]), status: 'empty', pass: false });

function all(name: string, node: XmlNode): XmlNode[] {
  return [...(node.name === name ? [node] : []), ...node.children.flatMap((child) => all(name, child))];
}

describe('junit', () => {
  it('is a suite with a test case for each gate: failures, and errors without evidence', () => {
    const outcome = report({
      results: [result(), result({ slice: EU, status: 'nan', value: Number.NaN })],
      gates: [gate(), failed, without],
      warnings: [{ code: 'D13', severity: 'warn', message: 'small', first: 'preds.csv:3' }],
      verdict: 'fail',
    });
    expect(junit.render(outcome, PLAIN)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="1">
  <testsuite name="lossctl preds.csv" tests="3" failures="1" errors="1" skipped="0" time="0">
    <properties>
      <property name="lossctl" value="0.1.0"/>
      <property name="verdict" value="fail"/>
      <property name="huber" value="48.3"/>
      <property name="huber{region=eu}" value="nan (not a number)"/>
    </properties>
    <testcase name="huber &lt; 50" classname="huber" time="0"/>
    <testcase name="huber{region=*}&lt;0.3" classname="huber{region=eu}" time="0">
      <failure type="limit" message="huber{region=eu} 0.30000000000000004 &lt; 0.3, difference 5.551115123125783e-17">FAIL: huber{region=eu} 0.30000000000000004 &lt; 0.3&#10;value: 0.30000000000000004&#10;limit: 0.3&#10;difference: 5.551115123125783e-17</failure>
    </testcase>
    <testcase name="huber{region=xx}&lt;0.3" classname="huber{region=xx}" time="0">
      <error type="empty" message="huber{region=xx} empty (no rows) &lt; 50">NO EVIDENCE: huber{region=xx} empty (no rows) &lt; 50&#10;value: empty (no rows)&#10;limit: 50</error>
    </testcase>
    <system-err>D13: small</system-err>
  </testsuite>
</testsuites>
`);
  });

  it('has without gates a test case for each result, none of which can fail', () => {
    const results = [result(), result({ id: 'mse', status: 'inf', value: Number.POSITIVE_INFINITY })];
    const root = parseXml(junit.render(report({ results }), PLAIN));
    expect(junitFaults(root)).toEqual([]);
    expect(all('testcase', root).map(({ attributes }) => [...attributes.values()])).toEqual([
      ['is finite', 'huber', '0'],
      ['is finite', 'mse', '0'],
    ]);
    expect(all('skipped', root).map(({ attributes }) => attributes.get('message'))).toEqual([
      'inf (overflow or infinite input), and no gate asks for it',
    ]);
  });

  it('says of a value that is no number what it is, and no difference', () => {
    const outcome = report({ gates: [gate({ status: 'nan', value: Number.NaN, pass: false })], verdict: 'fail' });
    const [failure] = all('failure', parseXml(junit.render(outcome, PLAIN)));
    expect(failure.attributes.get('type')).toBe('nan');
    expect(failure.text).toBe('FAIL: huber nan (not a number) < 50\nvalue: nan (not a number)\nlimit: 50');
  });

  it.each([true, false])('holds any name, gates passed %s', (pass) => {
    const { gates, ...rest } = hostileReport();
    const outcome = { ...rest, gates: gates.map((each) => ({ ...each, pass })) };
    const root = parseXml(junit.render(outcome, PLAIN));
    expect(junitFaults(root)).toEqual([]);
    expect(all('testcase', root)).toHaveLength(SLICES);
    expect(all('failure', root)).toHaveLength(pass ? 0 : SLICES);
    // A class of its own for each slice, or GitLab takes two gates for one.
    expect(new Set(all('testcase', root).map(({ attributes }) => attributes.get('classname'))).size).toBe(SLICES);
  });

  it('names the suite after the files, within bounds', () => {
    const files = Array.from({ length: 100 }, (_, i) => `part-${i}.csv`);
    const suite = parseXml(junit.render(report({ inputs: inputs({ files }) }), PLAIN)).children[0];
    expect(suite.attributes.get('name')).toMatch(/^lossctl part-0\.csv part-1\.csv .{20,60}…$/);
  });
});

describe('xmlText', () => {
  it.each([
    ['a & b', 'a &amp; b'],
    ['<"\'>', '&lt;&quot;&apos;&gt;'],
    ['\x00\x1b\n', '\\x00\\x1b\\x0a'],
    ['\ufffe\uffff', '\\ufffe\\uffff'],
    ['\ud800', '\\ud800'],
    ['日本 😀', '日本 😀'],
  ])('%j becomes %s', (text, escaped) => {
    expect(xmlText(text)).toBe(escaped);
  });
});

describe('the checks of this file', () => {
  const good = junit.render(report({ gates: [gate(), failed], verdict: 'fail' }), PLAIN);

  it.each([
    ['a bare &', 'huber &lt; 50', 'huber & 50'],
    ['a control character', 'preds.csv', 'preds\x1b.csv'],
    ['a control character as an entity', 'preds.csv', 'preds&#27;.csv'],
    ['U+FFFF', 'preds.csv', 'preds\uffff.csv'],
    ['an open element', '</properties>', ''],
    ['elements that cross', '</failure>\n    </testcase>', '</testcase>\n    </failure>'],
    ['the end of a CDATA section', 'FAIL:', ']]>'],
    ['an attribute twice', 'tests="2"', 'tests="2" tests="2"'],
    ['a second root', '</testsuites>', '</testsuites><testsuites/>'],
  ])('refuse %s', (_, part, instead) => {
    expect(() => parseXml(good.replace(part, instead))).toThrow();
  });

  it.each([
    [' name="lossctl preds.csv"', '', '<testsuite> without name'],
    ['classname="huber"', 'class="huber"', '<testcase class>'],
    ['.csv" tests="2"', '.csv" tests="3"', 'tests: 2 counted'],
    ['<testsuites tests="2" failures="1"', '<testsuites tests="2" failures="0"', 'failures: 1 counted'],
    ['<testcase name', 'text<testcase name', 'text in <testsuite>'],
    [/failure/g, 'failed', '<failed>'],
    [/testsuites/g, 'report', 'root <report>'],
    [/propert(y|ies)/g, 'testcase', '<testcase> in <testcase>'],
  ])('refuse %s as %s', (part, instead, fault) => {
    expect(junitFaults(parseXml(good.replace(part, instead)))).toContain(fault);
  });
});
