/** What must hold for every loss: names, parameters, facts, and how kernels treat the arrays they are given. */
import { describe, expect, it } from 'vitest';
import {
  type Inputs,
  kebab,
  type Loss,
  type Params,
  type ParamValue,
  type ParamValues,
  type Values,
} from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { ROLES } from '../../src/losses/roles.ts';
import { bind, type Cell, fillParams, type Rows, rowCount, runFold, runRows } from './kernel-run.ts';

/** Flags of the program: no role and no parameter may be called like one. */
const GLOBAL_FLAGS =
  'loss reduction by assert output format json weight group batch-size nan input-format delimiter header color quiet verbose debug compat relative combine top stats hist ci seed on targets where positive-label classes allow-inf chunk-rows progress min-n'.split(
    ' ',
  );

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const each = LOSSES.map((loss) => [loss.name, loss] as const);
const duplicates = (names: readonly string[]) => names.filter((name, i) => names.indexOf(name) !== i);

/** Role -> its declaration, alternatives included. */
function rolesOf(loss: Loss) {
  return Object.entries(loss.inputs).flatMap(([name, input]) =>
    'oneOf' in input ? Object.entries(input.oneOf) : [[name, input] as const],
  );
}

describe('names', () => {
  it('are unique, aliases included, and written with hyphens', () => {
    const names = LOSSES.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(duplicates(names)).toEqual([]);
    for (const name of names) expect(name).toMatch(KEBAB);
  });

  it('of losses of one task stand together', () => {
    const tasks = LOSSES.map(({ task }) => task).filter((task, i, all) => task !== all[i - 1]);
    expect(tasks).toEqual(['regression', 'binary', 'multiclass', 'density', 'segmentation', 'box', 'embedding']);
  });

  it('of roles, parameters and flags of the program never collide', () => {
    const roles = Object.keys(ROLES).map(kebab);
    const params = [...new Set(LOSSES.flatMap(({ params }) => Object.keys(params).map(kebab)))];
    expect(duplicates([...GLOBAL_FLAGS, ...roles, ...params])).toEqual([]);
    for (const param of params) expect(param).toMatch(KEBAB);
  });

  it.each(each)('%s takes only roles there are', (_, loss) => {
    for (const [role] of rolesOf(loss)) expect(Object.keys(ROLES)).toContain(role);
    for (const input of Object.values(loss.inputs)) {
      if ('oneOf' in input && input.inferred) expect(Object.keys(input.oneOf)).toContain(input.inferred);
    }
    const { convexIn } = loss.properties;
    if (convexIn) expect(rolesOf(loss).map(([role]) => role)).toContain(convexIn);
  });
});

describe('parameters', () => {
  it('of the same name have the same type', () => {
    const types = new Map<string, string>();
    for (const [name, param] of LOSSES.flatMap(({ params }) => Object.entries(params))) {
      expect(param.type, name).toBe(types.get(name) ?? param.type);
      types.set(name, param.type);
    }
  });

  it.each(each)('of %s have a meaning, and a default within their range', (_, loss) => {
    for (const [name, param] of Object.entries(loss.params)) {
      expect(param.doc, name).not.toBe('');
      if (param.type === 'choice') expect(param.options).toContain(param.default);
      if (param.type !== 'number') continue;
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, open, integer } = param;
      expect(open ? param.default > min && param.default < max : param.default >= min && param.default <= max, name).toBe(true);
      if (integer) expect(Number.isInteger(param.default), name).toBe(true);
    }
  });

  it.each(each)('of %s that change a domain name roles it has', (_, loss) => {
    for (const params of everyOption(loss)) {
      const roles = rolesOf(loss).map(([role]) => role);
      for (const role of Object.keys(loss.domain?.(params) ?? {})) expect(roles).toContain(role);
    }
  });
});

/** The default parameters, and these with each choice and switch changed in turn. */
function everyOption(loss: Loss): ParamValues<Params>[] {
  const changes = Object.entries(loss.params).flatMap(([name, param]): Record<string, ParamValue>[] => {
    if (param.type === 'boolean') return [{ [name]: !param.default }];
    return param.type === 'choice' ? param.options.map((option) => ({ [name]: option })) : [];
  });
  return [{}, ...changes].map((change) => fillParams(loss, change));
}

describe('facts', () => {
  it.each(each)('of %s are complete', (_, loss) => {
    expect(loss.summary).toMatch(/^[A-Z0-9].*\.$/);
    expect(loss.formula.text).not.toBe('');
    expect(loss.formula.latex).not.toBe('');
    expect(loss.unit).not.toBe('');
    expect(loss.references.length).toBeGreaterThan(0);
    for (const { url } of loss.references) if (url) expect(new URL(url).protocol).toBe('https:');
    expect(loss.pitfalls.length).toBeGreaterThan(1);
    for (const pitfall of loss.pitfalls) expect(pitfall).toMatch(/\.$/);
    expect(Object.keys(loss.equivalents).length).toBeGreaterThan(0);
    expect(loss.examples.length).toBeGreaterThan(0);
    for (const input of rolesOf(loss)) expect(input[1].doc).not.toBe('');
  });

  it('describe parameters by the words of the formula: examples use only what there is', () => {
    for (const { name, examples, params, inputs } of LOSSES) {
      for (const example of examples) {
        for (const param of Object.keys(example.params ?? {})) expect(Object.keys(params), name).toContain(param);
        const roles = Object.entries(inputs).flatMap(([role, input]) => ('oneOf' in input ? Object.keys(input.oneOf) : [role]));
        for (const role of Object.keys(example.inputs)) expect(roles, name).toContain(role);
      }
    }
  });
});

/** A first row of each loss and scale, on which every number counts. */
const PROBES: { readonly [loss: string]: readonly Rows['inputs'][] } = {
  'gaussian-nll': ['var', 'std', 'logvar'].map((role) => ({ target: [1, 2], pred: [3, 4], [role]: [0.5, 2] })),
  bce: [
    { target: [1, 0.5], probs: [0.25, 0.5] },
    { target: [1, 0.5], logits: [0.25, 0.5] },
  ],
  'bce-with-logits': [
    { target: [1, 0.5], logits: [0.25, 0.5] },
    { target: [1, 0.5], probs: [0.25, 0.5] },
  ],
  hinge: [{ target: [1, -1], pred: [0.25, 0.5] }],
  'cross-entropy': [
    {
      target: [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      logits: [
        [1, 2],
        [3, 4],
      ],
    },
    {
      target: [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      probs: [
        [0.5, 0.5],
        [0.25, 0.75],
      ],
    },
    {
      target: [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      logProbs: [
        [-1, -2],
        [-3, -4],
      ],
    },
  ],
  'kl-div': [
    {
      target: [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      logits: [
        [1, 2],
        [3, 4],
      ],
    },
    {
      target: [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      probs: [
        [0.5, 0.5],
        [0.25, 0.75],
      ],
    },
    {
      target: [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      logProbs: [
        [-1, -2],
        [-3, -4],
      ],
    },
  ],
  dice: ['pred', 'probs', 'logits'].map((role) => ({
    target: [
      [1, 0],
      [0, 1],
    ],
    [role]: [
      [0.5, 0.25],
      [0.75, 1],
    ],
  })),
  giou: [
    {
      target: [
        [0, 0, 2, 2],
        [1, 1, 3, 3],
      ],
      pred: [
        [1, 1, 3, 3],
        [0, 0, 2, 2],
      ],
    },
  ],
  'info-nce': [
    {
      query: [
        [1, 2],
        [3, 4],
      ],
      key: [
        [1, 0],
        [0, 1],
      ],
    },
    {
      query: [
        [1, 2],
        [3, 4],
      ],
      key: [
        [1, 0],
        [0, 1],
      ],
      negatives: [
        [1, 1, -1, 0],
        [0, 1, 2, 3],
      ],
    },
  ],
};

const PLAIN: Rows['inputs'] = { target: [1, 2], pred: [3, 4] };
const probes = LOSSES.flatMap((loss) =>
  (PROBES[loss.name] ?? [PLAIN]).flatMap((inputs) =>
    everyOption(loss).map(
      (params) =>
        [`${loss.name} of ${Object.keys(inputs).join(', ')} with ${JSON.stringify(params)}`, loss, { inputs, params }] as const,
    ),
  ),
);

function withNaN(cells: readonly Cell[]): Cell[][] {
  const spoil = (cell: Cell): Cell[] =>
    Array.isArray(cell) ? cell.flatMap((_, i) => spoil(cell[i]).map((bad) => cell.with(i, bad))) : [Number.NaN];
  return spoil(cells[0]).map((bad) => [bad, ...cells.slice(1)]);
}

/** A NaN that the loss has no use for: the class of a probability it never looks at, say. None of the probes has one. */
describe('kernels', () => {
  it('are probed on every loss that needs its own rows', () => {
    for (const name of Object.keys(PROBES)) expect(LOSSES.map((loss) => loss.name)).toContain(name);
  });

  it.each(probes)('%s: write n rows, read no more, and give numbers', (_, loss, rows) => {
    // The arrays that `bind` makes go on with NaN after the last row: to read one would show in the result.
    const values = loss.kind === 'fold' ? [runFold(loss, rows)] : [...runRows(loss, rows).out];
    for (const value of values) expect(value).not.toBeNaN();
  });

  it.each(probes)('%s: leave inputs as they are', (_, loss, rows) => {
    const { values, bound } = bind(loss, rows);
    const before = bound.map(({ data }) => data.slice());
    const params = fillParams(loss, rows.params) as ParamValues<Params>;
    const n = rowCount(rows);
    if (loss.kind === 'fold') loss.fold(values as Values<Inputs>, params, n, new Float64Array(n).fill(1), { add: () => {} });
    else loss.kernel(values as Values<Inputs>, params, n, new Float64Array(16), new Float64Array(16).fill(1));
    expect(bound.map(({ data }) => data)).toEqual(before);
  });

  it.each(probes)('%s: turn NaN in any input into NaN', (_, loss, rows) => {
    for (const [role, cells] of Object.entries(rows.inputs)) {
      for (const spoiled of withNaN(cells)) {
        const given = { ...rows, inputs: { ...rows.inputs, [role]: spoiled } };
        const first = loss.kind === 'fold' ? runFold(loss, given) : firstRow(loss, given);
        expect(first, `${role} ${JSON.stringify(spoiled)}`).toBeNaN();
      }
    }
  });

  it.each(probes)('%s: treat the slices of a file like the file', (_, loss, rows) => {
    if (loss.kind !== 'row') return;
    const slice = (from: number, to: number) => ({
      ...rows,
      inputs: Object.fromEntries(Object.entries(rows.inputs).map(([role, cells]) => [role, cells.slice(from, to)])),
    });
    const whole = runRows(loss, rows);
    expect([...runRows(loss, slice(0, 1)).out, ...runRows(loss, slice(1, 2)).out]).toEqual([...whole.out]);
  });
});

function firstRow(loss: Exclude<Loss, { kind: 'fold' }>, rows: Rows): number {
  const { out, width } = runRows(loss, rows);
  return out.subarray(0, width).reduce((sum, value) => sum + value, 0);
}
