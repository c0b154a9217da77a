/** The targets S1 to S9 of speed: `npm run bench -- speed`, or one by its name. */
import { cpus, loadavg, totalmem } from 'node:os';
import { hasThreads, printTable, temporaryFolder } from '../lib.js';
import { Data } from './data.js';
import { runTask } from './speed.js';
import { TASKS } from './tasks.js';

export const TASK_NAMES = TASKS.map(({ id }) => id);

/** @param {{ names: readonly string[], pairs?: number, scale: number, data?: string }} options `data`: a folder whose files are kept */
export async function speed({ names, pairs, scale, data: folder = temporaryFolder('speed') }) {
  const data = new Data(folder, scale);
  const has = { threads: await hasThreads() };
  if (!has.threads) console.log('eval has no --threads: without the comparison of threads');
  const lines = [];
  for (const task of TASKS) if (names.includes(task.id)) lines.push(...(await runTask(task, data, has, pairs)));
  console.log(`\n${machine()}, scale ${scale}, load ${loadavg()[0].toFixed(1)} at the end\n`);
  printTable([['task', 'lossctl against', 'wall time', 'user + system', 'target', ''], ...lines]);
}

function machine() {
  const [{ model }] = cpus();
  return `${cpus().length} cores (${model.trim()}), ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}`;
}
