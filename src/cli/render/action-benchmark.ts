import { plainName } from './escape.ts';
import type { Renderer } from './renderer.ts';
import { subjectText } from './slice.ts';
import { toJson } from './tojson.ts';

/**
 * What github-action-benchmark reads with `tool: customSmallerIsBetter` (its README, "Custom benchmarks"); with `--relative`
 * all results are skills, and the tool is `customBiggerIsBetter`. It needs numbers: a value that is not finite is left out.
 * `extra` shows in the tooltip of the chart: everything that decides the value.
 */
export const actionBenchmark: Renderer = {
  name: 'github-action-benchmark',
  extensions: [],
  help: 'for tool: customSmallerIsBetter; with --relative customBiggerIsBetter',
  render({ results }) {
    const entries = results
      .filter(({ status }) => status === 'ok')
      .map(({ data, id, slice, unit, value, signature }) => ({
        name: plainName(`${data === undefined ? '' : `${data}: `}${subjectText(id, slice)}`),
        unit,
        value,
        extra: signature,
      }));
    return `${toJson(entries, 2)}\n`;
  },
};
