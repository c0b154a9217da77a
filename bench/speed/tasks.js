/**
 * S1 to S9: what is run on which file, and the target. Entrants are functions; one that gives nothing is not
 * there, and drops out with its comparisons.
 *
 * A comparison is [ours, theirs, bound]: `faster: 3` wants theirs / ours of at least 3, `within: 1.7` wants ours / theirs of at most 1.7; without
 * either the figure is only shown. `agree`: the entrants whose results must be the same (all of them). `check`: a promise of a
 * sentence that says what else was looked at. `measure`: `seconds` of the whole process (the default), `inside` the process, `megabytes` at its peak.
 */
import { numberBits } from './bits.js';
import { bareNode, countLines, csvParse, duckdb, inMemory, lossctl, python, readBytes } from './peers.js';

/** What no program can be faster than. */
const LIMIT = { within: Number.POSITIVE_INFINITY };

const losses = (names) => names.flatMap((name) => ['-l', name]);
const THREE = losses(['mse', 'mae', 'huber']);
const TEN = losses(['mse', 'mae', 'rmse', 'huber', 'smooth-l1', 'pseudo-huber', 'charbonnier', 'log-cosh', 'quantile', 'mape']);

/** Threads asked for, where `eval` has the flag. */
const onThreads = (has, count, ...args) => has.threads && lossctl(...args, '--threads', String(count));

export const TASKS = [
  {
    id: 'S1',
    title: 'CSV, 10,000,000 rows x 2 numbers of 6 decimals: mse, mae, huber',
    entrants: async (data) => {
      const file = await data.get('six-decimals.csv');
      return {
        lossctl: () => lossctl(...THREE, file),
        DuckDB: () => duckdb('three_losses.sql', file),
        'pandas + torch': () => python('pandas_torch.py', file),
        'pandas + numpy': () => python('pandas_numpy.py', file),
        'csv-parse': () => csvParse(file),
        'wc -l': () => countLines(file),
        cat: () => readBytes(file),
      };
    },
    compare: [
      ['lossctl', 'DuckDB', { faster: 3 }],
      ['lossctl', 'pandas + torch', { faster: 8 }],
      ['lossctl', 'pandas + numpy'],
      ['lossctl', 'csv-parse'],
      ['lossctl', 'wc -l', LIMIT],
      ['lossctl', 'cat', LIMIT],
    ],
  },
  {
    id: 'S2',
    title: 'CSV, 5,000,000 rows x 2 numbers of 17 digits: mse, mae, huber',
    entrants: async (data) => {
      const file = await data.get('seventeen-digits.csv');
      return {
        lossctl: () => lossctl(...THREE, file),
        DuckDB: () => duckdb('three_losses.sql', file),
        'pandas + torch': () => python('pandas_torch.py', file),
        'pandas + numpy': () => python('pandas_numpy.py', file),
        'wc -l': () => countLines(file),
        cat: () => readBytes(file),
      };
    },
    compare: [
      ['lossctl', 'DuckDB', { faster: 3 }],
      ['lossctl', 'pandas + torch'],
      ['lossctl', 'pandas + numpy'],
      ['lossctl', 'wc -l', LIMIT],
      ['lossctl', 'cat', LIMIT],
    ],
    check: async (data) => numberBits(await data.get('seventeen-digits.csv')),
  },
  {
    id: 'S3',
    title: 'npy, Arrow and Parquet, 10,000,000 x 2 float64: mse',
    entrants: async (data) => {
      const [target, pred] = [await data.get('target.npy'), await data.get('pred.npy')];
      // DuckDB writes the file.
      const onParquet = async (make) => (await duckdb('parquet_mse.sql', '')) && make(await data.get('doubles.parquet'));
      return {
        'lossctl, npy': () => lossctl('-l', 'mse', pred, '--targets', target),
        'lossctl, Arrow': async () => lossctl('-l', 'mse', await data.get('doubles.arrow')),
        'lossctl, Parquet': () => onParquet((file) => lossctl('-l', 'mse', file)),
        'numpy, npy': () => python('numpy_mse.py', target, pred),
        'DuckDB, Parquet': () => onParquet((file) => duckdb('parquet_mse.sql', file)),
        'cat, npy': () => readBytes(target, pred),
      };
    },
    compare: [
      ['lossctl, npy', 'numpy, npy', { faster: 2 }],
      ['lossctl, Arrow', 'numpy, npy', { faster: 2 }],
      ['lossctl, Parquet', 'numpy, npy', { faster: 2 }],
      ['lossctl, Parquet', 'DuckDB, Parquet', { faster: 1 }],
      ['lossctl, npy', 'cat, npy', LIMIT],
    ],
  },
  {
    id: 'S4',
    title: 'CSV, 1,000 rows: mse, mae, huber',
    pairs: 21,
    entrants: async (data) => {
      const file = await data.get('thousand.csv');
      return {
        lossctl: () => lossctl(...THREE, file),
        'node -e 0': () => bareNode,
        'pandas + torch': () => python('pandas_torch.py', file),
        DuckDB: () => duckdb('three_losses.sql', file),
      };
    },
    compare: [
      ['lossctl', 'node -e 0', { within: 1.7 }],
      ['lossctl', 'pandas + torch', { faster: 15 }],
      ['lossctl', 'DuckDB'],
    ],
  },
  {
    id: 'S5',
    title: 'CSV of 200 MB and 2 GB: memory of mse and huber; five slices; a join by key of 500,000 and 1,000,000 rows',
    pairs: 1,
    entrants: async (data) => {
      const two = losses(['mse', 'huber']);
      const join = async (n) => [await data.get(`keyed-${n}.csv`), '--targets', await data.get(`targets-${n}.csv`), '--on', 'id'];
      return {
        '200 MB': async () => lossctl(...two, await data.get('long-10.csv')),
        '2 GB': async () => lossctl(...two, await data.get('long-100.csv')),
        '200 MB, slices': async () => lossctl(...two, '--by', 'region', await data.get('long-10.csv')),
        '2 GB, slices': async () => lossctl(...two, '--by', 'region', await data.get('long-100.csv')),
        'join of 500,000': async () => lossctl(...two, ...(await join(1))),
        'join of 1,000,000': async () => lossctl(...two, ...(await join(2))),
      };
    },
    below: [
      ['2 GB', 200],
      ['2 GB, slices', 200],
    ],
    compare: [
      ['2 GB', '200 MB', { within: 1.2, measure: 'megabytes' }],
      ['2 GB, slices', '200 MB, slices', { within: 1.2, measure: 'megabytes' }],
      ['join of 1,000,000', 'join of 500,000', { within: 2, measure: 'megabytes' }],
    ],
    agree: [],
  },
  {
    id: 'S6',
    title: 'ten losses in one pass over the file of S1',
    entrants: async (data) => {
      const file = await data.get('six-decimals.csv');
      return { 'ten losses': () => lossctl(...TEN, file), 'one loss': () => lossctl('-l', 'mse', file) };
    },
    compare: [['ten losses', 'one loss', { within: 1.5 }]],
  },
  {
    id: 'S7',
    title: 'cross-entropy, 100,000 rows x 1,000 classes, float32 npy',
    entrants: async (data) => {
      const [logits, target] = [await data.get('logits.npy'), await data.get('classes.npy')];
      return {
        lossctl: () => lossctl('-l', 'cross-entropy', '--target', 'classes', logits, '--targets', target),
        torch: () => python('torch_cross_entropy.py', logits, target),
        'lossctl, in memory': () => inMemory('cross-entropy', logits, target, 'classes'),
        'torch, in memory': () => python('torch_cross_entropy.py', logits, target, 'memory'),
        cat: () => readBytes(logits, target),
      };
    },
    compare: [
      ['lossctl', 'torch', { faster: 1, measure: 'inside' }],
      ['lossctl, in memory', 'torch, in memory', { faster: 1, measure: 'inside' }],
      ['lossctl', 'torch'],
      ['lossctl', 'cat', LIMIT],
    ],
  },
  {
    id: 'S8',
    title: 'ten times the rows of S1; two threads for one',
    entrants: async (data, has) => {
      const [file, tenth] = [await data.get('six-decimals.csv'), await data.get('a-tenth.csv')];
      const long = await data.get('long-100.csv');
      const wide = [
        '-l',
        'cross-entropy',
        await data.get('logits.npy'),
        '--target',
        'classes',
        '--targets',
        await data.get('classes.npy'),
      ];
      return {
        'all rows': () => lossctl(...THREE, file),
        'a tenth': () => lossctl(...THREE, tenth),
        'two threads': () => onThreads(has, 2, ...THREE, file),
        'one thread': () => onThreads(has, 1, ...THREE, file),
        '2 GB, two': () => onThreads(has, 2, ...THREE, long),
        '2 GB, one': () => onThreads(has, 1, ...THREE, long),
        'cross-entropy, two': () => onThreads(has, 2, ...wide),
        'cross-entropy, one': () => onThreads(has, 1, ...wide),
      };
    },
    compare: [
      ['all rows', 'a tenth', { within: 10.5 }],
      ['two threads', 'one thread', { faster: 1.7 }],
      ['2 GB, two', '2 GB, one', { faster: 1.7 }],
      ['cross-entropy, two', 'cross-entropy, one', { faster: 1.7 }],
    ],
    agree: [
      ['all rows', 'two threads', 'one thread'],
      ['2 GB, two', '2 GB, one'],
      ['cross-entropy, two', 'cross-entropy, one'],
    ],
  },
  {
    id: 'S9',
    title: 'CSV, 5,000,000 rows with ids, quoted texts and eight slices: mse, mae, huber of each',
    entrants: async (data) => {
      const file = await data.get('texts.csv');
      return {
        lossctl: () => lossctl(...THREE, '--by', 'region', file),
        DuckDB: () => duckdb('grouped.sql', file),
        'pandas + numpy': () => python('pandas_numpy.py', file, 'region'),
      };
    },
    compare: [
      ['lossctl', 'DuckDB', { faster: 1 }],
      ['lossctl', 'pandas + numpy'],
    ],
  },
];
