/** What the identity tests share: losses by name, rows of them, and that two of them are the same. */
import { expect } from 'vitest';
import type { Loss, ParamValue } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { difference } from '../support/goldens.ts';
import { perRow, type Rows } from './kernel-run.ts';

export function named(name: string): Loss {
  const loss = LOSSES.find((each) => each.name === name);
  if (!loss) throw new Error(`no ${name}`);
  return loss;
}

export function rows(name: string, inputs: Rows['inputs'], params: Record<string, ParamValue> = {}): number[] {
  const loss = named(name);
  if (loss.kind === 'fold') throw new Error(`${name} has no rows`);
  return perRow(loss, { inputs, params });
}

export function expectSame(left: readonly number[], right: readonly number[], tolerance = 1e-13): void {
  expect(left.length).toBe(right.length);
  const wrong = left.flatMap((value, i) => (difference(value, right[i]) <= tolerance ? [] : [`${i}: ${value}, ${right[i]}`]));
  expect(wrong).toEqual([]);
}
