import { basename } from 'node:path';
import { arrayTable } from '../arrays/table.ts';
import type { Table } from '../batch.ts';
import { escapeText } from '../fault.ts';
import type { Input } from '../formats.ts';
import { openNpyArray } from './array.ts';

/** Opens an .npy file: one column, named after the file, so that `y_true.npy` and `preds.npy` find their roles by themselves. */
export async function openNpy(input: Input): Promise<Table> {
  const { name, bytes, format, limits } = input;
  const array = await openNpyArray(escapeText(name), input, limits);
  return arrayTable({
    name,
    format,
    limits,
    namedByFile: true,
    columns: [{ name: columnName(name), open: async () => array }],
    close: () => bytes.close(),
  });
}

function columnName(path: string): string {
  if (path === '<stdin>') return 'value';
  const stem = basename(path).replace(/\.(?:npy(?:\.[^.]*)?|[^.]*)$/i, ''); // without that of a compression as well
  return stem || 'value';
}
