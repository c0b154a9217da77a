/** What two masks have in common: sums over the pixels of an image, class by class. */
import type { Matrix } from '../define.ts';
import { indexOfMax, logTail, negativeLog } from '../math/softmax.ts';
import { sigmoid } from '../math/softplus.ts';
import { IGNORED } from '../params.ts';

/** Sums over pixels, p predicted and t true. */
export interface MaskSums {
  /** p t */
  common: number;
  /** p (1 - t): predicted but not there. Holds both differences where areas are squared, as (p - t)^2. */
  over: number;
  /** t (1 - p): there but not predicted. */
  under: number;
  /** (1 - p) (1 - t) */
  neither: number;
  /** t */
  area: number;
}

export interface MaskScores extends Matrix {
  readonly role: string;
}

export interface Activation {
  readonly squared?: boolean;
  readonly multilabel?: boolean;
}

/** Room for the sums of each class. */
export function roomFor(classes = 1): MaskSums[] {
  return Array.from({ length: classes }, () => ({ common: 0, over: 0, under: 0, neither: 0, area: 0 }));
}

/** Whether the target has a class index for each pixel, and not a value for each class. */
export function isByIndex(target: Matrix, scores: Matrix): boolean {
  return target.width < scores.width;
}

/** Sums of image `i`, without ignored pixels, class by class. */
export function sumMasks(target: Matrix, scores: MaskScores, i: number, activation: Activation, into: readonly MaskSums[]): void {
  if (into.length === 1) sumMask(target, scores, i, activation, into[0]);
  else sumClasses(target, scores, i, activation, into);
}

/** One mask: sums in variables, not in fields, are several times as fast. 1 - p of a logit is the sigmoid of the other sign, which keeps its digits. */
function sumMask(target: Matrix, { role, data, width }: MaskScores, i: number, { squared }: Activation, into: MaskSums): void {
  const truth = target.data;
  const fromLogits = role === 'logits';
  let common = 0;
  let over = 0;
  let under = 0;
  let neither = 0;
  let area = 0;
  for (let j = i * width; j < (i + 1) * width; j++) {
    const t = truth[j];
    if (t === IGNORED) continue;
    const p = fromLogits ? sigmoid(data[j]) : data[j];
    const notP = fromLogits ? sigmoid(-data[j]) : 1 - p;
    common += p * t;
    over += squared ? (p - t) * (p - t) : p * (1 - t);
    under += squared ? 0 : t * notP;
    neither += notP * (1 - t);
    area += t;
  }
  into.common = common;
  into.over = over;
  into.under = under;
  into.neither = neither;
  into.area = area;
}

function sumClasses(
  target: Matrix,
  scores: MaskScores,
  i: number,
  { squared, multilabel }: Activation,
  into: readonly MaskSums[],
): void {
  for (const sums of into) clear(sums);
  const { role, data, width } = scores;
  const classes = into.length;
  const byIndex = isByIndex(target, scores);
  const softmax = role === 'logits' && !multilabel;
  let top = 0;
  let tail = 0;
  for (let at = i * width; at < (i + 1) * width; at += classes) {
    const label = byIndex ? target.data[at / classes] : 0;
    if (label === IGNORED) continue;
    if (softmax) {
      const largest = indexOfMax(data, at, classes);
      top = data[largest];
      tail = logTail(data, at, classes, largest);
    }
    for (let c = 0; c < classes; c++) {
      const t = byIndex ? indicator(label, c) : target.data[at + c];
      const x = data[at + c];
      let p = x;
      let notP = 1 - x;
      if (softmax) {
        const loss = negativeLog('logits', x, top, tail);
        p = Math.exp(-loss);
        notP = p > 0.5 ? -Math.expm1(-loss) : 1 - p; // only near 1 does the difference lose digits
      } else if (role === 'logits') {
        p = sigmoid(x);
        notP = sigmoid(-x);
      }
      const sums = into[c];
      sums.common += p * t;
      sums.over += squared ? (p - t) * (p - t) : p * (1 - t);
      sums.under += squared ? 0 : t * notP;
      sums.neither += notP * (1 - t);
      sums.area += t;
    }
  }
}

/** 1 for the class itself, 0 for another; NaN where there is no class. */
export function indicator(label: number, c: number): number {
  return label === c ? 1 : 0 * label;
}

/** The sums of several classes as those of one. */
export function pool(classes: readonly MaskSums[], into: MaskSums): void {
  clear(into);
  for (const { common, over, under, neither, area } of classes) {
    into.common += common;
    into.over += over;
    into.under += under;
    into.neither += neither;
    into.area += area;
  }
}

function clear(sums: MaskSums): void {
  sums.common = 0;
  sums.over = 0;
  sums.under = 0;
  sums.neither = 0;
  sums.area = 0;
}
