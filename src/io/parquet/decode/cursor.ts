import type { Chunk } from './chunk.ts';
import type { Memories } from './memories.ts';
import { type Dictionary, type Page, rawPage, readDictionary, readPage } from './page.ts';
import type { Room } from './room.ts';

/** Consecutive entries of a page. */
export interface Run {
  readonly page: Page;
  readonly from: number;
  readonly to: number;
  /** Which of the page's values is the first of them. */
  readonly value: number;
}

/** Goes through a column chunk once, row by row, one page decoded at a time. */
export class ColumnCursor {
  readonly chunk: Chunk;
  readonly #bytes: Uint8Array;
  /** Where the next page begins, and where the current one did. */
  #next = 0;
  #start = 0;
  #left: number;
  #rows: number;
  #dictionary: Dictionary | undefined;
  #page: Page | undefined;
  #entry = 0;
  #value = 0;
  readonly #room: Room;
  /** What the column may still hold, decompressed. */
  #uncompressed: number;
  /** Pages that are done with, once what was taken of them is used. */
  #done: Page[] = [];
  readonly #memories: Memories | undefined;

  /** `memories`: what is taken is used before more is taken, so pages may come in the same memory. */
  constructor(chunk: Chunk, bytes: Uint8Array, room: Room, memories: Memories | undefined) {
    this.#memories = memories;
    this.chunk = chunk;
    this.#bytes = bytes;
    this.#room = room;
    this.#uncompressed = chunk.uncompressed;
    this.#left = chunk.entries;
    this.#rows = chunk.rows;
  }

  /** Where in the file the page lies that is being read, for messages. */
  get place(): number {
    return this.chunk.offset + this.#start;
  }

  /** The entries of the next rows, which must be as many as there are. */
  take(rows: number): Run[] {
    const lists = this.chunk.leaf.lists.length > 0;
    this.#giveBack();
    const runs: Run[] = [];
    let begun = 0;
    // Only the entry behind a list tells that it ended, perhaps pages later.
    while (begun < rows || lists) {
      const page = this.#current();
      if (!page) break;
      const from = this.#entry;
      if (begun === 0 && page.repeated && page.repeated[from] !== 0) throw new Error('a page that begins inside a list');
      const { to, rows: more } = rowsIn(page, from, rows - begun);
      if (to === from) break;
      runs.push({ page, from, to, value: this.#value });
      begun += more;
      this.#entry = to;
      this.#value += presentIn(page, from, to, this.chunk.leaf.defined);
    }
    if (begun < rows) throw new Error(`${rows - begun} rows less than declared`);
    this.#rows -= rows;
    if (this.#rows === 0) this.#checkEnd();
    return runs;
  }

  /** Gives its memory back, once what was taken is used. */
  release(): void {
    if (this.#page) this.#done.push(this.#page);
    this.#page = undefined;
    this.#giveBack();
  }

  #giveBack(): void {
    for (const { bytes, memory } of this.#done) {
      this.#room.give(bytes);
      if (memory) this.#memories?.give(memory);
    }
    this.#done = [];
  }

  /** The page with the next entry; `undefined` behind the last one. */
  #current(): Page | undefined {
    while (this.#entry === (this.#page?.count ?? 0)) {
      if (this.#left === 0) return undefined;
      if (this.#page) this.#done.push(this.#page);
      this.#page = this.#read();
      this.#entry = 0;
      this.#value = 0;
    }
    return this.#page;
  }

  /** The next data page. The dictionary, if there is one, comes before the first of them. */
  #read(): Page {
    for (;;) {
      this.#start = this.#next;
      if (this.#start === this.#bytes.length) throw new Error(`${this.#left} values less than declared`);
      const raw = rawPage(this.#bytes, this.#start, this.#uncompressed);
      this.#uncompressed -= raw.size;
      this.#next = raw.end;
      const { type } = raw.header;
      if (type === 'DATA_PAGE' || type === 'DATA_PAGE_V2') {
        const [chunk, room, dictionary, left] = [this.chunk, this.#room, this.#dictionary, this.#left];
        const page = readPage(raw, { chunk, room, dictionary, left, memory: this.#memories?.take() });
        this.#left -= page.count;
        return page;
      }
      if (type !== 'DICTIONARY_PAGE' || this.#dictionary) throw new Error(`a page of the type ${type}`);
      this.#dictionary = readDictionary(raw, this.chunk, this.#room);
    }
  }

  #checkEnd(): void {
    const more = this.#left + (this.#page?.count ?? 0) - this.#entry;
    if (more > 0) throw new Error(`${more} values more than rows`);
    const rest = this.#bytes.length - this.#next;
    if (rest > 0) throw new Error(`${rest} bytes that belong to no page`);
  }
}

/** How far at most so many rows go in this page, from a given entry, and how many they are. */
function rowsIn({ count, repeated }: Page, from: number, most: number): { to: number; rows: number } {
  if (!repeated) {
    const rows = Math.min(most, count - from);
    return { to: from + rows, rows };
  }
  let rows = 0;
  let to = from;
  for (; to < count; to++) {
    if (repeated[to] !== 0) continue;
    if (rows === most) break;
    rows++;
  }
  return { to, rows };
}

function presentIn({ defined }: Page, from: number, to: number, highest: number): number {
  if (!defined) return to - from;
  let present = 0;
  for (let i = from; i < to; i++) if (defined[i] === highest) present++;
  return present;
}
