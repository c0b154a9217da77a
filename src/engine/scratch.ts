/** Room for numbers that are added up before the next ones come: an array for each batch would cost more than what is done with it. */
export class Scratch {
  #values = new Float64Array(0);

  /** Room for `n` numbers at least, with anything in it. */
  of(n: number): Float64Array {
    if (this.#values.length < n) this.#values = new Float64Array(n);
    return this.#values;
  }
}
