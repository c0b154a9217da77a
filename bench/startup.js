/** S4: a thousand rows. Against `node -e 0`, and against the pandas + PyTorch script. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, lossctl, pythonPeer, random, root } from './lib.js';

export async function startup() {
  const folder = mkdtempSync(join(tmpdir(), 'lossctl-bench-'));
  try {
    const file = join(folder, 'thousand.csv');
    const next = random(1);
    const rows = Array.from({ length: 1000 }, () => `${(next() * 100).toFixed(6)},${(next() * 100).toFixed(6)}`);
    writeFileSync(file, `target,pred\n${rows.join('\n')}\n`);
    const ours = [...lossctl, 'eval', '-l', 'mse', '-l', 'mae', '-l', 'huber', file];
    report('bare node', await compare(ours, [process.execPath, '-e', '0'], 21));
    const python = await pythonPeer();
    if (!python) console.log('pandas + torch: skipped, python3 with pandas and torch is not here');
    else
      report('pandas + torch', await compare(ours, [python, join(root, 'bench/peers/pandas_torch.py'), file, 'target', 'pred'], 5));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(peer, { ratio, lowest, highest, ours, theirs }) {
  const ms = (seconds) => `${(seconds * 1000).toFixed(0)} ms`;
  const range = `${lowest.toFixed(3)} to ${highest.toFixed(3)}`;
  console.log(`1,000 rows, three losses: lossctl ${ms(ours)}, ${peer} ${ms(theirs)}, ratio ${ratio.toFixed(3)} (${range})`);
}
