import type { Columns, Evaluation } from '../../support/memory-table.ts';

/** Data that trigger a check, and a twin that differs only in what the check looks for. */
export interface Case {
  readonly code: string;
  readonly run: Evaluation;
  readonly triggers: Columns;
  /** The same but for what the check looks at ... */
  readonly twin: Columns;
  /** ... which may be how the columns are read. */
  readonly twinRun?: Evaluation;
  readonly says: RegExp;
}
