/** Puts lists together from entries that say at which depth they go on and how far they are defined. */
export class Lists {
  readonly rows: unknown[] = [];
  /** For each depth, the level at which a list has an element. */
  readonly #levels: readonly number[];
  /** The list that is open at each depth, the rows at depth 0. */
  readonly #open: unknown[][] = [this.rows];
  /** How many are open below the row. */
  #depth = 0;

  constructor(levels: readonly number[]) {
    this.#levels = levels;
  }

  /** At depth `repeated` something goes on, 0 for the next row; deeper than that, lists begin. */
  add(repeated: number, defined: number, cell: unknown): void {
    if (repeated > this.#depth) throw new Error('a list that goes on where none began');
    for (this.#depth = repeated; this.#depth < this.#levels.length; ) {
      const level = this.#levels[this.#depth] as number;
      if (defined < level) {
        // One level less, and the list is there without an element.
        this.#push(defined === level - 1 ? [] : null);
        return;
      }
      const list: unknown[] = [];
      this.#push(list);
      this.#open[++this.#depth] = list;
    }
    this.#push(cell);
  }

  #push(cell: unknown): void {
    (this.#open[this.#depth] as unknown[]).push(cell);
  }
}
