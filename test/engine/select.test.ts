import { describe, expect, test } from 'vitest';
import { candidates } from '../../src/engine/infer.ts';
import { select } from '../../src/engine/select.ts';
import { faultOf } from '../support/fault.ts';

const COLUMNS = ['id', 'z10', 'z9', 'z8', 'a,b', 'x*', 'x1', 'b1_x1', 'b1_y1', 'b1_x2', 'twice', 'twice', '__proto__'];
const pick = (text: string) => select(COLUMNS, text, '--logits').map((column) => COLUMNS[column]);

describe('select', () => {
  test.each([
    ['id', ['id']],
    ['__proto__', ['__proto__']],
    ['z9,z10', ['z9', 'z10']],
    ['z9, id', ['z9', 'id']],
    ['z*', ['z8', 'z9', 'z10']],
    ['a,b', ['a,b']],
    ['x*', ['x*']],
    ['b1_*', ['b1_x1', 'b1_y1', 'b1_x2']],
    ['#1', ['id']],
    ['#12', ['twice']],
    ['#2,#1', ['z10', 'id']],
  ])('%s', (text, names) => {
    expect(pick(text)).toEqual(names);
  });

  test.each([
    ['twice', '--logits: 2 columns are named "twice"', 'choose by position: #11 and #12'],
    ['z7', '--logits: there is no column "z7"', 'did you mean "z9"? columns: '],
    ['#14', '--logits: there is no column #14', 'the file has 13 columns, #1 to #13'],
    ['#0', '--logits: there is no column #0', 'the file has 13 columns, #1 to #13'],
    ['q*', '--logits: no column matches "q*"', 'columns: "id", "z10", '],
  ])('%s is refused', (text, message, hint) => {
    const told = faultOf(() => pick(text));
    expect(told.message).toBe(message);
    expect(told.hint).toContain(hint);
  });

  test('a gap in a numbered glob loses a class', () => {
    expect(faultOf(() => select(['z0', 'z1', 'z3'], 'z*', '--logits')).message).toBe(
      '--logits: "z*": a column is missing between "z1" and "z3"',
    );
    expect(faultOf(() => select(['z0', 'z1', 'z01'], 'z*', '--logits')).message).toContain('have the same number');
  });
});

describe('candidates', () => {
  const named = (role: Parameters<typeof candidates>[0], columns: string[]) =>
    candidates(role, columns).map((candidate) => candidate.columns.map((column) => columns[column]));

  test.each([
    ['target', ['y_true', 'y_pred'], [['y_true']]],
    ['target', ['Y True', 'pred'], [['Y True']]],
    ['target', ['label', 'label_pm1', 'label_name'], [['label']]],
    ['target', ['label', 'target'], [['label'], ['target']]],
    ['pred', ['pred_ridge', 'pred_gbr'], []],
    [
      'probs',
      ['label', 'p1', 'p0', 'p10', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9'],
      [['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9', 'p10']],
    ],
    ['logits', ['z0'], []],
    [
      'logits',
      ['logit_0', 'logit_1', 'z0', 'z1'],
      [
        ['logit_0', 'logit_1'],
        ['z0', 'z1'],
      ],
    ],
    ['logProbs', ['logprobs'], [['logprobs']]],
  ] as const)('%s in %j', (role, columns, expected) => {
    expect(named(role, [...columns])).toEqual(expected);
  });
});
