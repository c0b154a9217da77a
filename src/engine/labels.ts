/** Texts that stand for labels: booleans, a named positive label, class names, identities. */
import { isMissing, type Labels } from '../io/batch.ts';
import type { Input } from '../losses/define.ts';

/** As pandas, R, SQL dumps and JSON write them. */
const TRUTH = new Map([
  ...['true', 'True', 'TRUE'].map((text) => [text, 1] as const),
  ...['false', 'False', 'FALSE'].map((text) => [text, 0] as const),
]);

/** What `--classes` says: names in the order of their indices, or one whole number, which is how many there are. */
export function classCount(classes: readonly string[]): number {
  return isCount(classes) ? Number(classes[0]) : classes.length;
}

/** Whether names are numbers other than their indices: 1, 2, 3 or 10, 20. */
export function renumbers(classes: readonly string[]): boolean {
  return !isCount(classes) && classes.some((name, index) => name.trim() !== '' && Number(name) >= 0 && Number(name) !== index);
}

function isCount(classes: readonly string[]): boolean {
  return classes.length === 1 && /^\d+$/.test(classes[0]);
}

/** Reads labels as the run asks; one object per way of reading, so that losses that agree share a column. */
export class LabelTexts {
  readonly #binary: Labels;
  readonly #classes: Labels | undefined;
  readonly #maskClasses: Labels | undefined;
  readonly #identities = new Identities();

  constructor(options: { readonly positiveLabel?: string | undefined; readonly classes?: readonly string[] | undefined }) {
    this.#binary = options.positiveLabel === undefined ? TRUTH : new OneAgainstOther(options.positiveLabel);
    const named = options.classes && !isCount(options.classes) ? options.classes.entries() : undefined;
    const classes = named && Array.from(named, ([index, name]) => [name, index] as const);
    this.#classes = classes && new Map(classes);
    this.#maskClasses = classes && new Map([...TRUTH, ...classes]);
  }

  /** The text that is not the positive label, once it was met. */
  get negativeLabel(): string | undefined {
    return this.#binary instanceof OneAgainstOther ? this.#binary.other : undefined;
  }

  /** Adds what was met in the rows that come next; false where it is a third text. */
  absorb(negativeLabel: string | undefined): boolean {
    if (!(this.#binary instanceof OneAgainstOther)) return true;
    this.#binary.other ??= negativeLabel;
    return negativeLabel === undefined || negativeLabel === this.#binary.other;
  }

  /** `mayHoldClasses`: a mask, which is true and false or, with class names, these. */
  for(input: Input, mayHoldClasses = false): Labels | undefined {
    if (mayHoldClasses && this.#maskClasses) return this.#maskClasses;
    if (input.holds === 'binary' || input.holds === 'sign') return this.#binary;
    if (input.holds === 'identity') return this.#identities;
    return input.holds === 'classes' ? this.#classes : undefined;
  }
}

/** A number for each text, in the order in which they are met: the same in every file of a run. */
export class Identities implements Labels {
  readonly #ids = new Map<string, number>();

  get(text: string): number | undefined {
    if (isMissing(text)) return undefined;
    const id = this.#ids.get(text) ?? this.#ids.size;
    this.#ids.set(text, id);
    return id;
  }
}

/** `positive` is 1, the one other text of the column 0; a third is no label, and the reader refuses it with its line. */
class OneAgainstOther implements Labels {
  readonly #positive: string;
  /** Not known before it is met. */
  other: string | undefined;

  constructor(positive: string) {
    this.#positive = positive;
  }

  get(text: string): number | undefined {
    if (text === this.#positive) return 1;
    if (isMissing(text)) return undefined;
    this.other ??= text;
    return text === this.other ? 0 : undefined;
  }
}
