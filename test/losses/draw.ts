/** Rows a property is tried on: numbers a person would type and the borders of float64, as well as what fast-check draws. */
import fc from 'fast-check';
import { formsOf, type Input, type Loss, type ParamValue } from '../../src/losses/define.ts';
import { type Cell, fillParams, type Rows } from './kernel-run.ts';

/** `fc.double` alone has a median magnitude of 1e-164: nearly every draw would be 0 for a loss. */
const HUMAN = [0, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 42, 100, 1000];
const BORDER = [1e-20, 1e-8, 1 - 2 ** -53, 1 + 2 ** -52, 1e4, 1e20];

export const CLASSES = 3;

function real(input: Input): fc.Arbitrary<number> {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = input;
  const magnitude = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...HUMAN) },
    { weight: 1, arbitrary: fc.constantFrom(...BORDER) },
    { weight: 3, arbitrary: fc.double({ min: 0, max: 50, noNaN: true }) },
  );
  const signed = fc.tuple(magnitude, fc.boolean()).map(([x, negative]) => (negative ? -x : x));
  const above = signed.map((x) => (x > min || (x === min && !input.open) ? x : -x));
  const below = above.map((x) => (x <= max ? x : -x > min ? -x : max));
  return below.map((x) => (x === min && input.open ? 1 : x));
}

/** Below 1e-30 it is 0: bce ends its logarithm at 4e-44, so that nothing can be said of its shape there. */
const probability = fc
  .oneof(fc.constantFrom(0, 1, 0.5, 0.25, 0.9, 1e-7, 1 - 1e-7, 1e-12), fc.double({ min: 0, max: 1, noNaN: true }))
  .map((p) => (p < 1e-30 ? 0 : p));

function distribution(width: number): fc.Arbitrary<number[]> {
  return fc.array(fc.constantFrom(0, 0.1, 0.5, 1, 3), { minLength: width, maxLength: width }).map((shares) => {
    const sum = shares.reduce<number>((a, b) => a + b, 0);
    return shares.map((share) => (sum === 0 ? 1 / width : share / sum));
  });
}

const box = fc
  .tuple(
    fc.integer({ min: -8, max: 8 }),
    fc.integer({ min: -8, max: 8 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom(1, 0.5, 10),
  )
  .map(([x, y, w, h, scale]) => [x * scale, y * scale, (x + w) * scale, (y + h) * scale]);

function vectorOf(element: fc.Arbitrary<number>, length: number): fc.Arbitrary<number[]> {
  return fc.array(element, { minLength: length, maxLength: length });
}

function number(input: Input): fc.Arbitrary<number> {
  if (input.holds === 'binary') return fc.constantFrom(0, 1, 0.3);
  if (input.holds === 'sign') return fc.constantFrom(-1, 1);
  if (input.holds === 'prob') return probability;
  if (input.holds === 'identity') return fc.constantFrom(1, 2, 7);
  if (input.whole) return fc.integer({ min: 0, max: CLASSES - 1 });
  return real(input.holds === 'spread' ? { ...input, open: true } : input);
}

/** One cell of an input. */
function cell(input: Input): fc.Arbitrary<Cell> {
  const element = number(input);
  if (input.shape !== 'vector') return input.width && input.width > 1 ? vectorOf(element, input.width) : element;
  if (input.holds === 'binary') return fc.oneof(vectorOf(fc.constantFrom(0, 1), CLASSES), vectorOf(probability, CLASSES));
  if (input.holds === 'box') return box;
  if (input.holds === 'classes' && input.width === 1) return fc.integer({ min: 0, max: CLASSES - 1 });
  if (input.holds === 'classes') return fc.oneof(fc.integer({ min: 0, max: CLASSES - 1 }), distribution(CLASSES));
  if (input.sumsToOne) return distribution(CLASSES);
  if (input.holds === 'log-prob') return distribution(CLASSES).map((row) => row.map(Math.log));
  return vectorOf(element, input.width ?? CLASSES);
}

/** Which roles to bind: each form, and every way of choosing one of each set of alternatives and of leaving out what is optional. */
export function bindings(loss: Loss, params: Rows['params']): ReadonlyMap<string, Input>[] {
  const forms = formsOf(loss.inputs);
  const ways = (forms.size > 0 ? [...forms.keys()] : [undefined]).flatMap((form) => waysOf(loss, params, form));
  return ways.filter((way) => loss.refuse?.(fillParams(loss, params), [...way.keys()]) === undefined);
}

function waysOf(loss: Loss, params: Rows['params'], form: string | undefined): ReadonlyMap<string, Input>[] {
  const overrides = loss.domain?.(fillParams(loss, params)) ?? {};
  let ways: ReadonlyMap<string, Input>[] = [new Map()];
  for (const [name, declared] of Object.entries(loss.inputs)) {
    if (!('oneOf' in declared) && declared.form !== undefined && declared.form !== form) continue;
    const without = 'oneOf' in declared || !declared.optional ? [] : ways;
    const alternatives = Object.entries('oneOf' in declared ? declared.oneOf : { [name]: declared });
    const given = ways.flatMap((way) =>
      alternatives.map(([role, input]) => new Map([...way, [role, { ...input, ...overrides[role] }]])),
    );
    ways = [...without, ...given];
  }
  return ways;
}

/** How many rows a loss is tried on: what is no sum over rows needs some. */
export function rowsFor(loss: Loss): number {
  return loss.kind === 'row' ? 1 : 3;
}

/** A column for a role. Targets of classes are all indices or all distributions. */
export function column(loss: Loss, input: Input): fc.Arbitrary<Cell[]> {
  const length = { minLength: rowsFor(loss), maxLength: rowsFor(loss) };
  return fc.array(cell(input), length).filter((cells) => new Set(cells.map((value) => Array.isArray(value))).size === 1);
}

export function drawRows(loss: Loss, way: ReadonlyMap<string, Input>, params: Record<string, ParamValue> = {}): fc.Arbitrary<Rows> {
  const columns = Object.fromEntries([...way].map(([role, input]) => [role, column(loss, input)]));
  return fc.record(columns).map((inputs) => ({ inputs, params }));
}
