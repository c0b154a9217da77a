/** Writing the files that benches read. */
import { createWriteStream, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Table, tableToIPC, vectorFromArray } from 'apache-arrow';

const ROWS_A_BLOCK = 10_000;

/** Text of any size: `line` gives each row, without its newline. */
export async function writeLines(path, head, rows, line) {
  function* blocks() {
    yield `${head}\n`;
    for (let first = 0; first < rows; first += ROWS_A_BLOCK) {
      const count = Math.min(ROWS_A_BLOCK, rows - first);
      yield `${Array.from({ length: count }, (_, k) => line(first + k)).join('\n')}\n`;
    }
  }
  await pipeline(Readable.from(blocks()), createWriteStream(path));
}

const CODES = new Map([
  [Float64Array, '<f8'],
  [Float32Array, '<f4'],
  [BigInt64Array, '<i8'],
]);

/** As numpy.save does. `shape` is that of `block`, of which the array has `times`, one behind the other. */
export async function writeNpy(path, block, [rows, ...shape], times = 1) {
  const tuple = `(${[rows * times, ...shape].join(', ')}${shape.length === 0 ? ',' : ''})`;
  const dict = `{'descr': '${CODES.get(block.constructor)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${dict.padEnd(117)}\n`, 'latin1');
  await pipeline(Readable.from([head, ...Array(times).fill(Buffer.from(block.buffer))]), createWriteStream(path));
}

/** Columns of float64 or of texts, in record batches of the size that writers choose. */
export function writeArrow(path, columns, kind = 'file') {
  const ROWS_A_BATCH = 2 ** 20;
  const [first] = Object.values(columns);
  const batches = [];
  for (let start = 0; start < first.length; start += ROWS_A_BATCH) {
    const part = Object.entries(columns).map(([name, all]) => [name, vectorFromArray(all.slice(start, start + ROWS_A_BATCH))]);
    batches.push(...new Table(Object.fromEntries(part)).batches);
  }
  writeFileSync(path, tableToIPC(new Table(batches), kind));
}
