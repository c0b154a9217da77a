/** Files of the losses of rows: written by `baseline write --rows`, read by `compare` in place of a base. */
import { open } from 'node:fs/promises';
import type { KeyNumbers } from '../../engine/compare/keys.ts';
import { beginsRowsFile, RowsFileReader, rowsFileLines } from '../../engine/compare/rows-file.ts';
import type { Side } from '../../engine/compare/side.ts';
import type { Chosen } from '../../engine/resolve.ts';
import { Fault, quote } from '../../io/fault.ts';
import { createOutput } from '../output.ts';

/** Characters of a line: a header names every loss, and no row is longer. */
const LONGEST = 1 << 24;

/** Lines written at a time. */
const LINES = 10_000;

export async function writeRowsFile(
  path: string,
  side: Side,
  chosen: readonly Chosen[],
  about: Parameters<typeof rowsFileLines>[2],
  inputs: readonly string[],
): Promise<void> {
  const file = await createOutput(path, inputs);
  let lines: string[] = [];
  for (const line of rowsFileLines(side, chosen, about)) {
    lines.push(line, '\n');
    if (lines.length < LINES) continue;
    await file.write(lines.join(''));
    lines = [];
  }
  await file.write(lines.join(''));
  await file.commit();
}

/** Whether the file begins as one of these. What cannot be read is left to the reader of tables, which says why. */
export async function isRowsFile(path: string): Promise<boolean> {
  return beginsRowsFile(path, path === '-' ? '' : await startOf(path));
}

async function startOf(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  const read = await file?.read(Buffer.alloc(64), 0, 64, 0).catch(() => null);
  await file?.close();
  return read ? read.buffer.toString('utf8', 0, read.bytesRead) : '';
}

/** The side, and the columns whose texts are its keys and groups. */
export async function readRowsFile(
  path: string,
  chosen: readonly Chosen[],
  names: KeyNumbers,
): Promise<Pick<RowsFileReader, 'header'> & { readonly side: Side }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    let reader: RowsFileReader | null = null;
    for await (const line of linesOf(file.createReadStream({ encoding: 'utf8', autoClose: false }))) {
      if (reader) reader.row(line);
      else reader = new RowsFileReader(path, size, line, names);
    }
    if (!reader) throw new Fault(`${quote(path)}: is empty`);
    return { header: reader.header, side: reader.finish(chosen) };
  } finally {
    await file.close();
  }
}

/** What stands before each line feed, and what stands after the last. */
async function* linesOf(stream: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST)
      throw new Fault('a line of the file of rows does not end', 'write it again with lossctl baseline write --rows');
    yield* lines;
  }
  if (rest) yield rest;
}
