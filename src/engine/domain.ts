/** Whether values lie where a loss is defined. Says where they do not, and what to do. */
import { Fault } from '../io/fault.ts';
import { type Input, kebab, type Loss, type Matrix, type ParamValue } from '../losses/define.ts';
import { IGNORED } from '../losses/params.ts';
import { inRange, rangeText } from '../losses/range.ts';
import type { RoleName } from '../losses/roles.ts';

/** The values of one input for the rows at hand. */
export interface BoundMatrix extends Matrix {
  readonly role: RoleName | 'weight';
  readonly input: Input;
  /** Shape of a row that is one column of lists within lists. */
  readonly dims?: readonly number[];
  /** Some pixels are IGNORED: no values. */
  readonly leavesOut?: boolean;
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
  const { whole = false, nonZero = false, indices = false, sumsToOne = false, slack = 0, holds, min, max } = bound.input;
  const bounded = min !== undefined || max !== undefined || whole || nonZero || indices;
  const range =
    slack === 0 ? bound.input : { min: (min ?? Number.NEGATIVE_INFINITY) - slack, max: (max ?? Number.POSITIVE_INFINITY) + slack };
  const { data, width } = bound;
  for (let i = 0; bounded && i < rows * width; i++) {
    const value = data[i];
    if (bound.leavesOut && value === IGNORED) continue;
    if (!inRange(value, range)) throw fault(bound, i, rangeCode(bound.input), `${value} is not ${rangeText(bound.input)}`);
    if (whole && value > Math.floor(value)) throw fault(bound, i, 'D07', `${value} is not a whole number`);
    if (indices && value >= width)
      throw fault(bound, i, 'D07', `${value} is out of range: a row has ${width} elements, 0 to ${width - 1}`);
    if (nonZero && value === 0) throw fault(bound, i, 'D10', '0, where the loss is undefined');
  }
  if (holds === 'box') checkBoxes(bound, rows);
  if (sumsToOne && width > 1) checkSums(bound, rows);
}

/** What a value outside the range says: logits as probabilities, probabilities as log-probabilities, a log as a variance ... */
function rangeCode({ holds }: Input): string {
  if (holds === 'prob') return 'D01';
  if (holds === 'classes') return 'D04';
  if (holds === 'log-prob') return 'D05';
  if (holds === 'binary') return 'D06';
  if (holds === 'logit') return 'D16'; // a cosine: no other logit has a range
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
  const { data, channels } = bound;
  const width = channels ?? bound.width; // of what sums to 1: a row, or a pixel of a mask
  const hint = channels
    ? 'is the class the first axis, or the last? Classes that do not exclude each other take --multilabel'
    : 'name the columns of all classes, or divide each row by its sum';
  for (let start = 0; start < rows * bound.width; start += width) {
    let sum = 0;
    for (let i = start; i < start + width; i++) sum += data[i];
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      const wrong = `the ${width} values of this ${channels ? 'pixel' : 'row'} sum to ${Number(sum.toPrecision(6))}, not to 1`;
      throw fault(bound, start, 'D04', wrong, hint);
    }
  }
}

/** A target of classes is an index below the number of classes, one for each pixel of a mask, or one probability for each of them. */
export function checkClasses(bound: BoundMatrix, rows: number, classCount: number): void {
  const { data, width, leavesOut } = bound;
  if (width > 1 && bound.input.width === undefined) {
    const hint = 'several columns are a probability for each class; an index is one column';
    checkDomain({ ...bound, input: { ...bound.input, min: 0, max: 1, sumsToOne: true, hint } }, rows);
    return;
  }
  for (let i = 0; i < rows * width; i++) {
    const value = data[i];
    if (leavesOut && value === IGNORED) continue;
    if (value < 0 || value >= classCount) {
      const known = Number.isFinite(classCount)
        ? `there are ${classCount} classes, 0 to ${classCount - 1}`
        : 'classes count from 0';
      throw fault(
        bound,
        i,
        'D07',
        `class ${value} is out of range: ${known}`,
        value === classCount ? fromOne(classCount) : undefined,
      );
    }
    if (value > Math.floor(value)) throw fault(bound, i, 'D07', `class ${value} is not a whole number`);
  }
}

/** What to do when the first class that is too large is the number of classes. */
function fromOne(classCount: number): string {
  const names = classCount < 5 ? Array.from({ length: classCount }, (_, index) => index + 1).join() : `1,2,...,${classCount}`;
  return `class indices count from 0; if these count from 1, name the classes: --classes ${names}`;
}

/** A list has a number for each class, or for each element of a row. */
export function checkLists(loss: Loss, params: Readonly<Record<string, ParamValue>>, inputs: Iterable<BoundMatrix>): void {
  const all = [...inputs];
  const widest = Math.max(...all.map(({ width }) => width));
  const { channels = 0 } = all.find((bound) => bound.channels !== undefined) ?? {}; // of masks, where several stand for elements too
  for (const [key, param] of Object.entries(loss.params)) {
    const values = params[key];
    if (param.type !== 'list' || !Array.isArray(values) || (param.per === 'element' && values.length === 1)) continue;
    const perClass = param.per === 'class' || channels > 1;
    const count = perClass && channels > 0 ? channels : widest;
    if (values.length === count) continue;
    const things = perClass ? 'classes' : 'elements a row';
    throw new Fault(
      `${loss.name}: --${kebab(key)} has ${values.length} values for ${count} ${things}`,
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
