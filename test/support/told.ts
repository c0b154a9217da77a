/** What the formats tell a reader: each read by its own rules, to be held against each other. */
import { expect } from 'vitest';
import { junitFaults } from './junit.ts';
import { parseMetrics } from './openmetrics.ts';
import { parseXml, type XmlNode } from './xml.ts';

/** What a reader of a format learns. `passed`: of each gate. `values`: those that are finite, in order. */
export interface Told {
  readonly verdict?: string | undefined;
  readonly passed?: readonly boolean[];
  readonly missed?: number;
  readonly values?: readonly number[];
}

const words = (text: string) => [...text.matchAll(/ (?:- )?(?:\*\*)?(PASS|FAIL|NO EVIDENCE|WARN|INFO)(?:\*\*)?(?=$| )/gm)];

function readText(text: string, verdictLine: RegExp): Told {
  return {
    verdict: verdictLine.exec(text)?.[1].toLowerCase().replace('no verdict', 'none') ?? 'none',
    passed: words(` ${text.replace(verdictLine, '').replaceAll('\n', '\n ')}`).map(([, word]) => word === 'PASS'),
  };
}

interface Line {
  readonly kind?: string;
  readonly value: number | null;
  readonly pass: boolean;
  readonly verdict: string;
}

function readJson(results: readonly Line[], gates: readonly Line[], verdict: string): Told {
  return { verdict, passed: gates.map(({ pass }) => pass), values: finite(results.map(({ value }) => value)) };
}

const finite = (values: readonly (number | null)[]) => values.filter((value): value is number => Number.isFinite(value));

/** The worst first. */
const ORDER = ['error', 'fail', 'inconclusive', 'pass', 'none'];

function readJunit(text: string): Told {
  const root = parseXml(text);
  expect(junitFaults(root)).toEqual([]);
  const suites = root.children.map(readSuite);
  return {
    verdict: suites.map(({ verdict }) => verdict).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))[0],
    passed: suites.flatMap(({ passed }) => passed),
    values: suites.flatMap(({ values }) => values),
  };
}

function readSuite(suite: XmlNode) {
  const [properties, ...rest] = suite.children;
  const [, verdict, ...values] = properties.children.map(({ attributes }) => attributes.get('value') as string);
  const cases = rest.filter(({ name }) => name === 'testcase');
  const named = (name: string) => cases.filter(({ attributes }) => attributes.get('name') === name);
  const gated = cases.filter((one) => !named('is finite').includes(one) && !named('is evaluated').includes(one));
  const told = {
    error: named('is evaluated').length > 0,
    fail: suite.attributes.get('failures') !== '0',
    inconclusive: suite.attributes.get('errors') !== '0',
  };
  const counted = Object.entries(told).find(([, found]) => found)?.[0] ?? (gated.length ? 'pass' : verdict);
  // a suite whose gates all are below the level of an error passes for who only counts
  const agree = counted === verdict || (counted === 'pass' && verdict === 'none');
  return {
    verdict: agree ? verdict : `${counted}, and ${verdict}`,
    passed: gated.map(({ children }) => children.length === 0),
    values: finite(values.map(Number)),
  };
}

function readMetrics(text: string): Told {
  const families = parseMetrics(text);
  const samples = (name: string) => families.get(name)?.samples ?? [];
  return {
    verdict: samples('lossctl_verdict').find(({ value }) => value === 1)?.labels.verdict,
    passed: samples('lossctl_gate_pass').map(({ value }) => value === 1),
    values: finite(samples('lossctl_loss_value').map(({ value }) => value)),
  };
}

function readCells(text: string, separator: string): Told {
  const [head = [], ...lines] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(separator));
  return { values: finite(lines.map((cells) => Number(cells[head.indexOf('value')] || 'none'))) };
}

/** Every number at a leaf, in order. */
function leaves(node: unknown): number[] {
  if (typeof node === 'number') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(leaves) : [];
}

export const READERS: Readonly<Record<string, (text: string) => Told>> = {
  table: (text) => readText(text, /^(PASS|FAIL|INCONCLUSIVE|ERROR|NO VERDICT):.*/m),
  markdown: (text) => readText(text, /^\*\*(PASS|FAIL|INCONCLUSIVE|ERROR|NO VERDICT)\*\*:.*/m),
  html(text) {
    const [, verdict] = /<p class="verdict (\w+)">/.exec(text) ?? [];
    const marks = [...text.matchAll(/<tr><td class="[\w-]+">([A-Z ]+)<\/td>/g)];
    return { verdict, passed: marks.map(([, mark]) => mark === 'PASS') };
  },
  json(text) {
    const { results, gates, verdict } = JSON.parse(text);
    return readJson(results, gates, verdict);
  },
  ndjson(text) {
    const lines: Line[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const of = (kind: string) => lines.filter((line) => line.kind === kind);
    return readJson(of('result'), of('gate'), of('verdict')[0].verdict);
  },
  junit: readJunit,
  github: (text) => ({ missed: text.split('\n').filter((line) => line.startsWith('::error ')).length }),
  openmetrics: readMetrics,
  csv: (text) => readCells(text, ','),
  tsv: (text) => readCells(text, '\t'),
  dvc: (text) => ({ values: leaves(JSON.parse(text)) }),
  bencher: (text) => ({ values: leaves(JSON.parse(text)) }),
  'github-action-benchmark': (text) => ({ values: leaves(JSON.parse(text)) }),
};
