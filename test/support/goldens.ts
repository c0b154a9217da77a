/** The golden files: inputs, and what libraries that nobody here wrote make of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reduction } from '../../src/losses/define.ts';
import type { Columns, Lists } from './memory-table.ts';

/** JSON has no infinities: they are written as `inf`, `-inf`, `nan`. */
type GoldenNumber = number | 'inf' | '-inf' | 'nan';
type Nested = GoldenNumber | readonly Nested[];

export interface GoldenCase {
  readonly name: string;
  readonly why: string;
  readonly inputs: Readonly<Record<string, readonly Nested[]>>;
  readonly params: Readonly<Record<string, number | boolean | string | readonly number[] | null>>;
  readonly weight?: readonly Nested[];
  readonly losses?: readonly Nested[];
  readonly reduced?: Readonly<Partial<Record<Reduction, GoldenNumber>>>;
  readonly tolerance?: number;
}

export interface Golden {
  readonly loss: string;
  readonly reference: string;
  readonly cases: readonly GoldenCase[];
}

const FOLDER = join(import.meta.dirname, '../../fixtures/golden');

export function goldens(): Golden[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return files.map((name) => {
    const golden = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Golden;
    if (`${golden.loss}.json` !== name) throw new Error(`${name} is about ${golden.loss}`);
    return golden;
  });
}

export function toNumber(value: GoldenNumber): number {
  if (typeof value === 'number') return value;
  return { inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY, nan: Number.NaN }[value];
}

export function flat(value: Nested): number[] {
  return typeof value === 'object' ? value.flatMap(flat) : [toNumber(value)];
}

/** Inputs of a case as table columns named after their roles. */
export function columnsOf({ inputs, weight }: Pick<GoldenCase, 'inputs' | 'weight'>): Columns {
  const cell = (value: Nested): number | Lists => (typeof value === 'object' ? value.map(cell) : toNumber(value));
  return Object.fromEntries(Object.entries({ ...inputs, ...(weight && { weight }) }).map(([role, rows]) => [role, rows.map(cell)]));
}

/** Parameters as flags would give them. */
export function paramsOf({ params }: Pick<GoldenCase, 'params'>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}

/** Role -> the column of the same name: nothing is left to inference. */
export function rolesOf({ inputs }: Pick<GoldenCase, 'inputs'>): Record<string, string> {
  return Object.fromEntries(Object.keys(inputs).map((role) => [role, role]));
}

/** Relative difference; 0 for equal values, also infinite ones and NaN. */
export function difference(actual: number, expected: number): number {
  if (Object.is(actual, expected) || actual === expected) return 0;
  const apart = Math.abs(actual - expected);
  return Number.isFinite(apart) ? apart / Math.max(Math.abs(expected), 1e-300) : Number.POSITIVE_INFINITY;
}
