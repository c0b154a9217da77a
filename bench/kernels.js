/** The kernels alone, per row, beside the same formulas in torch float64 on one thread. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printTable, pythonWith, root, runProcess, temporaryFolder } from './lib.js';
import { entryProgram } from './program.js';

const golden = join(root, 'fixtures/golden');

export async function kernels() {
  const ours = JSON.parse((await runProcess([...(await entryProgram('kernels.entry.ts')), golden])).stdout);
  const theirs = await torchSeconds(ours);
  const table = Object.entries(ours).map(([loss, { rows, seconds }]) => {
    const peer = theirs[loss];
    return { loss, rows, ours: (1e9 * seconds) / rows, torch: peer && (1e9 * peer) / rows };
  });
  table.sort((a, b) => b.ours - a.ours);
  const lines = table.map(({ loss, rows, ours: a, torch: b }) => [
    loss,
    String(rows),
    a.toFixed(1),
    b ? b.toFixed(1) : '',
    b ? (a / b).toFixed(2) : '',
  ]);
  printTable([['loss', ' rows', ' lossctl, ns a row', ' torch, ns a row', ' ratio'], ...lines]);
}

async function torchSeconds(ours) {
  const python = await pythonWith('torch, torchvision');
  if (!python) {
    console.log('torch is not installed: lossctl alone');
    return {};
  }
  const rows = join(temporaryFolder('kernels'), 'rows.json');
  writeFileSync(rows, JSON.stringify(Object.fromEntries(Object.entries(ours).map(([loss, one]) => [loss, one.rows]))));
  return JSON.parse((await runProcess([python, join(root, 'bench/peers/kernels.py'), golden, rows])).stdout);
}
