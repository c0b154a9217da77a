/** 1,000,000 rows: the same JSON, byte for byte, for every order, batch size and format. */
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import { lossctl, random, runProcess } from './lib.js';

const ROWS = 1_000_000;
const LOSSES = ['mse', 'mae', 'rmse', 'huber', 'log-cosh', 'quantile:q=0.9', 'gaussian-nll'];

export async function sameBits() {
  const folder = mkdtempSync(join(tmpdir(), 'lossctl-bench-'));
  try {
    const rows = makeRows();
    const files = [
      ['given.csv', csv(rows)],
      ['reversed.csv', csv(rows.toReversed())],
      ['shuffled.csv', csv(shuffled(rows))],
      [
        'given.ndjson',
        rows.map(([target, pred, variance, region]) => JSON.stringify({ target, pred, var: variance, region })).join('\n'),
      ],
      ['given.arrow', arrow(rows, 'file')],
      ['shuffled.arrows', arrow(shuffled(rows), 'stream')],
    ];
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
    const digests = new Map();
    const runs = [
      ...[1, 7, 8192, ROWS].map((chunk) => ['given.csv', chunk]),
      ...files.slice(1).map(([name]) => [name, 8192]),
      ['given.ndjson', 7],
      ['given.arrow', ROWS],
    ];
    for (const [name, chunk] of runs) {
      const { digest, seconds } = await evaluate(join(folder, name), chunk);
      digests.set(digest, (digests.get(digest) ?? 0) + 1);
      console.log(`${digest}  ${name}, --chunk-rows ${chunk} (${seconds.toFixed(1)} s)`);
    }
    console.log(`${runs.length} runs, ${digests.size} distinct JSON text${digests.size === 1 ? '' : 's'}`);
    if (digests.size !== 1) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From standard input, so that the JSON names no file. */
async function evaluate(path, chunk) {
  const stdin = openSync(path, 'r');
  try {
    const losses = LOSSES.flatMap((loss) => ['-l', loss]);
    const command = [...lossctl, 'eval', ...losses, '--by', 'region', '--json', '--chunk-rows', String(chunk)];
    const { stdout, seconds } = await runProcess(command, { stdin });
    return { digest: createHash('sha256').update(stdout).digest('hex').slice(0, 16), seconds };
  } finally {
    closeSync(stdin);
  }
}

/** Full doubles over twenty orders of magnitude: where a plain sum depends on the order. */
function makeRows() {
  const next = random(7);
  return Array.from({ length: ROWS }, () => {
    const scale = 10 ** (next() * 20 - 10);
    return [(next() - 0.5) * scale, (next() - 0.5) * scale, next() * scale, `r${Math.floor(next() * 5)}`];
  });
}

function csv(rows) {
  return `target,pred,var,region\n${rows.map((row) => row.join()).join('\n')}\n`;
}

function arrow(rows, kind) {
  const number = (index) => vectorFromArray(Float64Array.from(rows, (row) => row[index]));
  const region = vectorFromArray(rows.map((row) => row[3]));
  return tableToIPC(new Table({ target: number(0), pred: number(1), var: number(2), region }), kind);
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
