/** Masks of two classes are masks of one and its background: what several classes give must agree with what one gives. */
import { describe, expect, it } from 'vitest';
import type { ParamValue } from '../../src/losses/define.ts';
import { evaluate, type Rows } from './kernel-run.ts';
import { expectSame, named, rows } from './same.ts';

const value = (name: string, inputs: Rows['inputs'], params: Record<string, ParamValue> = {}) =>
  evaluate(named(name), { inputs, params });

describe('masks of two classes', () => {
  const target = [
    [1, 1, 0, 0, 1],
    [0, 1, 0, 1, 0],
  ];
  const probs = [
    [0.9, 0.8, 0.25, 0.125, 0.5],
    [0.25, 0.75, 0, 1, 0.5],
  ];
  const logits = probs.map((row) => row.map((p) => 4 * p - 1.5));
  const both = probs.map((row) => row.flatMap((p) => [1 - p, p]));
  const scores = logits.map((row, i) => row.flatMap((z, j) => [i - j, i - j + z]));
  const channels = 'last';

  it.each(['batch', 'image'])('are one mask, the background left out: %s', (scope) => {
    for (const name of ['dice', 'jaccard', 'tversky', 'focal-tversky']) {
      const given = { channels, scope, includeBackground: false };
      expectSame([value(name, { target, probs: both }, given)], [value(name, { target, probs }, { scope })]);
      expectSame([value(name, { target, logits: scores }, given)], [value(name, { target, logits }, { scope })]);
    }
  });

  it.each(['batch', 'image'])('are one mask to generalized-dice, which sees the background: %s', (scope) => {
    for (const wType of ['square', 'simple', 'uniform']) {
      const alone = value('generalized-dice', { target, probs }, { wType, scope });
      expectSame([value('generalized-dice', { target, probs: both }, { wType, scope, channels })], [alone]);
    }
  });

  it('have the cross-entropy of one: the difference of two logits is that of a sigmoid', () => {
    for (const name of ['dice-ce', 'dice-focal']) {
      const given = { channels, includeBackground: false };
      expectSame([value(name, { target, logits: scores }, given)], [value(name, { target, logits })]);
      expectSame([value(name, { target, logits: scores }, { ...given, classWeight: [2, 2] })], [value(name, { target, logits })]);
    }
    const entropy = rows(
      'cross-entropy',
      { target: target.flat(), logits: logits.flat().map((z) => [0, z]) },
      { classWeight: [1, 3] },
    );
    const weights: number[] = target.flat().map((y) => (y ? 3 : 1));
    const mean = entropy.reduce((a, b) => a + b) / weights.reduce((a, b) => a + b);
    const given = { channels, lambdaDice: 0, classWeight: [1, 3] };
    expectSame([value('dice-ce', { target, logits: scores }, given)], [mean]);
    const oneHot = target.map((row) => row.flatMap((y) => [1 - y, y]));
    const nested = (masks: readonly (readonly number[])[]) =>
      masks.map((row) => row.flatMap((_, j) => (j % 2 ? [] : [row.slice(j, j + 2)])));
    expectSame([value('dice-ce', { target: nested(oneHot), logits: nested(scores) }, given)], [mean]);
  });

  it('generalized-dice without any class in the target costs what was predicted, however absent', () => {
    const empty = { target: [[0, 0, 0]], probs: [[0.5, 0.25, 0.25, 1, 0, 0, 0, 0.5, 0.5]] };
    const given = { channels, includeBackground: false, smooth: 0 };
    expect(value('generalized-dice', empty, given)).toBe(1);
    expect(value('generalized-dice', { ...empty, probs: [[1, 0, 0, 1, 0, 0, 1, 0, 0]] }, { ...given, smooth: 1 })).toBe(0);
  });
});
