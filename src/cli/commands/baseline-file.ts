/** Baseline files: read for `--baseline`, written by `baseline write`. */
import { readFile } from 'node:fs/promises';
import { type Baseline, decodeBaseline, gatesAgainst, parseTolerance, type Tolerance } from '../../engine/baseline.ts';
import type { Gate, GateMark, Result, Warning } from '../../engine/result.ts';
import { escapeText, Fault } from '../../io/fault.ts';

/** What results are held against. */
export interface Against {
  readonly file: string;
  /** `null` where there is no such file. */
  readonly baseline: Baseline | null;
  readonly allowMissing: boolean;
  readonly tolerance: Tolerance;
  /** Of each gate that comes of it. */
  readonly mark?: GateMark;
  /** Which rows were evaluated now. */
  readonly fingerprint: string;
}

export type BaselineOptions = {
  readonly baseline?: string;
  readonly tolerance?: string;
  readonly allowMissingBaseline?: boolean;
};

/** Reads the baseline before any data; which rows are evaluated is known only after them. */
export async function readAgainst(options: BaselineOptions, mark?: GateMark): Promise<Omit<Against, 'fingerprint'> | null> {
  const { baseline: file, tolerance, allowMissingBaseline: allowMissing = false } = options;
  if (file === undefined) return null;
  const allowed = parseTolerance(tolerance ?? 'rel=0');
  return { file, baseline: await readBaseline(file), allowMissing, tolerance: allowed, ...(mark && { mark }) };
}

/** `null` where there is no such file: whether that is a pass is for the gate to say. */
export async function readBaseline(file: string): Promise<Baseline | null> {
  try {
    return decodeBaseline(file, await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Fault) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new Fault(`${escapeText(file)}: cannot be read: ${escapeText(code ?? message)}`);
  }
}

export function gatesOf(against: Against, results: readonly Result[]): { gates: readonly Gate[]; warnings: readonly Warning[] } {
  const { file, baseline, allowMissing, tolerance, fingerprint, mark } = against;
  if (baseline) {
    const { gates, warnings } = gatesAgainst(baseline, results, fingerprint, tolerance);
    return { gates: gates.map((gate) => ({ ...gate, ...mark })), warnings };
  }
  if (allowMissing) {
    const message = `there is no baseline ${escapeText(file)}: nothing was compared`;
    return { gates: [], warnings: [{ code: 'no-baseline', severity: 'info', message }] };
  }
  const nothing = { slice: null, value: Number.NaN, comparison: '<=', limit: Number.NaN } as const;
  const gate: Gate = { ...mark, ...nothing, assert: 'against the baseline', result: file, status: 'no-baseline', pass: false };
  return { gates: [gate], warnings: [] };
}
