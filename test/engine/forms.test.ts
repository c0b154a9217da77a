/** Losses that take one of several complete sets of inputs: flags and usual names choose, and nothing is guessed between two. */
import { describe, expect, test } from 'vitest';
import { bind } from '../../src/engine/bind.ts';
import { resolve } from '../../src/engine/resolve.ts';
import { formsOf } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { faultOf } from '../support/fault.ts';

type Flags = Readonly<Record<string, string>>;

/** The roles that each chosen loss is given. */
function rolesOf(losses: string, columns: string, flags: Flags = {}): string[] {
  const chosen = resolve(LOSSES, { specs: losses.split(' '), flags: new Map(), reduction: undefined });
  const table = { columns: columns.split(' ') };
  const { losses: bound } = bind(table, chosen, { roles: new Map(Object.entries(flags)), by: [] });
  return bound.map((inputs) => inputs.map(({ role }) => role).join(' '));
}

describe('the form that is given', () => {
  test.each<[columns: string, flags: Flags, roles: string]>([
    ['view1 view2', {}, 'view1 view2'],
    ['embedding label', {}, 'embedding target'],
    ['e0 e1 label', {}, 'embedding target'],
    ['view1 view2 label', {}, 'view1 view2'],
    ['a b', { view1: 'a', view2: 'b' }, 'view1 view2'],
    ['a b', { embedding: 'a', target: 'b' }, 'embedding target'],
    ['view1 view2 embedding label', { embedding: 'embedding' }, 'embedding target'],
    ['view1 view2 embedding label', { target: 'label' }, 'embedding target'],
    ['view1 view2 a', { view1: 'a' }, 'view1 view2'],
  ])('nt-xent of %s with %o: %s', (columns, flags, roles) => {
    expect(rolesOf('nt-xent', columns, flags)).toEqual([roles]);
  });

  test.each([
    ['triplet', 'anchor positive negative', 'anchor positive negative'],
    ['triplet', 'd_ap d_an', 'positiveDistance negativeDistance'],
    ['contrastive', 'x1 x2 label', 'x1 x2 target'],
    ['contrastive', 'distance label', 'distance target'],
  ])('%s of %s: %s', (loss, columns, roles) => {
    expect(rolesOf(loss, columns)).toEqual([roles]);
  });

  test('a role that another loss asked for does not decide', () => {
    expect(rolesOf('nt-xent mse', 'view1 view2 y p', { target: 'y', pred: 'p' })).toEqual(['view1 view2', 'target pred']);
    expect(rolesOf('nt-xent supcon', 'e y', { target: 'y', embedding: 'e' })).toEqual(['embedding target', 'embedding target']);
  });
});

const VIEWS_OR_LABELS = 'nt-xent needs --view1 and --view2, or --embedding and --target';

describe('refused', () => {
  test.each<[loss: string, columns: string, flags: Flags, message: string, hint: string]>([
    [
      'nt-xent',
      'a b',
      {},
      `${VIEWS_OR_LABELS}: no columns have usual names for them`,
      'name them with their flags; columns: "a", "b"',
    ],
    ['nt-xent', 'view1 view2 embedding label', {}, `${VIEWS_OR_LABELS}: there are columns for both`, 'choose by the flags of one'],
    [
      'nt-xent',
      'view1 view2 embedding label',
      { view1: 'view1', target: 'label' },
      `${VIEWS_OR_LABELS}: there are flags of both`,
      'give the flags of one',
    ],
    [
      'nt-xent',
      'view1 b',
      { view1: 'view1' },
      'nt-xent needs --view2: no column has a usual name for it',
      '--view2 COLUMN; columns: "view1", "b"',
    ],
    [
      'nt-xent',
      'view1 label',
      {},
      `${VIEWS_OR_LABELS}: no columns have usual names for them`,
      'name them with their flags; columns: "view1", "label"',
    ],
    [
      'nt-xent',
      'a b c',
      { view1: 'a', view2: 'b', target: 'c' },
      `--target is of no use here: nt-xent takes --embedding and --target, or --view1 and --view2, not both`,
      'leave it out',
    ],
    [
      'contrastive',
      'distance',
      {},
      'contrastive needs --target: no column has a usual name for it',
      '--target COLUMN; columns: "distance"',
    ],
  ])('%s of %s with %o', (loss, columns, flags, message, hint) => {
    expect(faultOf(() => rolesOf(loss, columns, flags))).toMatchObject({ message, hint });
  });

  test('what has no meaning for distances that are ready', () => {
    for (const spec of ['triplet:swap=true', 'triplet:metric=cosine', 'triplet:p=1']) {
      expect(() => rolesOf(spec, 'd_ap d_an')).toThrow(/^triplet: /);
      expect(rolesOf(spec, 'anchor positive negative')).toEqual(['anchor positive negative']);
    }
    expect(() => rolesOf('contrastive:p=1', 'distance label')).toThrow('contrastive: p has no meaning');
  });
});

test('a form has inputs that its loss needs, and no alternatives', () => {
  const losses = LOSSES.filter(({ inputs }) => formsOf(inputs).size > 0);
  expect(losses.map(({ name }) => name)).toEqual(expect.arrayContaining(['nt-xent', 'triplet', 'contrastive']));
  for (const { name, inputs } of losses) {
    expect(formsOf(inputs).size, name).toBeGreaterThan(1);
    for (const role of [...formsOf(inputs).values()].flat()) expect(inputs[role], name).not.toHaveProperty('optional');
  }
});
