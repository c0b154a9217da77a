/**
 * Masks in one form before a kernel sees them: the classes of a pixel side by side, pixels that are left out marked. A target of
 * class indices stays one number a pixel.
 */
import { Fault } from '../io/fault.ts';
import { kebab } from '../losses/define.ts';
import { classes as classMap } from '../losses/inputs.ts';
import { IGNORED } from '../losses/params.ts';
import type { RoleName } from '../losses/roles.ts';
import { type BoundMatrix, checkClasses } from './domain.ts';
import { classCount, renumbers } from './labels.ts';
import type { Chosen } from './resolve.ts';

type MaskLoss = Pick<Chosen, 'loss' | 'params'>;
type Pair = readonly [target: BoundMatrix, scores: BoundMatrix];

const WHICH_AXIS = 'say which axis of a row is the class: --channels first for [class][row][column], or last';

/** Whether an input may hold class indices: the target of a mask, and its prediction where no axis is the class. */
export function mayHoldClasses(role: RoleName, { channels }: Chosen['params']): boolean {
  return role === 'target' ? channels !== undefined : role === 'pred' && channels === 'none';
}

/** Puts the masks among `inputs` in form; `names` is what `--classes` gives. Other losses are left as they are. */
export function layOutMasks(
  chosen: MaskLoss,
  inputs: Map<string, BoundMatrix>,
  names: readonly string[] | undefined,
  rows: number,
): void {
  const { channels, ignoreIndex } = chosen.params;
  const [target, scores] = [inputs.get('target'), inputs.get('scores')];
  if (channels !== undefined && target && scores) {
    const pair =
      channels === 'none' ? withoutAxis(chosen, target, scores, names, rows) : withAxis(chosen, target, scores, names, rows);
    inputs.set('target', pair[0]);
    inputs.set('scores', pair[1]);
  }
  const truth = inputs.get('target');
  const isMask = truth && chosen.loss.task === 'segmentation' && (truth.input.holds !== 'classes' || truth.width > 1);
  if (isMask && typeof ignoreIndex === 'number') inputs.set('target', leaveOut(truth, rows, ignoreIndex));
}

/** One mask a row, or with `--classes` class indices on both sides. */
function withoutAxis(
  chosen: MaskLoss,
  target: BoundMatrix,
  scores: BoundMatrix,
  names: readonly string[] | undefined,
  rows: number,
): Pair {
  const several = target.width !== scores.width && scores.width % target.width === 0;
  if (several || (names && scores.role !== 'pred')) {
    throw mismatch(chosen, `--target has ${target.width} values a row, --${kebab(scores.role)} has ${scores.width}`, WHICH_AXIS);
  }
  checkGrids(chosen, [target, target.dims], [scores, scores.dims]);
  const count = names ? classCount(names) : 1;
  refuseWithoutBackground(chosen, count);
  return names ? [asClasses(target), oneHot(asClasses(scores), scores, rows, count)] : [target, { ...scores, channels: 1 }];
}

/** A value for each class in each pixel; the target may be class indices. */
function withAxis(
  chosen: MaskLoss,
  target: BoundMatrix,
  scores: BoundMatrix,
  names: readonly string[] | undefined,
  rows: number,
): Pair {
  const { channels, multilabel } = chosen.params;
  const count = classesOf(chosen, target, scores, names);
  const pixels = scores.width / count;
  const byIndex = count > 1 && target.width === pixels;
  const role = `--${kebab(scores.role)}`;
  if (!Number.isInteger(pixels)) {
    throw mismatch(chosen, `${role} has ${scores.width} values a row, no whole pixels of ${count} classes`, WHICH_AXIS);
  }
  if (!byIndex && target.width !== scores.width) {
    const found = `--target has ${target.width} values a row, but ${role} has ${pixels} pixels of ${count} classes`;
    throw mismatch(chosen, found, `give --target ${pixels} class indices a row, or ${scores.width} values`);
  }
  refuseWithoutBackground(chosen, count);
  if (!byIndex && count > 1) refuseIndices(chosen, names);
  const grid = (dims: readonly number[] | undefined) => (channels === 'first' ? dims?.slice(1) : dims?.slice(0, -1));
  checkGrids(chosen, [target, byIndex ? target.dims : grid(target.dims)], [scores, grid(scores.dims)]);
  const order = (bound: BoundMatrix) => ({ ...(channels === 'first' ? sideBySide(bound, rows, count) : bound), channels: count });
  const exclusive = scores.role === 'probs' && count > 1 && multilabel !== true;
  return [byIndex ? asClasses(target) : order(target), order(exclusive ? summing(scores) : scores)];
}

/** How many classes there are, from whatever says it; all that do must agree. */
function classesOf(chosen: MaskLoss, target: BoundMatrix, scores: BoundMatrix, names: readonly string[] | undefined): number {
  const { channels, classWeight } = chosen.params;
  const role = `--${kebab(scores.role)}`;
  const said: [what: string, count: number][] = [];
  if (scores.dims)
    said.push([`the ${channels} axis of ${role}`, (channels === 'first' ? scores.dims[0] : scores.dims.at(-1)) as number]);
  if (names) said.push(['--classes', classCount(names)]);
  if (Array.isArray(classWeight)) said.push(['--class-weight', classWeight.length]);
  if (said.length === 0 && target.width < scores.width) said.push([`${role} for each of --target`, scores.width / target.width]);
  if (said.length === 0) {
    const hint = 'say --classes 3, or their names; lists within lists, [class][row][column], say it as well';
    throw new Fault(`${chosen.loss.name}: of how many classes are the ${scores.width} values a row of ${role}?`, hint, 'D19');
  }
  const [[what, count]] = said;
  const other = said.find(([, another]) => another !== count);
  if (other) {
    const hint = 'they must agree; --channels first or last says which axis is the class';
    throw mismatch(chosen, `${what} has ${count} classes, ${other[0]} has ${other[1]}`, hint);
  }
  return count;
}

/** Rows and columns must agree where both are known: a mask on its side has as many pixels. An axis of one says nothing. */
function checkGrids(
  chosen: MaskLoss,
  [target, of]: [BoundMatrix, readonly number[] | undefined],
  [scores, by]: [BoundMatrix, readonly number[] | undefined],
): void {
  const [a, b] = [of, by].map((grid) => grid?.filter((length) => length > 1) ?? []);
  if (a.length !== b.length || a.every((length, k) => length === b[k])) return;
  const found = `--${kebab(target.role)} is ${a.join(' x ')}, --${kebab(scores.role)} ${b.join(' x ')}`;
  throw mismatch(chosen, found, 'rows come before columns; with --channels the class is the first axis, or the last');
}

function mismatch({ loss }: MaskLoss, found: string, hint: string): Fault {
  return new Fault(`${loss.name}: ${found}`, hint, 'D19');
}

function refuseWithoutBackground({ loss, params }: MaskLoss, count: number): void {
  if (params.includeBackground !== false || count > 1) return;
  throw new Fault(`${loss.name}: --no-include-background: one mask has no class for the background`, WHICH_AXIS);
}

/** What is about class indices would change nothing, or the wrong thing, in a value for each class. */
function refuseIndices({ loss, params }: MaskLoss, names: readonly string[] | undefined): void {
  const { ignoreIndex } = params;
  if (typeof ignoreIndex === 'number' && ignoreIndex >= 0) {
    const hint = 'give the target as class indices, or leave --ignore-index out';
    throw new Fault(`${loss.name}: --ignore-index ${ignoreIndex}: --target has a value for each class, no index`, hint);
  }
  if (names && renumbers(names)) {
    const hint = `say how many there are: --classes ${names.length}`;
    throw new Fault(`${loss.name}: --classes gives numbers a meaning, but --target has a value for each class`, hint);
  }
}

/** A class index for each pixel. */
function asClasses(bound: BoundMatrix): BoundMatrix {
  const hint = 'class indices count from 0 to classes - 1; --classes names them, --ignore-index leaves one out';
  return { ...bound, input: { ...classMap('class of each pixel'), width: bound.width, hint } };
}

/** Probabilities of classes that exclude each other. */
function summing(bound: BoundMatrix): BoundMatrix {
  return { ...bound, input: { ...bound.input, sumsToOne: true } };
}

/** Class indices as 0 and 1 for each class. */
function oneHot(indices: BoundMatrix, mask: BoundMatrix, rows: number, count: number): BoundMatrix {
  checkClasses(indices, rows, count);
  const data = new Float64Array(rows * indices.width * count);
  for (let i = 0; i < rows * indices.width; i++) {
    const label = indices.data[i];
    if (Number.isNaN(label)) data.fill(label, i * count, (i + 1) * count);
    else data[i * count + label] = 1;
  }
  const where = (row: number, element: number) => mask.where(row, Math.floor(element / count));
  return { ...mask, data, width: indices.width * count, channels: count, where };
}

/** [class][pixel] -> [pixel][class] */
function sideBySide(bound: BoundMatrix, rows: number, count: number): BoundMatrix {
  const { data: planes, width } = bound;
  const pixels = width / count;
  const data = new Float64Array(rows * width);
  for (let start = 0; start < rows * width; start += width) {
    for (let c = 0, from = start; c < count; c++) {
      for (let to = start + c; to < start + width; to += count) data[to] = planes[from++];
    }
  }
  const where = (row: number, element: number) => bound.where(row, (element % count) * pixels + Math.floor(element / count));
  return { ...bound, data, where };
}

/** Marks what is left out. The value itself will not do: 0 or -1 may also be a label. */
function leaveOut(target: BoundMatrix, rows: number, ignoreIndex: number): BoundMatrix {
  if ((target.channels ?? 1) > 1) return target; // no index
  let copy: Float64Array | undefined;
  for (let i = 0; i < rows * target.width; i++) {
    if (target.data[i] !== ignoreIndex) continue;
    copy ??= Float64Array.from(target.data);
    copy[i] = IGNORED;
  }
  return copy ? { ...target, data: copy, leavesOut: true } : target;
}
