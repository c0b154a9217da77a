import type { Result } from '../../engine/result.ts';
import { jsonValue } from './document.ts';
import { plainName } from './escape.ts';
import type { Renderer } from './renderer.ts';
import { sliceText } from './slice.ts';
import { toJson } from './tojson.ts';

/** Beside the slices, which all have a `=`. */
const ALL = 'all';

/**
 * A metrics file of DVC: `{"huber": 48.3, "mae": {"all": 2.1, "region=eu": 1.2}}`, of a suite within its data sets. DVC takes numbers and trees of them, and
 * passes over anything else without a word: a value that is not finite is `null`, which shows as missing ("metrics", command
 * reference; `_extract_metrics` in its source).
 */
export const dvc: Renderer = {
  name: 'dvc',
  extensions: [],
  help: 'a metrics file of DVC: numbers by loss and slice',
  render({ results, data }) {
    if (!data) return `${toJson(metricsOf(results), 2)}\n`;
    const sets = data.map(({ name }) => [name, metricsOf(results.filter((result) => result.data === name))] as const);
    return `${toJson(new Map(sets), 2)}\n`;
  },
};

type Metrics = ReadonlyMap<string, number | null | ReadonlyMap<string, number | null>>;

function metricsOf(results: readonly Result[]): Metrics {
  const losses = new Map<string, Map<string, number | null>>();
  for (const result of results) {
    const id = plainName(result.id);
    const values = losses.get(id) ?? new Map<string, number | null>();
    losses.set(id, values.set(result.slice ? plainName(sliceText(result.slice)) : ALL, jsonValue(result)));
  }
  const metrics = Array.from(losses, ([id, values]) => {
    const alone = values.size === 1 ? values.get(ALL) : undefined;
    return [id, alone === undefined ? values : alone] as const;
  });
  return new Map(metrics);
}
