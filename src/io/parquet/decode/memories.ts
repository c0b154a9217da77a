import { Memory } from '../../bytes/memory.ts';

/** Memories for the pages of one column, each used again when its page is done with. */
export class Memories {
  readonly #free: Memory[] = [];

  take(): Memory {
    return this.#free.pop() ?? new Memory();
  }

  give(memory: Memory): void {
    this.#free.push(memory);
  }
}
