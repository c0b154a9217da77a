/** A COCO annotations file: `{ images, annotations, categories }`, with a row for each annotation. */
import type { Table } from '../batch.ts';
import { Fault } from '../fault.ts';
import type { Input } from '../formats.ts';
import { cocoAnnotations, type Grid, gridOf, type JsonSource } from './orient.ts';
import { openWhole } from './table.ts';

export function openCoco(input: Input): Promise<Table> {
  return openWhole(input, annotations);
}

function annotations(value: unknown, source: JsonSource): Grid {
  if (cocoAnnotations(value)) return gridOf(value, source);
  throw new Fault(
    `${source.place}: holds no COCO annotations: an object with the lists images and annotations`,
    'COCO results, a list of records, are read as json',
  );
}
