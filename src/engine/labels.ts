/** Texts that stand for labels: booleans, a named positive label, class names. */
import { isMissing, type Labels } from '../io/batch.ts';
import type { Input } from '../losses/define.ts';

/** As pandas, R, SQL dumps and JSON write them. */
const TRUTH = new Map([
  ...['true', 'True', 'TRUE'].map((text) => [text, 1] as const),
  ...['false', 'False', 'FALSE'].map((text) => [text, 0] as const),
]);

/** Reads labels as the run asks; one object per way of reading, so that losses that agree share a column. */
export class LabelTexts {
  readonly #binary: Labels;
  readonly #classes: Labels | undefined;

  constructor(options: { readonly positiveLabel?: string | undefined; readonly classes?: readonly string[] | undefined }) {
    this.#binary = options.positiveLabel === undefined ? TRUTH : oneAgainstOther(options.positiveLabel);
    this.#classes = options.classes && new Map(options.classes.map((name, index) => [name, index]));
  }

  for(input: Input): Labels | undefined {
    if (input.holds === 'binary' || input.holds === 'sign') return this.#binary;
    return input.holds === 'classes' ? this.#classes : undefined;
  }
}

/** `positive` is 1, the one other text of the column 0; a third is no label, and the reader refuses it with its line. */
function oneAgainstOther(positive: string): Labels {
  let other: string | undefined;
  return {
    get(text) {
      if (text === positive) return 1;
      if (isMissing(text)) return undefined;
      other ??= text;
      return text === other ? 0 : undefined;
    },
  };
}
