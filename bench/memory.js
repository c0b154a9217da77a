/** Peak memory as a CSV grows to 1 GB: it must stay flat. */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { lossctl, random, runProcess } from './lib.js';

export async function memory() {
  const folder = mkdtempSync(join(tmpdir(), 'lossctl-bench-'));
  try {
    for (const megabytes of [10, 100, 1000]) {
      const file = join(folder, `${megabytes}.csv`);
      await pipeline(Readable.from(lines(megabytes * 1e6)), createWriteStream(file));
      const { seconds, megabytes: peak } = await runProcess([
        ...lossctl,
        'eval',
        '-l',
        'mse',
        '-l',
        'huber',
        '--by',
        'region',
        file,
      ]);
      console.log(`${(statSync(file).size / 1e6).toFixed(0)} MB: peak ${peak.toFixed(0)} MB, ${seconds.toFixed(1)} s`);
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* lines(bytes) {
  const next = random(3);
  yield 'target,pred,region\n';
  for (let written = 0; written < bytes; ) {
    let block = '';
    for (let i = 0; i < 10_000; i++)
      block += `${(next() * 100).toFixed(6)},${(next() * 100).toFixed(6)},r${Math.floor(next() * 5)}\n`;
    written += block.length;
    yield block;
  }
}
