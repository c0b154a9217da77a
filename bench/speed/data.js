/** The files of the tasks: the same bytes for the same scale, each made when it is first asked for. */
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeArrow, writeLines, writeNpy } from '../files.js';
import { random, runProcess } from '../lib.js';
import { duckdb } from './peers.js';

const CLASSES = 1000;
const REGIONS = [
  'africa',
  'asia',
  '"europe, east"',
  '"europe, west"',
  '"the ""rest"""',
  'north america',
  'oceania',
  'south america',
];

/** Rows at scale 1, and how a file of that many is written. */
const FILES = {
  'thousand.csv': [null, (path) => sixDecimals(path, 1000, 1)],
  'six-decimals.csv': [10_000_000, (path, rows) => sixDecimals(path, rows, 2)],
  'a-tenth.csv': [1_000_000, (path, rows) => sixDecimals(path, rows, 3)],
  'seventeen-digits.csv': [5_000_000, (path, rows) => seventeenDigits(path, doubles(rows, 4), doubles(rows, 5))],
  'target.npy': [10_000_000, (path, rows) => writeNpy(path, doubles(rows, 6), [rows])],
  'pred.npy': [10_000_000, (path, rows) => writeNpy(path, doubles(rows, 7), [rows])],
  'doubles.arrow': [10_000_000, async (path, rows) => writeArrow(path, { target: doubles(rows, 6), pred: doubles(rows, 7) })],
  'doubles.csv': [10_000_000, (path, rows) => seventeenDigits(path, doubles(rows, 6), doubles(rows, 7))],
  'doubles.parquet': [null, async (path, _, data) => run(await duckdb('to_parquet.sql', await data.get('doubles.csv'), path))],
  'logits.npy': [100_000, logits],
  'classes.npy': [100_000, (path, rows) => writeNpy(path, BigInt64Array.from(classes(rows)), [rows])],
  'texts.csv': [5_000_000, texts],
  'long-10.csv': [1_000_000, (path, rows) => long(path, rows, 10)],
  'long-100.csv': [1_000_000, (path, rows) => long(path, rows, 100)],
  'keyed-1.csv': [500_000, (path, rows) => keyed(path, 'pred', rows, 1)],
  'keyed-2.csv': [1_000_000, (path, rows) => keyed(path, 'pred', rows, 1)],
  'targets-1.csv': [500_000, (path, rows) => keyed(path, 'target', rows, 999_983)],
  'targets-2.csv': [1_000_000, (path, rows) => keyed(path, 'target', rows, 999_983)],
};

export class Data {
  #folder;
  #scale;

  /** Files that lie in the folder already are taken as they are. */
  constructor(folder, scale) {
    this.#folder = join(folder, `scale-${scale}`);
    this.#scale = scale;
    mkdirSync(this.#folder, { recursive: true });
  }

  /** The path of a file. */
  async get(name) {
    const path = join(this.#folder, name);
    if (existsSync(path)) return path;
    const [rows, write] = FILES[name];
    await write(`${path}.part`, rows && this.rows(rows), this);
    renameSync(`${path}.part`, path);
    return path;
  }

  rows(atScaleOne) {
    return Math.max(10, Math.round(atScaleOne * this.#scale));
  }
}

const run = ({ command }) => runProcess(command);

function sixDecimals(path, rows, seed) {
  const next = random(seed);
  const number = () => (next() * 100).toFixed(6);
  return writeLines(path, 'target,pred', rows, () => `${number()},${number()}`);
}

function seventeenDigits(path, target, pred) {
  return writeLines(path, 'target,pred', target.length, (row) => `${target[row].toPrecision(17)},${pred[row].toPrecision(17)}`);
}

/** All 53 bits random. */
function doubles(rows, seed) {
  const next = random(seed);
  return Float64Array.from(
    { length: rows },
    () => (Math.floor(next() * 2 ** 27) * 2 ** 26 + Math.floor(next() * 2 ** 26)) / 2 ** 53,
  );
}

/** A block of 1,000 rows over and over: 400 MB of them. */
function logits(path, rows) {
  const next = random(8);
  const block = Math.min(rows, 1000);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return writeNpy(
    path,
    Float32Array.from({ length: block * CLASSES }, () => 3 * normal()),
    [block, CLASSES],
    Math.ceil(rows / block),
  );
}

function classes(rows) {
  const next = random(9);
  return Array.from({ length: rows }, () => BigInt(Math.floor(next() * CLASSES)));
}

/** What tables of texts hold: ids, names of slices of which some need quotes, and a comment that often does. */
function texts(path, rows) {
  const next = random(10);
  const comment = () => {
    const kind = next();
    if (kind < 0.6) return 'as expected';
    return kind < 0.9 ? '"late, but complete"' : '"marked ""twice"", see notes"';
  };
  const number = () => (next() * 100).toFixed(6);
  const region = () => REGIONS[Math.floor(next() * REGIONS.length)];
  return writeLines(
    path,
    'id,comment,region,target,pred',
    rows,
    (row) => `u${row},${comment()},${region()},${number()},${number()}`,
  );
}

/** The same 1,000,000 rows over and over. */
async function long(path, rows, times) {
  const next = random(11);
  const number = () => (next() * 100).toFixed(6);
  const block = Array.from({ length: rows }, () => `${number()},${number()},r${Math.floor(next() * 5)}\n`).join('');
  await pipeline(Readable.from(['target,pred,region\n', ...Array(times).fill(block)]), createWriteStream(path));
}

/** Keys of 16 characters, in an order that `stride` makes: a prime, so that every row has a key of its own. */
function keyed(path, column, rows, stride) {
  const next = random(12);
  const key = (row) => `k${String((row * stride) % rows).padStart(15, '0')}`;
  return writeLines(path, `id,${column}`, rows, (row) => `${key(row)},${(next() * 100).toFixed(6)}`);
}
