/** What trec_eval reads: lines of fields between spaces or tabs, without a header. */
import type { Table } from '../batch.ts';
import type { Input } from '../formats.ts';
import { openDelimited } from './table.ts';

const RUN = ['query', 'iteration', 'doc', 'rank', 'score', 'tag'];
const QRELS = ['query', 'iteration', 'doc', 'relevance'];

/** `query Q0 doc rank score tag`: what a system found. */
export function openTrecRun(input: Input): Promise<Table> {
  return openDelimited({ ...input, header: false, delimiter: 'space' }, RUN);
}

/** `query 0 doc relevance`: what people judged. */
export function openTrecQrels(input: Input): Promise<Table> {
  return openDelimited({ ...input, header: false, delimiter: 'space' }, QRELS);
}
