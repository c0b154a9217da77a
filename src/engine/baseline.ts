/** Results to gate against later: written by `baseline write`, compared by `--baseline`. */

import { Fault, quote } from '../io/fault.ts';
import { parsedJson, refuseFlaw } from './document.ts';
import type { Gate, Inputs, Result, SliceKey, Warning } from './result.ts';
import { count, fields, isObject, list, number, oneOf, only, orNull, record, text, texts } from './shape.ts';

export const BASELINE_SCHEMA = 'lossctl.baseline/v1';

export interface BaselineResult {
  readonly id: string;
  readonly slice: { readonly [column: string]: string } | null;
  readonly value: number;
  readonly n: number;
  readonly direction: 'lower' | 'higher';
  /** What decides the value, without the rows. */
  readonly signature: string;
}

export interface Baseline {
  readonly schema: typeof BASELINE_SCHEMA;
  readonly version: string;
  /** Why it was written although a gate failed. */
  readonly reason?: string;
  readonly files: readonly string[];
  /** Which rows were evaluated. */
  readonly fingerprint: string;
  readonly results: readonly BaselineResult[];
}

/** How much worse a result may be: `abs + rel * |baseline|`. */
export interface Tolerance {
  readonly rel: number;
  readonly abs: number;
}

/** A signature without the number of rows, which the fingerprint is about. */
export function methodOf(signature: string): string {
  return signature.replace(/\|n:\d+/, '');
}

/** Refuses results that no later run could be compared with. */
export function baselineOf(
  results: readonly Result[],
  { files }: Inputs,
  fingerprint: string,
  version: string,
  reason?: string,
): Baseline {
  const wrong = results.find(({ status }) => status !== 'ok');
  if (wrong) throw new Fault(`${wrong.id} is not finite (${wrong.status}): nothing can be compared with it`, 'mend the run first');
  return {
    schema: BASELINE_SCHEMA,
    version,
    ...(reason !== undefined && { reason }),
    files,
    fingerprint,
    results: results.map(({ id, slice, value, n, direction, signature }) => ({
      id,
      slice: slice && Object.fromEntries(slice),
      value,
      n,
      direction,
      signature: methodOf(signature),
    })),
  };
}

export const BASELINE = fields(
  {
    schema: only(BASELINE_SCHEMA),
    version: text,
    files: list(text),
    fingerprint: texts(/^\d+:[0-9a-f]{16}$/, 'a fingerprint'),
    results: list(
      fields({
        id: text,
        slice: orNull(record(text)),
        value: number,
        n: count,
        direction: oneOf(['lower', 'higher']),
        signature: text,
      }),
    ),
  },
  { reason: text },
);

export function decodeBaseline(name: string, content: string): Baseline {
  const fault = (wrong: string) =>
    new Fault(`${quote(name)} is not a baseline of lossctl: ${wrong}`, 'write it again with lossctl baseline write');
  const value = parsedJson(content, fault);
  if (!isObject(value) || value.schema !== BASELINE_SCHEMA) throw fault(`its schema is not ${quote(BASELINE_SCHEMA)}`);
  refuseFlaw(BASELINE, 'baseline', value, fault);
  const baseline = value as unknown as Baseline;
  if (baseline.results.length === 0) throw fault('it has no results');
  return baseline;
}

/** `rel=1%,abs=0.002`. */
export function parseTolerance(given: string): Tolerance {
  const found = { rel: 0, abs: 0 };
  for (const piece of given.split(',')) {
    const [, key, digits, percent] = /^\s*(rel|abs)\s*=\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(%?)\s*$/.exec(piece) ?? [];
    if (key === undefined || (key === 'abs' && percent)) {
      throw new Fault(
        `--tolerance ${quote(given)}: ${quote(piece)} is no tolerance`,
        'write rel=1%, abs=0.002, or both: rel=1%,abs=0.002',
      );
    }
    found[key as 'rel' | 'abs'] = Number(digits) / (percent ? 100 : 1);
  }
  return found;
}

/** A gate for each result of the baseline. */
export function gatesAgainst(
  baseline: Baseline,
  results: readonly Result[],
  fingerprint: string,
  { rel, abs }: Tolerance,
): { gates: Gate[]; warnings: Warning[] } {
  const warnings: Warning[] = fingerprint === baseline.fingerprint ? [] : [otherRows(baseline.fingerprint, fingerprint)];
  const gates = baseline.results.map((old): Gate => {
    const allowed = abs + rel * Math.abs(old.value);
    const sign = old.direction === 'lower' ? 1 : -1;
    const slice = old.slice && new Map(Object.entries(old.slice));
    const result = results.find((one) => one.id === old.id && sameSlice(one.slice, slice));
    const comparison = sign > 0 ? '<=' : '>=';
    const gate = {
      assert: `${old.id} against the baseline`,
      result: old.id,
      slice,
      comparison,
      limit: old.value + sign * allowed,
    } as const;
    if (!result) return { ...gate, value: Number.NaN, status: 'empty', pass: false };
    if (methodOf(result.signature) !== old.signature) return { ...gate, value: result.value, status: 'other-method', pass: false };
    if (fingerprint !== baseline.fingerprint) return { ...gate, value: result.value, status: 'other-rows', pass: false };
    const worse = sign * (result.value - old.value);
    if (result.status === 'ok' && -worse > allowed && allowed > 0) {
      const message = `${old.id} is better than the baseline by more than the tolerance: ${result.value} against ${old.value}`;
      warnings.push({ code: 'baseline', severity: 'info', message: `${message}; lossctl baseline write would keep it` });
    }
    const status = result.few && result.status === 'ok' ? 'few' : result.status;
    return { ...gate, value: result.value, status, pass: status === 'ok' && worse <= allowed };
  });
  return { gates, warnings };
}

function otherRows(then: string, now: string): Warning {
  const [before, after] = [then, now].map((fingerprint) => fingerprint.split(':')[0]);
  const rows = before === after ? `as many rows (${after}), but others or in other words` : `${before} rows then, ${after} now`;
  return { code: 'other-rows', severity: 'warn', message: `the baseline is of other keys or targets: ${rows}` };
}

function sameSlice(a: SliceKey | null, b: SliceKey | null): boolean {
  if (!a || !b) return a === b;
  return a.size === b.size && [...a].every(([column, value]) => b.get(column) === value);
}
