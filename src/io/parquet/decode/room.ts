import { Fault } from '../../fault.ts';
import { USUAL_RATIO } from './codecs.ts';

const MIB = 1024 * 1024;
const LEAST = 1024 * MIB;

/** Memory for what is decoded at the same time, in all columns together: a page of a few bytes may stand for many. */
export class Room {
  readonly #most: number;
  #used = 0;

  /** `bytes` are those of the row group in the file. */
  constructor(bytes: number) {
    this.#most = Math.max(LEAST, USUAL_RATIO * bytes);
  }

  take(bytes: number): void {
    this.#used += bytes;
    if (this.#used <= this.#most) return;
    throw new Fault(
      `needs more than ${Math.floor(this.#most / MIB)} MiB for pages that are decoded at the same time`,
      'write it with smaller pages and fewer rows in a row group, or ask for fewer columns',
    );
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}
