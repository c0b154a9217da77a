import { runProcess } from '../lib.js';
import { entryProgram } from '../program.js';

/** Whether the fast reader gives the bits of `Number`; it fails the bench where it does not. */
export async function numberBits(file) {
  const { stdout } = await runProcess([...(await entryProgram('speed/bits.entry.ts')), file]);
  const { numbers, differ } = JSON.parse(stdout);
  if (differ > 0) process.exitCode = 1;
  return `${numbers.toLocaleString('en')} numbers read, ${differ} differ from Number(text)`;
}
