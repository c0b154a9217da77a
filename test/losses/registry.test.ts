/** What must hold for every loss: names, parameters, facts. How kernels behave is in kernels.test.ts. */
import { describe, expect, it } from 'vitest';
import { kebab, type Loss, type Params, type ParamValue, type ParamValues, type Task } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { ROLES } from '../../src/losses/roles.ts';
import { fillParams } from './kernel-run.ts';

/** Flags of the program: no role and no parameter may be called like one. */
const GLOBAL_FLAGS =
  'loss reduction by assert output state-out unmatched format json weight group batch-size nan input-format delimiter header color quiet verbose debug compat relative combine top stats hist ci seed on targets where positive-label classes allow-inf chunk-rows threads progress min-n strict allow max-nan limit lenient-json targets-format annotate summary resamples cluster baseline tolerance allow-missing-baseline interval adjust fail-code rows to force reason'.split(
    ' ',
  );

const TASKS: readonly Task[] = [
  'regression',
  'binary',
  'multiclass',
  'density',
  'generative',
  'segmentation',
  'box',
  'embedding',
  'ranking',
  'sequence',
  'forecasting',
  'preference',
  'survival',
];

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Names may begin with a number, as in 1-r2. */
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
function componentsOf(loss: Exclude<Loss, { kind: 'fold' }>) {
  return (loss.kind === 'row' && loss.components) || {};
}

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
    expect(duplicates(names.map((name) => name.replaceAll('-', '')))).toEqual([]);
    for (const name of names) expect(name).toMatch(NAME);
    for (const { aliases, aliasNotes = {} } of LOSSES) expect(aliases).toEqual(expect.arrayContaining(Object.keys(aliasNotes)));
  });

  it('of losses of one task stand together', () => {
    const tasks = LOSSES.map(({ task }) => task).filter((task, i, all) => task !== all[i - 1]);
    expect(tasks).toEqual(TASKS.filter((task) => tasks.includes(task)));
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

/** The engine gives a kernel of four parameters no norm: one with a default counts as none. */
function hidesNorm(kernel: (...given: never[]) => void): boolean {
  return kernel.length === 4 && /\bnorm\b|\barguments\b/.test(kernel.toString());
}

describe('kernels', () => {
  it('declare the norm that they write', () => {
    const kernels = LOSSES.flatMap((loss) => (loss.kind === 'fold' ? [] : [loss, ...Object.values(componentsOf(loss))]));
    expect(kernels.length).toBeGreaterThan(80);
    for (const { kernel } of kernels) expect(hidesNorm(kernel), kernel.toString()).toBe(false);
  });

  it('would be caught with a default', () => {
    expect(hidesNorm((_values: number, _params: number, _n: number, _out: number, norm = [0]) => norm.fill(2))).toBe(true);
  });
});

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
