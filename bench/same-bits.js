/** 1,000,000 rows: the same results, byte for byte, for every order, format, batch size, number of threads and way to cut them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeArrow, writeNpy } from './files.js';
import { hasThreads, lossctl, printTable, random, runProcess, temporaryFolder } from './lib.js';
import { duckdb, sliceText } from './speed/peers.js';

const ROWS = 1_000_000;
const LOSSES = ['mse', 'mae', 'rmse', 'huber', 'log-cosh', 'quantile:q=0.9'];
const SLICED = [...LOSSES, 'gaussian-nll'];
const NUMBERS = ['target', 'pred', 'var'];
const BATCHES = [1, 7, ROWS];
const THREADS = [1, 2, 3, 8];
const PARTS = 7;

export async function sameBits({ scale }) {
  const folder = temporaryFolder('bits');
  const files = await writeFiles(folder, makeRows(Math.round(ROWS * scale)));
  const runs = [
    ...files.map((file) => ({ ...file, batch: 8192 })),
    ...BATCHES.map((batch) => ({ ...files[0], batch })),
    { ...files.find(({ format }) => format === 'NDJSON'), batch: 7 },
    { ...files.find(({ format }) => format === 'Arrow file'), batch: ROWS },
  ];
  if (await hasThreads()) {
    const many = files.filter(({ format }) => ['CSV', 'npy', 'Parquet'].includes(format));
    for (const threads of THREADS) runs.push(...many.map((file) => ({ ...file, batch: 8192, threads })));
  } else console.log('eval has no --threads: without them');

  const first = new Map();
  const lines = [];
  for (const run of runs) {
    const results = await evaluate(run, folder);
    for (const [key, text] of results) if (!first.has(key)) first.set(key, text);
    const differ = [...results].filter(([key, text]) => first.get(key) !== text).length;
    if (differ > 0) process.exitCode = 1;
    const mse = JSON.parse(results.get('mse')).value.toPrecision(17);
    lines.push([
      run.order,
      run.format,
      String(run.threads ?? ''),
      String(run.batch),
      run.cut ?? '',
      mse,
      String(results.size),
      String(differ),
    ]);
  }
  printTable([['order', 'format', ' threads', ' rows a batch', 'in parts', ' mse, 17 digits', ' results', ' differ'], ...lines]);
  console.log(`\n${runs.length} runs, ${new Set(lines.map((line) => line[5])).size} distinct mse`);
}

/** Each result as JSON. Numbers alone have no slices and no variance, whose losses are left out there. */
async function evaluate({ paths, only, batch, threads, cut }, folder) {
  const losses = (only ?? SLICED).flatMap((loss) => ['-l', loss]);
  const how = [...losses, ...(only ? [] : ['--by', 'region']), '--chunk-rows', String(batch)];
  if (threads) how.push('--threads', String(threads));
  const command = [...lossctl, 'eval', '--json', ...how, ...paths];
  const { stdout } = cut === 'states' ? await merged(how, paths, folder) : await runProcess(command);
  return new Map(JSON.parse(stdout).results.map((result) => [result.id + sliceText(result.slice ?? {}), JSON.stringify(result)]));
}

/** Each part by a process of its own, and what they added up by another. */
async function merged(how, paths, folder) {
  const states = paths.map((_, k) => join(folder, `${k}.state`));
  for (const [k, path] of paths.entries()) await runProcess([...lossctl, 'eval', '-q', ...how, '--state-out', states[k], path]);
  return runProcess([...lossctl, 'merge', '--json', ...states]);
}

async function writeFiles(folder, rows) {
  const mixed = shuffled(rows);
  const texts = rows.map((row) => JSON.stringify(Object.fromEntries([...NUMBERS, 'region'].map((name, k) => [name, row[k]]))));
  const file = (order, format, name, content) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return { order, format, paths: [path] };
  };
  const given = file('given', 'CSV', 'given.csv', csv(rows));
  const parquet = join(folder, 'given.parquet');
  const toParquet = await duckdb('rows_to_parquet.sql', given.paths[0], parquet);
  if (toParquet) await runProcess(toParquet.command);
  const arrow = (order, kind, name, of) => {
    const path = join(folder, name);
    writeArrow(path, { ...columns(of), region: of.map((row) => row[3]) }, kind);
    return { order, format: `Arrow ${kind}`, paths: [path] };
  };
  const arrays = columns(mixed);
  for (const name of ['target', 'pred']) await writeNpy(join(folder, `${name}.npy`), arrays[name], [rows.length]);
  const ends = Array.from({ length: PARTS + 1 }, (_, k) => Math.floor(rows.length * (k / PARTS) ** 2)); // of unequal size
  const parts = ends.slice(1).map((end, k) => file('', '', `part-${k}.csv`, csv(rows.slice(ends[k], end))).paths[0]);
  return [
    given,
    file('reversed', 'CSV', 'reversed.csv', csv(rows.toReversed())),
    file('shuffled', 'CSV', 'shuffled.csv', csv(mixed)),
    file('given', 'NDJSON', 'given.ndjson', texts.join('\n')),
    arrow('given', 'file', 'given.arrow', rows),
    arrow('shuffled', 'stream', 'shuffled.arrows', mixed),
    { order: 'shuffled', format: 'npy', paths: [join(folder, 'pred.npy'), '--targets', join(folder, 'target.npy')], only: LOSSES },
    ...(toParquet ? [{ order: 'given', format: 'Parquet', paths: [parquet] }] : []),
    { order: 'given', format: 'CSV', paths: parts, cut: `${PARTS} files` },
    { order: 'given', format: 'CSV', paths: parts, cut: 'states' },
  ];
}

/** Full doubles over twenty orders of magnitude: where a plain sum depends on the order. */
function makeRows(count) {
  const next = random(7);
  return Array.from({ length: count }, () => {
    const scale = 10 ** (next() * 20 - 10);
    return [(next() - 0.5) * scale, (next() - 0.5) * scale, next() * scale, `r${Math.floor(next() * 5)}`];
  });
}

function csv(rows) {
  return `${NUMBERS.join()},region\n${rows.map((row) => row.join()).join('\n')}\n`;
}

function columns(rows) {
  return Object.fromEntries(NUMBERS.map((name, k) => [name, Float64Array.from(rows, (row) => row[k])]));
}

function shuffled(rows) {
  const next = random(99);
  const copy = [...rows];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}
