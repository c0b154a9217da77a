import type { ComparisonReport } from '../../../engine/compare/result.ts';
import { gateCase, junitText, suiteName } from '../junit.ts';
import { fullDigits } from '../numbers.ts';
import type { Renderer } from '../renderer.ts';
import { subjectText } from '../slice.ts';

/** A test case for each gate, and the values of both sides as properties. */
export const comparisonJunit: Renderer<ComparisonReport> = {
  name: 'junit',
  extensions: ['.xml'],
  help: 'a test report: a test case for each gate, values as properties',
  render(report, { version }) {
    const { base, candidates, gates } = report;
    const values = candidates.flatMap(({ inputs, comparisons }) =>
      comparisons.flatMap(({ id, slice, base: before, candidate, difference }) => {
        const subject = subjectText(id, slice);
        const of = candidates.length > 1 ? `${inputs.files.join(' ')}: ${subject}` : subject;
        return [
          [`${of} base`, fullDigits(before)],
          [`${of} candidate`, fullDigits(candidate)],
          [`${of} difference`, fullDigits(difference)],
        ] as const;
      }),
    );
    const files = ['compare', ...base.files, ...candidates.flatMap(({ inputs }) => inputs.files)];
    const { verdict, warnings } = report;
    return junitText([{ name: suiteName(files), verdict, warnings, values, cases: gates.map(gateCase) }], version);
  },
};
