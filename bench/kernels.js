/** The kernels alone, per row, beside the same formulas in torch float64 on one thread. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { pythonWith, root, runProcess } from './lib.js';

const golden = join(root, 'fixtures/golden');

export async function kernels() {
  const folder = mkdtempSync(join(tmpdir(), 'lossctl-kernels-'));
  try {
    const bundle = join(folder, 'kernels.cjs');
    await build({
      entryPoints: [join(root, 'bench/kernels.entry.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
    });
    const ours = JSON.parse((await runProcess([process.execPath, bundle, golden])).stdout);
    const theirs = await torchSeconds(folder, ours);
    const table = Object.entries(ours).map(([loss, { rows, seconds }]) => {
      const peer = theirs[loss];
      return { loss, rows, ours: (1e9 * seconds) / rows, torch: peer && (1e9 * peer) / rows };
    });
    table.sort((a, b) => b.ours - a.ours);
    console.log('| loss | rows | lossctl, ns a row | torch, ns a row | ratio |\n| --- | ---: | ---: | ---: | ---: |');
    for (const { loss, rows, ours: a, torch: b } of table) {
      console.log(`| ${loss} | ${rows} | ${a.toFixed(1)} | ${b ? b.toFixed(1) : ''} | ${b ? (a / b).toFixed(2) : ''} |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function torchSeconds(folder, ours) {
  const python = await pythonWith('pandas, torch');
  if (!python) {
    console.log('torch is not installed: lossctl alone');
    return {};
  }
  const rows = join(folder, 'rows.json');
  writeFileSync(rows, JSON.stringify(Object.fromEntries(Object.entries(ours).map(([loss, one]) => [loss, one.rows]))));
  return JSON.parse((await runProcess([python, join(root, 'bench/peers/kernels.py'), golden, rows])).stdout);
}
