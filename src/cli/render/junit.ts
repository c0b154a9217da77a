import type { DataSet, Gate, Judged, Report, Result } from '../../engine/result.ts';
import { shortened } from './escape.ts';
import { differenceText, gateText, type Mark, markOf, missText } from './gates.ts';
import { foundText, fullDigits } from './numbers.ts';
import type { Renderer } from './renderer.ts';
import { subjectText } from './slice.ts';
import { element, textElement } from './xml.ts';

/**
 * JUnit XML: one suite for the run, or for each data set, one test case for each gate. Its structure is that of `junit-10.xsd` in the xUnit plugin of
 * Jenkins, without host names and with times of 0 (some reporters make NaN of a time that is missing): the same run gives the same bytes.
 *
 * A failed gate is a `<failure>`; one without evidence an `<error>`: a test that could not be carried out. Jenkins and most
 * reporters on GitHub count both as failed, GitLab and some others show errors apart; none passes over them, as they do over
 * `<skipped>`: hence a gate that is only a warning is skipped when it is missed, and says so. GitLab shows only the text of the element (issue "JUnit failure message is ignored"), Jenkins its `message`
 * first, so both say everything. GitLab also takes test cases of one name and class for one: the slice stands in the class.
 *
 * A run without gates has a test case for each result, because Jenkins refuses a report without any. None can fail, as the
 * exit code does not either: what is not finite is skipped.
 */
export const junit: Renderer = {
  name: 'junit',
  extensions: ['.xml'],
  help: 'a test report: a test case for each gate, values as properties',
  render(report, { version }) {
    return junitText(suitesOf(report), version);
  },
};

/** The test cases of one data set. */
export interface Suite extends Pick<Judged, 'verdict' | 'warnings'> {
  /** Tells the runs of a job apart, which GitLab takes for one otherwise. */
  readonly name: string;
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly Case[];
}

export interface Case {
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly text: string;
}

export function junitText(suites: readonly Suite[], version: string): string {
  const texts = suites.map((suite) => {
    const { name, cases } = suite;
    const counts = { ...countsOf(cases), skipped: withOutcome(cases, 'skipped') };
    const lines = [properties(suite, version), ...cases.map(({ text }) => text), ...warningLines(suite)];
    return element('testsuite', { name, ...counts, time: 0 }, lines);
  });
  const total = countsOf(suites.flatMap(({ cases }) => cases));
  // Readers have stumbled over a root without any attribute (dorny/test-reporter, "Cannot read properties of undefined").
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', total, texts)}\n`;
}

export function suiteName(files: readonly string[]): string {
  return shortened(['lossctl', ...files].join(' '));
}

function suitesOf({ data, inputs, results, gates, warnings, verdict }: Report): Suite[] {
  const suite = (
    name: string,
    of: Pick<Report, 'results' | 'gates' | 'warnings' | 'verdict'>,
    error?: DataSet['error'],
  ): Suite => ({
    name,
    verdict: of.verdict,
    warnings: of.warnings,
    values: of.results.map((result) => [subjectText(result.id, result.slice), foundText(result)]),
    cases: error ? [errorCase(name, error)] : of.gates.length ? of.gates.map(gateCase) : of.results.map(resultCase),
  });
  if (!data) return [suite(suiteName(inputs.files), { results, gates, warnings, verdict })];
  return data.map((set) => {
    const own = <T extends { readonly data?: string }>(items: readonly T[]) => items.filter((item) => item.data === set.name);
    const of = { results: own(results), gates: own(gates), warnings: own(warnings), verdict: set.verdict };
    return suite(`lossctl ${set.name}`, of, set.error);
  });
}

function withOutcome(cases: readonly Case[], wanted: Case['outcome']): number {
  return cases.filter(({ outcome }) => outcome === wanted).length;
}

function countsOf(cases: readonly Case[]) {
  return { tests: cases.length, failures: withOutcome(cases, 'failure'), errors: withOutcome(cases, 'error') };
}

function properties({ values, verdict }: Suite, version: string): string {
  const all = [['lossctl', version], ['verdict', verdict], ...values] as const;
  return element(
    'properties',
    {},
    all.map(([name, value]) => element('property', { name, value })),
  );
}

function testCase(attributes: { name: string; classname: string }, outcome: Case['outcome'], found: readonly string[] = []): Case {
  return { outcome, text: element('testcase', { ...attributes, time: 0 }, found) };
}

const OUTCOMES: { readonly [M in Mark]: Case['outcome'] } = {
  PASS: 'passed',
  FAIL: 'failure',
  'NO EVIDENCE': 'error',
  WARN: 'skipped',
  INFO: 'skipped',
};

export function gateCase(gate: Gate): Case {
  const subject = subjectText(gate.result, gate.slice);
  const of = gate.data === undefined ? '' : `${gate.data}.`;
  const candidate = gate.candidate === undefined ? '' : `${gate.candidate}: `;
  const name = { name: gate.id ?? gate.assert, classname: `${of}${candidate}${subject}` };
  const mark = markOf(gate);
  const outcome = OUTCOMES[mark];
  if (outcome === 'passed') return testCase(name, outcome);
  const difference = differenceText(gate);
  const lines = [`${mark}: ${gateText(gate)}`, `value: ${foundText(gate)}`, `limit: ${fullDigits(gate.limit)}`];
  if (difference) lines.push(`difference: ${difference}`);
  const message = missText(gate);
  if (outcome === 'skipped') return testCase(name, outcome, [textElement(outcome, { message }, lines)]);
  const type = gate.status === 'ok' ? 'limit' : gate.status;
  return testCase(name, outcome, [textElement(outcome, { type, message }, lines)]);
}

/** A data set that could not be evaluated. */
function errorCase(suite: string, error: NonNullable<DataSet['error']>): Case {
  const message = error.code ? `${error.code}: ${error.message}` : error.message;
  const lines = error.hint ? [message, `hint: ${error.hint}`] : [message];
  return testCase({ name: 'is evaluated', classname: suite }, 'error', [textElement('error', { type: 'input', message }, lines)]);
}

function resultCase(result: Result): Case {
  const name = { name: 'is finite', classname: subjectText(result.id, result.slice) };
  if (result.status === 'ok') return testCase(name, 'passed');
  return testCase(name, 'skipped', [element('skipped', { message: `${foundText(result)}, and no gate asks for it` })]);
}

function warningLines({ warnings }: Suite): string[] {
  if (!warnings.length) return [];
  const lines = warnings.map(({ code, message }) => `${code}: ${message}`);
  return [textElement('system-err', {}, lines)];
}
