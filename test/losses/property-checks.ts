/** One numeric check for each property a loss can claim. A check throws where the claim is false. */
import fc from 'fast-check';
import type { Input, Loss, ParamValue } from '../../src/losses/define.ts';
import { bindings, CLASSES, column, drawRows } from './draw.ts';
import { type Cell, evaluate, type Rows } from './kernel-run.ts';
import { BEST_ROWS, SMOOTH_ROWS } from './shape-rows.ts';

const RUNS = 400;

/** Seeds are fixed: a failure is the same on every machine. */
function holdsFor<T>(arbitrary: fc.Arbitrary<T>, predicate: (drawn: T) => void): void {
  fc.assert(fc.property(arbitrary, predicate), { numRuns: RUNS, seed: 20260101 });
}

/** All rows as one number that any one of them moves. */
function costOf(loss: Loss, rows: Rows): number {
  return evaluate(loss, rows, 'sum');
}

function claim(condition: boolean, text: () => string): void {
  if (!condition) throw new Error(text());
}

function map2(a: Cell, b: Cell, combine: (x: number, y: number) => number): Cell {
  if (Array.isArray(a) && Array.isArray(b)) return a.map((item, i) => map2(item, b[i], combine));
  return combine(Number(a), Number(b));
}

function withRole(rows: Rows, role: string, cells: readonly Cell[]): Rows {
  return { ...rows, inputs: { ...rows.inputs, [role]: cells } };
}

type Given = Record<string, ParamValue>;

/** The value halfway is at most the mean of the ends. */
export function checkConvex(loss: Loss, params: Given = {}): void {
  const role = loss.properties.convexIn;
  if (!role) throw new Error('claims no convexity');
  const ways = bindings(loss, params).filter((way) => way.has(role));
  claim(ways.length > 0, () => `${role} is no input`);
  for (const way of ways) {
    const drawn = fc.tuple(drawRows(loss, way, params), column(loss, way.get(role) as Input));
    holdsFor(drawn, ([rows, other]) => {
      const middle = withRole(
        rows,
        role,
        rows.inputs[role].map((cell, i) => map2(cell, other[i], (x, y) => x / 2 + y / 2)),
      );
      const [a, b, mid] = [rows, withRole(rows, role, other), middle].map((at) => costOf(loss, at));
      const slack = 1e-12 * (1 + Math.abs(a) + Math.abs(b) + largest(rows) ** 2 * 1e-3);
      claim(!(mid > a / 2 + b / 2 + slack), () => `${mid} halfway between ${a} and ${b}`);
    });
  }
}

/** Rounding grows with the numbers that go in, however small the loss is. */
function largest(rows: Rows): number {
  const flat = (cell: Cell): number[] => (typeof cell === 'object' ? cell.flatMap(flat) : [Math.abs(Number(cell))]);
  return Math.min(1e4, Math.max(...Object.values(rows.inputs).flat().flatMap(flat).filter(Number.isFinite)));
}

/** What a role holds when it says exactly what the target is; `undefined` when it cannot. */
function perfectCell(target: Cell, targetInput: Input, input: Input): Cell | undefined {
  const { holds } = targetInput;
  if (input.holds === 'sign' || input.holds === 'classes') return target; // the label itself
  if (holds === 'sign') {
    const says = (label: Cell) => (input.holds === 'prob' ? (Number(label) > 0 ? 1 : 0) : Number(label) * 1e4);
    return Array.isArray(target) ? target.map(says) : says(target);
  }
  if (holds === 'binary') {
    const each = Array.isArray(target) ? target : [target];
    if (each.some((value) => value !== 0 && value !== 1)) return undefined; // a soft label always costs something
    const cells = each.map((value) => (input.holds === 'logit' ? (value === 1 ? 1e4 : -1e4) : value));
    return Array.isArray(target) ? cells : cells[0];
  }
  if (holds === 'classes' || input.sumsToOne || input.holds === 'logit' || input.holds === 'log-prob') {
    const row = Array.isArray(target) ? target.map(Number) : Array.from({ length: CLASSES }, (_, c) => (c === target ? 1 : 0));
    if (holds === 'classes' && !row.includes(1)) return undefined;
    if (input.holds === 'prob') return row;
    return row.map((p) => Math.max(Math.log(p), -1e4));
  }
  return target;
}

/** Rows that cost the minimum, where a prediction is perfect in another way than being equal to its target. */
const BEST: { readonly [loss: string]: Rows['inputs'] } = {
  'interval-score': { target: [2, -1], lower: [2, -1], upper: [2, -1] },
  wis: { target: [2], median: [2], lower: [[2, 2]], upper: [[2, 2]] },
  'categorical-hinge': { target: [1], pred: [[-5, 5, -5]] },
  'ova-logloss': { target: [1], logits: [[-1e4, 1e4, -1e4]] },
  'generalized-kl': { target: [[1, 2]], logProbs: [[0, Math.LN2]] },
  'margin-ranking': { target: [1, -1], x1: [2, 0], x2: [0, 2] },
  bpr: { positive: [1e4], negative: [0] },
  listmle: { target: [0, 2, 1], pred: [0, 2e4, 1e4] },
  ranknet: { target: [0, 2, 1], pred: [0, 2e4, 1e4] },
  'pairwise-hinge': { target: [0, 2, 1], pred: [0, 2, 1] },
  lambdarank: { target: [0, 2, 1], pred: [0, 2e4, 1e4] },
  'z-loss': { logits: [[-Math.LN2, -Math.LN2]] },
  dpo: { chosen: [-1], rejected: [-1e6], refChosen: [-10], refRejected: [-10] },
  ipo: { chosen: [-1], rejected: [-2], refChosen: [-1], refRejected: [3] },
  simpo: { chosen: [0], rejected: [-1e6] },
  cpo: { chosen: [0], rejected: [-1e6], nll: [0] },
  orpo: { chosen: [-1e-20], rejected: [-1e6], nll: [0] },
  'bradley-terry': { chosen: [1e4], rejected: [-1e4] },
  kto: { logProbs: [0, -1e6], refLogProbs: [-1e6, 0], target: [1, 0] },
  cox: { pred: [2e4, 1e4, 0], time: [1, 2, 3], event: [1, 1, 1] },
  ...BEST_ROWS,
};

/** A perfect prediction reaches the minimum, and nothing goes below it. */
export function checkMinimum(loss: Loss): void {
  const { minimum } = loss.properties;
  if (minimum === undefined) throw new Error('claims no minimum');
  const bestRows = BEST[loss.name];
  if (bestRows) {
    const value = costOf(loss, { inputs: bestRows });
    claim(Math.abs(value - minimum) < 1e-6, () => `the best rows cost ${value}`);
  }
  for (const way of bindings(loss, {})) {
    let reached = bestRows ? 1 : 0;
    const [role, input] = [...way].find(([name]) => name !== 'target') as [string, Input];
    holdsFor(drawRows(loss, way), (rows) => {
      const value = costOf(loss, rows);
      claim(!(value < minimum - 1e-12), () => `${value} is below ${minimum}`);
      if (bestRows) return;
      const perfect = rows.inputs.target.map((cell) => perfectCell(cell, way.get('target') as Input, input));
      if (perfect.includes(undefined)) return;
      const best = costOf(loss, withRole(rows, role, perfect as Cell[]));
      claim(Math.abs(best - minimum) < 1e-6, () => `a perfect prediction costs ${best}`);
      reached++;
    });
    claim(reached > 0, () => `no perfect prediction was tried with ${role}`);
  }
}

export function checkMaximum(loss: Loss, params: Given = {}): void {
  const { maximum } = loss.properties;
  if (maximum === undefined) throw new Error('claims no maximum');
  for (const way of bindings(loss, params)) {
    holdsFor(drawRows(loss, way, params), (rows) => {
      const value = costOf(loss, rows);
      claim(!(value > maximum + 1e-12), () => `${value} is above ${maximum}`);
    });
  }
}

/** Target and prediction change places: by `--pred`, or for distributions `--probs`, the role that holds what the target holds. */
export function checkSymmetric(loss: Loss, params: Given = {}): void {
  const all = bindings(loss, params);
  const role = all.some((way) => way.has('pred')) ? 'pred' : 'probs';
  const ways = all.filter((way) => way.has(role));
  claim(ways.length > 0, () => 'there is no pred to swap with the target');
  for (const way of ways) {
    holdsFor(drawRows(loss, way, params), (rows) => {
      const { target, [role]: pred } = rows.inputs;
      const value = costOf(loss, rows);
      const swapped = costOf(loss, { ...rows, inputs: { ...rows.inputs, target: pred, [role]: target } });
      claim(
        Math.abs(value - swapped) <= 1e-12 * Math.abs(value) + 1e-15 || value === swapped,
        () => `${value}, swapped ${swapped}`,
      );
    });
  }
}

/** Ten times as far out costs at most about ten times as much: one prediction is moved off, however far. */
export function checkRobust(loss: Loss, params: Given = {}): void {
  for (const way of bindings(loss, params).filter((each) => each.has('pred'))) {
    if (way.get('pred')?.max !== undefined) continue; // cannot be far out: its maximum is checked
    holdsFor(drawRows(loss, way, params), (rows) => {
      const base = Math.abs(costOf(loss, rows));
      const [near, far] = [1e30, 1e31].map((shift) => {
        const [first, ...rest] = rows.inputs.pred;
        return costOf(loss, withRole(rows, 'pred', [map2(first, first, (x) => x + shift), ...rest]));
      });
      claim(far <= 10.001 * Math.abs(near) + 10 * base, () => `${near} grows to ${far}`);
    });
  }
}

const POINTS = [-3, -1.5, -1, -0.5, -0.1, 0, 0.1, 0.5, 1, 2, 10];
/** No kink of any loss lies at these. */
const GENERIC = [-2.7183, -0.6321, 0.3179, 0.8437, 1.7321, 3.1416];
const INSIDE = [0.125, 0.25, 0.5, 0.625, 0.875];
const STEP = 1e-6;

/** The steepest change of slope at a grid of predictions, elements moved one at a time: 0 but for rounding where it is smooth. */
export function worstKink(loss: Loss, grid: 'whole' | 'generic', params: Given = {}): number {
  let worst = 0;
  for (const way of bindings(loss, params)) {
    const [role, input] = [...way].find(([name]) => name !== 'target' && name !== 'query') as [string, Input];
    const inUnit = input.max === 1;
    const points = inUnit ? INSIDE : grid === 'generic' ? GENERIC : POINTS;
    for (const [point, rows] of points.flatMap((x) => smoothRows(loss, way, grid).map((each) => [x, each] as const))) {
      const at = (x: number) => costOf(loss, { ...withRole(rows, role, moveFirst(rows.inputs[role], x)), params });
      if (input.min !== undefined && point - STEP <= input.min) continue;
      if (input.max !== undefined && point + STEP >= input.max) continue;
      if (input.holds === 'box' && point >= Number((rows.inputs[role][0] as readonly Cell[])[2])) continue;
      const here = at(point);
      const right = (at(point + STEP) - here) / STEP;
      const left = (here - at(point - STEP)) / STEP;
      worst = Math.max(worst, Math.abs(right - left) / (1 + Math.abs(right) + Math.abs(left)));
    }
  }
  return worst;
}

function moveFirst(cells: readonly Cell[], x: number): Cell[] {
  const [first, ...rest] = cells;
  return [typeof first === 'object' ? [x, ...first.slice(1)] : x, ...rest];
}

/** A list in which the first prediction is moved past the others. */
const LIST: { readonly [role: string]: readonly Cell[] } = {
  target: [2, 0, 1],
  pred: [0, 0, 0.5],
  time: [1, 2, 3],
  seasonalError: [1, 2, 4],
  seasonalMse: [1, 2, 4],
  event: [1, -1, 1],
};

/** Rows around which a prediction is moved. On the whole grid they are such that borders meet: equal values, shared edges. */
function smoothRows(loss: Loss, way: ReadonlyMap<string, Input>, grid: 'whole' | 'generic'): Rows[] {
  const around = SMOOTH_ROWS[loss.name];
  if (around) {
    const inputs = grid === 'whole' ? (around.kink ?? around.generic) : around.generic;
    return [{ inputs: Object.fromEntries(Object.entries(inputs).filter(([role]) => way.has(role))) }];
  }
  if (loss.name === 'rmsse') return [{ inputs: { target: [0], pred: [0], seasonalMse: [2] } }]; // a root has its kink where all is 0
  if (loss.name === 'wql') return [{ inputs: { target: [1], pred: [[1, 0, 1]] } }]; // over the sum of targets, which must not be 0
  if (loss.kind === 'group' && loss.values === 'group') {
    return [{ inputs: Object.fromEntries([...way.keys()].map((role) => [role, LIST[role]])) }];
  }
  const whole = grid === 'whole';
  const cells = (role: string, input: Input): Cell[] => {
    if (input.holds === 'box')
      return whole ? [[-1, -1, 4, 4]] : [role === 'target' ? [-1.1, -0.7, 2.3, 2.9] : [0.1, -0.3, 5.7, 3.3]];
    if (input.holds === 'classes') return [1];
    if (input.holds === 'sign') return input.shape === 'vector' ? [[1, -1, 1]] : [1];
    if (input.sumsToOne) return [[0.25, 0.5, 0.25]];
    if (input.holds === 'log-prob') return input.shape === 'vector' ? [[-1, -2, -3]] : [-1];
    if (input.holds === 'embedding')
      return [
        [0.3, -0.7],
        [1.1, 0.2],
        [-0.4, 0.9],
      ];
    if (input.shape === 'vector' && input.width === 1) return [[1]];
    if (input.shape === 'vector')
      return loss.kind === 'fold' && input.max !== 1 && !input.minWidth ? [0] : [[input.max === 1 ? 1 : 0, 0, 1]];
    if (input.holds === 'spread') return [0.5];
    const value = input.min === 0 ? 1 : 0;
    return [input.width && input.width > 1 ? new Array(input.width).fill(value) : value];
  };
  return [{ inputs: Object.fromEntries([...way].map(([role, input]) => [role, cells(role, input)])) }];
}
