import { csv, tsv } from './delimited.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { ndjson } from './ndjson.ts';
import type { Renderer } from './renderer.ts';
import { table } from './table.ts';

export type { Renderer } from './renderer.ts';

/** Every output format, in the order help shows them; the first is the default. */
export const RENDERERS: readonly Renderer[] = [table, json, ndjson, csv, tsv, markdown];
