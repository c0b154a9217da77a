/** `bits FILE`: every number that the reader of CSV gives, against `Number` of its text. Prints JSON, how many and how many differ. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { open } from '../../src/io/open.ts';

const [file] = process.argv.slice(2) as [string];

async function main(): Promise<void> {
  const table = await open({ name: file }, { header: true });
  const wanted = table.columns.map((_, column) => ({ column, as: 'number' }) as const);
  const lines = createInterface({ input: createReadStream(file) })[Symbol.asyncIterator]();
  await lines.next(); // the header
  let numbers = 0;
  let differ = 0;
  for await (const { rows, columns } of table.read(wanted, { batchRows: 8192 })) {
    for (let row = 0; row < rows; row++) {
      const cells = (await lines.next()).value.split(',');
      for (const [k, { values }] of columns.entries()) {
        numbers++;
        if (!Object.is(values[row], Number(cells[k]))) differ++;
      }
    }
  }
  if (!(await lines.next()).done) throw new Error('the reader of CSV ended before the file');
  process.stdout.write(JSON.stringify({ numbers, differ }));
}

main();
