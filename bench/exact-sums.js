/** What exact sums cost beside plain ones: in memory, and in a run over a CSV. */
import { join } from 'node:path';
import { median, printTable, root, runProcess, temporaryFolder } from './lib.js';
import { entryProgram, programWith } from './program.js';
import { Data } from './speed/data.js';

/** Every import of exact-sum.ts but that of naive-sum.ts itself gets naive-sum.ts. */
const naive = {
  name: 'naive-sum',
  setup(build) {
    const path = join(root, 'bench/naive-sum.ts');
    build.onResolve({ filter: /\/exact-sum\.ts$/ }, ({ importer }) => (importer === path ? undefined : { path }));
  },
};

export async function exactSums({ pairs = 5, scale, data = temporaryFolder('speed') }) {
  const memory = JSON.parse((await runProcess(await entryProgram('exact-sums.entry.ts'))).stdout);
  const file = await new Data(data, scale).get('six-decimals.csv');
  const args = ['eval', '-l', 'mse', '-l', 'mae', '-l', 'huber', file];
  const [exact, plain] = [
    [...(await programWith({})), ...args],
    [...(await programWith({ plugins: [naive] })), ...args],
  ];
  const runs = [];
  for (let k = 0; k < pairs; k++) runs.push([await runProcess(exact), await runProcess(plain)]);
  const [seconds, cpu] = ['seconds', 'cpu'].map((of) => [0, 1].map((k) => median(runs.map((pair) => pair[k][of]))));
  const ratio = median(runs.map(([a, b]) => a.seconds / b.seconds));
  printTable([
    ['', ' exact', ' plain', ' ratio'],
    [
      '10,000,000 float64 in memory, ns a value',
      memory.exact.toFixed(2),
      memory.plain.toFixed(2),
      (memory.exact / memory.plain).toFixed(1),
    ],
    ['three losses of the CSV of S1, s', ...seconds.map((value) => value.toFixed(2)), ratio.toFixed(2)],
    ['the same, user + system, s', ...cpu.map((value) => value.toFixed(2)), (cpu[0] / cpu[1]).toFixed(2)],
  ]);
}
