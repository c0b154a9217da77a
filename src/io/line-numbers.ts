import { Doubles } from './doubles.ts';

/** The lines of the rows of a batch: nearly always each is one further than the one before, and the first is enough. */
export class LineNumbers {
  #first = 0;
  #rows = 0;
  /** Of all rows, once one is not. */
  #each: Doubles | undefined;

  push(line: number): void {
    if (this.#rows === 0) this.#first = line;
    if (line !== this.#first + this.#rows) this.#each ??= this.#counted();
    this.#each?.push(line);
    this.#rows++;
  }

  /** The first `n` of many lines, each behind the one before. */
  append(lines: Float64Array, n: number): void {
    const [first, last] = [lines[0] as number, lines[n - 1] as number];
    if (this.#rows === 0) this.#first = first;
    if (first !== this.#first + this.#rows || last !== first + n - 1) this.#each ??= this.#counted();
    this.#each?.append(lines, n);
    this.#rows += n;
  }

  /** What came since the last time: the first line, or all. */
  take(): number | Float64Array {
    const taken = this.#each?.take() ?? this.#first;
    this.#each = undefined;
    this.#rows = 0;
    return taken;
  }

  #counted(): Doubles {
    const each = new Doubles();
    for (let row = 0; row < this.#rows; row++) each.push(this.#first + row);
    return each;
  }
}
