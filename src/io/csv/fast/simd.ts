import { readFileSync } from 'node:fs';
import { builtFile } from '../../built.ts';
import { BLOCK, type Block, blockFor, type RowLayout, type Rows, type Step, stepsInto } from './layout.ts';
import { PlainRows } from './plain.ts';
import { leadingBits } from './powers.ts';
import type { TextWindow } from './window.ts';

/** Reads the number of a cell that scan.as.ts does not understand; returns false where there is none. */
type Odd = (step: number, row: number, start: number, end: number) => boolean;

/** What scan.as.ts exports. */
interface Scan {
  /** Where the memory begins that it leaves to the host. */
  readonly FREE: WebAssembly.Global<number>;
  readonly LEAST_POWER: WebAssembly.Global<number>;
  readonly LARGEST_POWER: WebAssembly.Global<number>;
  readonly POWERS: WebAssembly.Global<number>;
  layOut(steps: number, count: number, lines: number, delimiter: number, cells: number): void;
  take(start: number, end: number, complete: boolean, longest: number, room: number, line: number): number;
  /** Where the rows end that were taken last, and the line behind them. */
  readonly next: WebAssembly.Global<number>;
  readonly line: WebAssembly.Global<number>;
}

const PAGE = 64 * 1024;
const BYTES_OF_ARRAY = BLOCK * Float64Array.BYTES_PER_ELEMENT;
const BYTES_OF_STEP = 6 * Int32Array.BYTES_PER_ELEMENT;
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

  constructor(module: WebAssembly.Module, layout: RowLayout) {
    const memory = new WebAssembly.Memory({ initial: pagesFor(layout) });
    const odd: Odd = (...cell) => this.odd(...cell);
    this.scan = new WebAssembly.Instance(module, { env: { memory }, 'scan.as': { odd } }).exports as Scan;
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

/** One for scan.as.ts itself; for each wanted column and for the lines a block and a step; and the window. */
function pagesFor({ wanted }: RowLayout): number {
  return 1 + Math.ceil(((wanted.length + 1) * (BYTES_OF_ARRAY + BYTES_OF_STEP) + WINDOW + BEHIND_WINDOW) / PAGE);
}

export class SimdRows implements Rows {
  readonly block: Block;
  readonly #scanner: Scanner;
  readonly #steps: readonly Step[];
  /** Where the texts of a step stand: a start and an end for each row. */
  readonly #places: readonly (Int32Array | undefined)[];
  /** What the window goes on in. */
  readonly #bytes: Buffer;
  /** Reads the cells that scan.as.ts does not, into the same block. */
  readonly #plain: PlainRows;

  constructor(layout: RowLayout, scanner: Scanner) {
    this.#scanner = scanner;
    scanner.odd = (...cell) => this.#odd(...cell);
    const { buffer, scan } = scanner;
    let at = scan.FREE.value;
    const take = (bytes: number) => {
      at += bytes;
      return at - bytes;
    };
    this.block = blockFor(layout.wanted, () => new Float64Array(buffer, take(BYTES_OF_ARRAY), BLOCK));
    this.#plain = new PlainRows(layout, this.block);
    this.#steps = stepsInto(this.block, layout);
    this.#places = this.#steps.map(({ texts }) => texts && new Int32Array(buffer, take(BYTES_OF_ARRAY), 2 * BLOCK));
    const steps = take(this.#steps.length * BYTES_OF_STEP);
    new Int32Array(buffer, steps).set(this.#words());
    const { lines } = this.block;
    scan.layOut(steps, this.#steps.length, lines.byteOffset, layout.delimiter.charCodeAt(0), layout.columns);
    this.#bytes = Buffer.from(buffer, take(WINDOW), WINDOW);
  }

  close(): void {
    idle.push(this.#scanner);
  }

  take(window: TextWindow, room: number): number {
    const bytes = this.#bytes;
    if (!window.moveTo(bytes)) return this.#plain.take(window, room);
    const { at, end, complete, longest, line } = window;
    const { scan } = this.#scanner;
    const offset = bytes.byteOffset;
    const rows = scan.take(offset + at, offset + end, complete, longest, room, line);
    this.#steps.forEach(({ texts }, k) => {
      const places = this.#places[k];
      if (!texts || !places) return;
      for (let row = 0; row < rows; row++)
        texts[row] = this.#plain.text(bytes, places[2 * row] - offset, places[2 * row + 1] - offset);
    });
    window.advance(scan.next.value - offset, scan.line.value - line);
    return rows;
  }

  /** The steps as scan.as.ts has them. */
  #words(): number[] {
    let cell = 0;
    return this.#steps.flatMap(({ forward, numbers }, k) => {
      cell += forward;
      return [forward, cell, numbers?.byteOffset ?? 0, this.#places[k]?.byteOffset ?? 0, 0, 0];
    });
  }

  #odd(...[step, row, start, end]: Parameters<Odd>): boolean {
    const { numbers, labels } = this.#steps[step];
    const offset = this.#bytes.byteOffset;
    const value = this.#plain.read(this.#bytes, start - offset, end - offset, labels);
    if (numbers) numbers[row] = value;
    return !Number.isNaN(value);
  }
}
