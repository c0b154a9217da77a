import type { Gate, Judged, Result } from '../../engine/result.ts';
import { shortened } from './escape.ts';
import { differenceText, gateText, markOf, missText } from './gates.ts';
import { foundText, fullDigits } from './numbers.ts';
import type { Renderer } from './renderer.ts';
import { subjectText } from './slice.ts';
import { element, textElement } from './xml.ts';

/**
 * JUnit XML: one suite for the run, one test case for each gate. Its structure is that of `junit-10.xsd` in the xUnit plugin of
 * Jenkins, without host names and with times of 0 (some reporters make NaN of a time that is missing): the same run gives the same bytes.
 *
 * A failed gate is a `<failure>`; one without evidence an `<error>`: a test that could not be carried out. Jenkins and most
 * reporters on GitHub count both as failed, GitLab and some others show errors apart; none passes over them, as they do over
 * `<skipped>`. GitLab shows only the text of the element (issue "JUnit failure message is ignored"), Jenkins its `message`
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
    const { gates, results, inputs } = report;
    const cases = gates.length ? gates.map(gateCase) : results.map(resultCase);
    const skipped = gates.length ? 0 : results.filter(({ status }) => status !== 'ok').length;
    const values = results.map((result) => [subjectText(result.id, result.slice), foundText(result)] as const);
    return junitText(report, { files: inputs.files, values, cases, skipped, version });
  },
};

/** What is in the suite beside its gates. */
interface Suite {
  /** Tell the runs of a job apart, which GitLab takes for one otherwise. */
  readonly files: readonly string[];
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly string[];
  readonly skipped: number;
  readonly version: string;
}

export function junitText(judged: Judged, { files, values, cases, skipped, version }: Suite): string {
  const marked = (mark: string) => judged.gates.filter((gate) => markOf(gate) === mark).length;
  const counts = { tests: cases.length, failures: marked('FAIL'), errors: marked('NO EVIDENCE') };
  const all = [['lossctl', version], ['verdict', judged.verdict], ...values] as const;
  const properties = all.map(([name, value]) => element('property', { name, value }));
  const name = shortened(['lossctl', ...files].join(' '));
  const suite = element('testsuite', { name, ...counts, skipped, time: 0 }, [
    element('properties', {}, properties),
    ...cases,
    ...warningLines(judged),
  ]);
  // Readers have stumbled over a root without any attribute (dorny/test-reporter, "Cannot read properties of undefined").
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', counts, [suite])}\n`;
}

export function gateCase(gate: Gate): string {
  const subject = subjectText(gate.result, gate.slice);
  const name = { name: gate.assert, classname: gate.candidate === undefined ? subject : `${gate.candidate}: ${subject}` };
  const mark = markOf(gate);
  if (mark === 'PASS') return element('testcase', { ...name, time: 0 });
  const difference = differenceText(gate);
  const lines = [`${mark}: ${gateText(gate)}`, `value: ${foundText(gate)}`, `limit: ${fullDigits(gate.limit)}`];
  if (difference) lines.push(`difference: ${difference}`);
  const type = gate.status === 'ok' ? 'limit' : gate.status;
  return element('testcase', { ...name, time: 0 }, [
    textElement(mark === 'FAIL' ? 'failure' : 'error', { type, message: missText(gate) }, lines),
  ]);
}

function resultCase(result: Result): string {
  const name = { name: 'is finite', classname: subjectText(result.id, result.slice) };
  if (result.status === 'ok') return element('testcase', { ...name, time: 0 });
  return element('testcase', { ...name, time: 0 }, [
    element('skipped', { message: `${foundText(result)}, and no gate asks for it` }),
  ]);
}

function warningLines({ warnings }: Judged): string[] {
  if (!warnings.length) return [];
  const lines = warnings.map(({ code, message }) => `${code}: ${message}`);
  return [textElement('system-err', {}, lines)];
}
