import { readFileSync } from 'node:fs';
import type { CodedTexts } from '../../batch.ts';
import { builtFile } from '../../built.ts';
import { BLOCK, type Block, blockFor, type RowLayout, type Rows, type Step, stepsInto } from './layout.ts';
import { PlainRows } from './plain.ts';
import { leadingBits } from './powers.ts';
import type { TextWindow } from './window.ts';

/** Reads the number of a cell that scan.as.ts does not understand; returns false where there is none. */
type Odd = (step: number, row: number, start: number, end: number) => boolean;
/** Takes the text of a cell, which gets the next code of its column. */
type Fresh = (step: number, start: number, end: number) => void;

/** What scan.as.ts exports. */
interface Scan {
  /** Where the memory begins that it leaves to the host. */
  readonly FREE: WebAssembly.Global<number>;
  readonly LEAST_POWER: WebAssembly.Global<number>;
  readonly LARGEST_POWER: WebAssembly.Global<number>;
  readonly POWERS: WebAssembly.Global<number>;
  readonly BYTES_OF_DICTIONARY: WebAssembly.Global<number>;
  layOut(steps: number, count: number, lines: number, delimiter: number, cells: number): void;
  take(start: number, end: number, complete: boolean, longest: number, room: number, line: number): number;
  /** Where the rows end that were taken last, and the line behind them. */
  readonly next: WebAssembly.Global<number>;
  readonly line: WebAssembly.Global<number>;
}

const PAGE = 64 * 1024;
const BYTES_OF_ARRAY = BLOCK * Float64Array.BYTES_PER_ELEMENT;
const BYTES_OF_CODES = BLOCK * Int32Array.BYTES_PER_ELEMENT;
/** A step as scan.as.ts has it. */
const WORDS = 8;
const PLACES = 3;
const DICTIONARY = 6;
const BYTES_OF_STEP = WORDS * Int32Array.BYTES_PER_ELEMENT;
/** No less than a dictionary takes. */
const ROOM_OF_DICTIONARY = 96 * 1024;
/** Longer than the longest record and a piece together, so that the window never has to leave. */
const WINDOW = 3 * 1024 * 1024;
/** Vectors are read from any byte on, also from the last ones. */
const BEHIND_WINDOW = 128;
/** Numbers that scan.as.ts reads itself are shorter. */
const LONGEST_NUMBER = 32;
/** Marks of one row have to fit those that are found at a time. */
const MOST_COLUMNS = 2048;

/** Rows that are taken off with SIMD instructions; undefined where the machine does not have them, or the layout is extreme. */
export function simdRows(layout: RowLayout): Rows | undefined {
  if (layout.limits.number < LONGEST_NUMBER || layout.columns > MOST_COLUMNS) return undefined;
  const module = scanModule();
  if (!module) return undefined;
  try {
    return new SimdRows(layout, scannerFor(layout, module));
  } catch (error) {
    // V8 sets 10 GB of addresses aside for each memory, which a limit on them (ulimit -v) may not allow.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Compiled once for all tables; null on a machine that cannot. */
let compiled: WebAssembly.Module | null | undefined;

function scanModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = readFileSync(builtFile('scan.wasm'));
    compiled = typeof WebAssembly === 'object' && WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}

/** One for each table that is read at the same time: they are used again, because each has memory of its own. */
const idle: Scanner[] = [];

function scannerFor(layout: RowLayout, module: WebAssembly.Module): Scanner {
  const known = idle.pop();
  return known?.holds(layout) ? known : new Scanner(module, layout);
}

/** scan.as.ts with memory for tables of a layout. The memory never grows: V8 reads every typed array more slowly once one has lost its bytes. */
export class Scanner {
  readonly scan: Scan;
  readonly buffer: ArrayBuffer;
  /** Of the table that is read. */
  odd: Odd = () => false;
  fresh: Fresh = () => {};

  constructor(module: WebAssembly.Module, layout: RowLayout) {
    const memory = new WebAssembly.Memory({ initial: pagesFor(layout) });
    const odd: Odd = (...cell) => this.odd(...cell);
    const fresh: Fresh = (...cell) => this.fresh(...cell);
    this.scan = new WebAssembly.Instance(module, { env: { memory }, 'scan.as': { odd, fresh } }).exports as Scan;
    this.buffer = memory.buffer;
    this.#fillPowers();
  }

  /** Whether its memory is enough for a table. */
  holds(layout: RowLayout): boolean {
    return pagesFor(layout) * PAGE <= this.buffer.byteLength;
  }

  #fillPowers(): void {
    const { POWERS, LEAST_POWER, LARGEST_POWER } = this.scan;
    const least = LEAST_POWER.value;
    const halves = new BigUint64Array(this.buffer, POWERS.value, 2 * (LARGEST_POWER.value - least + 1));
    for (let k = 0; k < halves.length; k += 2) {
      const bits = leadingBits(least + k / 2);
      halves[k] = bits >> 64n;
      halves[k + 1] = BigInt.asUintN(64, bits);
    }
  }
}

/**
 * One for scan.as.ts itself; for each wanted column and for the lines a block and a step; for each column of texts codes and a dictionary; and
 * the window.
 */
function pagesFor({ wanted }: RowLayout): number {
  const columns = (wanted.length + 1) * (BYTES_OF_ARRAY + BYTES_OF_STEP);
  const texts = wanted.filter(({ as }) => as === 'text').length * (BYTES_OF_CODES + ROOM_OF_DICTIONARY);
  return 1 + Math.ceil((columns + texts + WINDOW + BEHIND_WINDOW) / PAGE);
}

/** A step that stores texts. */
interface TextStep {
  readonly step: number;
  /** Of the block. */
  readonly column: number;
  readonly texts: string[];
  /** Where the texts stand: a start and an end for each row. */
  readonly places: Int32Array;
  /** Of a column of nothing but texts. */
  readonly coded: (CodedTexts & { readonly texts: string[] }) | undefined;
  /** Where the dictionary of the codes begins. */
  readonly dictionary: number;
}

export class SimdRows implements Rows {
  readonly #scanner: Scanner;
  readonly #steps: readonly Step[];
  /** The steps as scan.as.ts has them. */
  readonly #words: Int32Array;
  readonly #texts: readonly TextStep[];
  /** What the window goes on in. */
  readonly #bytes: Buffer;
  /** Reads the cells that scan.as.ts does not, into the same numbers. */
  readonly #plain: PlainRows;
  /** As the rows were taken that it holds. */
  readonly #columns: Block['columns'][number][];

  constructor(layout: RowLayout, scanner: Scanner) {
    this.#scanner = scanner;
    scanner.odd = (...cell) => this.#odd(...cell);
    scanner.fresh = (...cell) => this.#fresh(...cell);
    const { buffer, scan } = scanner;
    let at = scan.FREE.value;
    const take = (bytes: number) => {
      at += bytes;
      return at - bytes;
    };
    const block = blockFor(layout.wanted, () => new Float64Array(buffer, take(BYTES_OF_ARRAY), BLOCK));
    this.#plain = new PlainRows(layout, block);
    this.#columns = [...block.columns];
    this.#steps = stepsInto(block, layout);
    this.#texts = this.#steps.flatMap(({ texts, column }, step): TextStep[] => {
      if (!texts || column === undefined) return [];
      const places = new Int32Array(buffer, take(BYTES_OF_ARRAY), 2 * BLOCK);
      if (layout.wanted[column]?.as !== 'text') return [{ step, column, texts, places, coded: undefined, dictionary: 0 }];
      const coded = { codes: new Int32Array(buffer, take(BYTES_OF_CODES), BLOCK), texts: [] };
      return [{ step, column, texts, places, coded, dictionary: take(scan.BYTES_OF_DICTIONARY.value) }];
    });
    this.#words = new Int32Array(buffer, take(this.#steps.length * BYTES_OF_STEP), this.#steps.length * WORDS);
    this.#writeSteps();
    scan.layOut(this.#words.byteOffset, this.#steps.length, block.lines.byteOffset, layout.delimiter.charCodeAt(0), layout.columns);
    this.#bytes = Buffer.from(buffer, take(WINDOW), WINDOW);
  }

  get block(): Block {
    return { columns: this.#columns, lines: this.#plain.block.lines };
  }

  close(): void {
    idle.push(this.#scanner);
  }

  take(window: TextWindow, room: number): number {
    const bytes = this.#bytes;
    if (!window.moveTo(bytes)) {
      for (const { column, texts } of this.#texts) this.#columns[column] = texts;
      return this.#plain.take(window, room);
    }
    const { at, end, complete, longest, line } = window;
    const { scan } = this.#scanner;
    const offset = bytes.byteOffset;
    const rows = scan.take(offset + at, offset + end, complete, longest, room, line);
    for (const text of this.#texts) this.#columns[text.column] = this.#coded(text) ?? this.#decoded(text, rows);
    window.advance(scan.next.value - offset, scan.line.value - line);
    return rows;
  }

  /** The codes of a column, unless its dictionary was given up. */
  #coded({ step, coded }: TextStep): CodedTexts | undefined {
    return this.#words[step * WORDS + DICTIONARY] === 0 ? undefined : coded;
  }

  #decoded({ texts, places }: TextStep, rows: number): string[] {
    for (let row = 0; row < rows; row++) texts[row] = this.#text(places[2 * row], places[2 * row + 1]);
    return texts;
  }

  #writeSteps(): void {
    let cell = 0;
    this.#words.fill(0);
    this.#steps.forEach(({ forward, numbers }, k) => {
      cell += forward;
      this.#words.set([forward, cell, numbers?.byteOffset ?? 0], k * WORDS);
    });
    for (const { step, places, coded, dictionary } of this.#texts) {
      this.#words[step * WORDS + PLACES] = places.byteOffset;
      this.#words.set([dictionary, coded?.codes.byteOffset ?? 0], step * WORDS + DICTIONARY);
    }
  }

  #odd(...[step, row, start, end]: Parameters<Odd>): boolean {
    const { numbers, labels } = this.#steps[step];
    const offset = this.#bytes.byteOffset;
    const value = this.#plain.read(this.#bytes, start - offset, end - offset, labels);
    if (numbers) numbers[row] = value;
    return !Number.isNaN(value);
  }

  #fresh(...[step, start, end]: Parameters<Fresh>): void {
    const known = this.#texts.find((text) => text.step === step);
    known?.coded?.texts.push(this.#text(start, end));
  }

  /** What stands between two places of the memory. */
  #text(start: number, end: number): string {
    const offset = this.#bytes.byteOffset;
    return this.#plain.text(this.#bytes, start - offset, end - offset);
  }
}
