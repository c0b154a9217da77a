/** Whether values lie where a loss is defined. Says where they do not, and what to do. */
import { Fault } from '../io/fault.ts';
import { type Input, kebab, type Loss, type Matrix, type ParamValue } from '../losses/define.ts';
import { inRange, rangeText } from '../losses/range.ts';
import type { RoleName } from '../losses/roles.ts';

/** The values of one input for the rows at hand. */
export interface BoundMatrix extends Matrix {
  readonly role: RoleName | 'weight';
  readonly input: Input;
  /** Position -> `preds.csv:17:2: column "pred"`. */
  readonly where: (row: number, element: number) => string;
}

const SUM_TOLERANCE = 1e-3;

function fault(bound: BoundMatrix, index: number, code: string, wrong: string, hint = bound.input.hint): Fault {
  const row = Math.floor(index / bound.width);
  return new Fault(`${bound.where(row, index - row * bound.width)}: ${wrong}`, hint, code);
}

/** Comparisons are such that NaN passes: under `--nan propagate` it has to reach the result. */
export function checkDomain(bound: BoundMatrix, rows: number): void {
  const { whole = false, nonZero = false, sumsToOne = false, holds, min, max } = bound.input;
  const bounded = min !== undefined || max !== undefined || whole || nonZero;
  const { data, width } = bound;
  for (let i = 0; bounded && i < rows * width; i++) {
    const value = data[i];
    if (!inRange(value, bound.input)) throw fault(bound, i, rangeCode(bound.input), `${value} is not ${rangeText(bound.input)}`);
    if (whole && value > Math.floor(value)) throw fault(bound, i, 'D07', `${value} is not a whole number`);
    if (nonZero && value === 0) throw fault(bound, i, 'D10', '0, where the loss is undefined');
  }
  if (holds === 'box') checkBoxes(bound, rows);
  if (sumsToOne && width > 1) checkSums(bound, rows);
}

/** What a value outside the range says: logits as probabilities, probabilities as log-probabilities, a log as a variance. */
function rangeCode({ holds }: Input): string {
  if (holds === 'prob') return 'D01';
  if (holds === 'log-prob') return 'D05';
  if (holds === 'binary') return 'D06';
  return holds === 'spread' ? 'D13' : 'D11';
}

function checkBoxes(bound: BoundMatrix, rows: number): void {
  const { data } = bound;
  for (let i = 0; i < rows * 4; i += 4) {
    if (data[i + 2] < data[i] || data[i + 3] < data[i + 1]) {
      const box = `[${data.subarray(i, i + 4).join(', ')}]`;
      throw fault(
        bound,
        i,
        'D15',
        `box ${box} ends before it begins`,
        'boxes are x1, y1, x2, y2: pass --boxes xywh or --boxes cxcywh if yours are not',
      );
    }
  }
}

function checkSums(bound: BoundMatrix, rows: number): void {
  const { data, width } = bound;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * width; i < (row + 1) * width; i++) sum += data[i];
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw fault(bound, row * width, 'D04', `the ${width} values of this row sum to ${Number(sum.toPrecision(6))}, not to 1`);
    }
  }
}

/** A target of classes is an index below the number of classes, or one probability for each of them. */
export function checkClasses(bound: BoundMatrix, rows: number, classCount: number): void {
  const { data, width } = bound;
  if (width > 1) {
    checkDomain({ ...bound, input: { ...bound.input, min: 0, max: 1, sumsToOne: true } }, rows);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const value = data[i];
    if (value < 0 || value >= classCount) {
      const known = Number.isFinite(classCount)
        ? `there are ${classCount} classes, 0 to ${classCount - 1}`
        : 'classes count from 0';
      throw fault(bound, i, 'D07', `class ${value} is out of range: ${known}`);
    }
    if (value > Math.floor(value)) throw fault(bound, i, 'D07', `class ${value} is not a whole number`);
  }
}

/** A list has a number for each class, or for each element of a row. */
export function checkLists(loss: Loss, params: Readonly<Record<string, ParamValue>>, inputs: Iterable<BoundMatrix>): void {
  const widest = Math.max(...[...inputs].map(({ width }) => width));
  for (const [key, param] of Object.entries(loss.params)) {
    const values = params[key];
    if (
      param.type !== 'list' ||
      !Array.isArray(values) ||
      values.length === widest ||
      (param.per === 'element' && values.length === 1)
    )
      continue;
    const things = param.per === 'class' ? 'classes' : 'elements a row';
    throw new Fault(
      `${loss.name}: --${kebab(key)} has ${values.length} values for ${widest} ${things}`,
      'give one for each, comma-separated',
    );
  }
}

/** Shapes must match exactly, dimension by dimension; nothing is ever broadcast. */
export function checkWidths(lossName: string, inputs: Iterable<BoundMatrix>): void {
  const mismatch = (a: BoundMatrix, text: string, hint: string) =>
    new Fault(`${lossName}: --${kebab(a.role)} has ${a.width} values a row, ${text}`, hint, 'D19');
  const all = [...inputs];
  const first = new Map<string | undefined, BoundMatrix>();
  for (const bound of all) {
    const { input, width } = bound;
    if (input.width !== undefined && width !== input.width) {
      throw mismatch(
        bound,
        `not ${input.width}`,
        input.width === 1 ? 'name one column' : `name ${input.width} columns, or one list column`,
      );
    }
    if (width < (input.minWidth ?? 1)) {
      throw mismatch(bound, `at least ${input.minWidth} are needed`, 'name all its columns, or one list column');
    }
    const isIndex = input.holds === 'classes' && width === 1;
    if (input.width !== undefined || input.many || isIndex) continue;
    const common = first.get(input.dimension) ?? bound;
    first.set(input.dimension, common);
    if (common.width !== width) {
      throw mismatch(common, `--${kebab(bound.role)} has ${width}`, 'name columns of the same shape: nothing is broadcast');
    }
  }
  for (const bound of all.filter(({ input }) => input.many)) {
    const common = first.get(bound.input.dimension);
    if (common && bound.width % common.width !== 0) {
      throw mismatch(bound, `not a multiple of ${common.width}`, 'give whole vectors, one after the other');
    }
  }
}
