import type { ComparisonReport } from '../../../engine/compare/result.ts';
import { github } from '../github.ts';
import type { Renderer } from '../renderer.ts';
import { comparisonCsv, comparisonTsv } from './delimited.ts';
import { comparisonJson, comparisonNdjson } from './document.ts';
import { comparisonJunit } from './junit.ts';
import { comparisonMarkdownFormat } from './markdown.ts';
import { comparisonTable } from './table.ts';

/** Formats of `compare`, in the order help shows them; the first is the default. What trackers read has one value a loss, not two. */
export const COMPARISON_RENDERERS: readonly Renderer<ComparisonReport>[] = [
  comparisonTable,
  comparisonJson,
  comparisonNdjson,
  comparisonCsv,
  comparisonTsv,
  comparisonMarkdownFormat,
  comparisonJunit,
  github,
];
