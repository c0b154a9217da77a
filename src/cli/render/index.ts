import { actionBenchmark } from './action-benchmark.ts';
import { bencher } from './bencher.ts';
import { csv, tsv } from './delimited.ts';
import { dvc } from './dvc.ts';
import { github } from './github.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { ndjson } from './ndjson.ts';
import { openmetrics } from './openmetrics.ts';
import type { Renderer } from './renderer.ts';
import { table } from './table.ts';

export type { Renderer } from './renderer.ts';

/** Every output format, in the order help shows them; the first is the default. */
export const RENDERERS: readonly Renderer[] = [
  table,
  json,
  ndjson,
  csv,
  tsv,
  markdown,
  html,
  junit,
  github,
  openmetrics,
  dvc,
  bencher,
  actionBenchmark,
];
