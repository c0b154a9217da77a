/** States that hold rows give the statistics, intervals and worst rows of one pass, bit for bit. */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/engine/pass.ts';
import { resultsOf } from '../../src/engine/results.ts';
import { withStatistics } from '../../src/engine/row-statistics.ts';
import { encodeNumbers } from '../../src/engine/state/base64.ts';
import { decodeState, type NamedState } from '../../src/engine/state/decode.ts';
import { merge } from '../../src/engine/state/merge.ts';
import { refuseWithoutRows } from '../../src/engine/state/merge-rows.ts';
import { rowsState } from '../../src/engine/state/rows.ts';
import { type Finished, type State, stateOf } from '../../src/engine/state/state.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { faultOf } from '../support/fault.ts';
import { joinedRows, takeRows } from '../support/golden-rows.ts';
import { type Columns, type Evaluation, outcomeOf } from '../support/memory-table.ts';

const ASKED = { stats: true, bins: 4, interval: { level: 0.9, resamples: 50, seed: 7 } };

type Tamper = (state: State) => unknown;

function written({ rows, finished, findings }: Outcome, { cluster }: Evaluation, name = '0'): State {
  const columns = new Map([['target', 'target'], ...(cluster === undefined ? [] : [['cluster', cluster] as const])]);
  const inputs = { files: [name], targets: null, where: [], rows, columns };
  return JSON.parse(JSON.stringify(stateOf(finished, inputs, findings, '0.1.0')));
}

async function stateFor(name: string, columns: Columns, evaluation: Evaluation, tamper: Tamper = (state) => state) {
  const outcome = await outcomeOf(columns, { keepRows: true, ...evaluation });
  return decodeState(name, JSON.stringify(tamper(written(outcome, evaluation, name))));
}

function statesOf(columns: Columns, cut: readonly (readonly number[])[], evaluation: Evaluation, tamper?: Tamper) {
  return Promise.all(cut.map((rows, k) => stateFor(`${k}`, takeRows(columns, rows), evaluation, tamper)));
}

/** The results with all statistics. */
function told(finished: Finished) {
  return withStatistics(resultsOf(finished.runs, finished.slices, finished.treatment), finished, ASKED);
}

const rowsOf = ({ runs }: Finished) => runs.map(({ kept }) => kept?.columns());

/** Parts of neighbouring rows. */
function cutAt(n: number, ends: readonly number[]): number[][] {
  const all = Array.from({ length: n }, (_, row) => row);
  return [...ends, n].map((end, k) => all.slice(k > 0 ? ends[k - 1] : 0, end)).filter((rows) => rows.length > 0);
}

describe('parts of the rows', () => {
  const withRows = LOSSES.filter(({ kind }) => kind !== 'fold').map(({ name }) => name);
  test.each(withRows)('%s', async (loss) => {
    const { columns: joined, evaluation: plain } = joinedRows(loss);
    const n = Object.values(joined)[0].length;
    const needsGroups = LOSSES.some(({ name, kind }) => name === loss && kind === 'group');
    const given = joined.group ?? Array.from({ length: n }, (_, row) => `g${Math.floor((row * 4) / n)}`); // rows of one label lie in one group
    const columns = needsGroups ? { ...joined, group: given } : joined;
    const evaluation = { ...plain, ...(needsGroups && { group: 'group' }), keepRows: true };
    const starts = given.flatMap((name, row) => (row > 0 && name !== given[row - 1] ? [row] : []));
    const { finished } = await outcomeOf(columns, evaluation);
    for (const ends of [[starts[0]], starts]) {
      const states = await statesOf(columns, cutAt(n, ends), evaluation);
      const merged = merge(LOSSES, states);
      expect(rowsOf(merged)).toEqual(rowsOf(finished));
      expect(told(merged)).toEqual(told(finished));
      expect(told(merge(LOSSES, states.toReversed()))).toEqual(told(finished));
    }
  });
});

const N = 40;
const row = <T>(make: (i: number) => T) => Array.from({ length: N }, (_, i) => make(i));
const COLUMNS: Columns = {
  target: row((i) => i % 2),
  pred: row((i) => Math.sin(i) * 10 ** (i % 9)),
  probs: row((i) => ((i * 7) % 10) / 10 + 0.05),
  wide: row((i) => [i / 7, i]),
  narrow: row((i) => [1, i % 3]),
  signed: row(() => [0, -1]), // its loss is -0
  who: row((i) => `g${(i * i) % 7}`),
  region: row((i) => `r${(i * 3) % 4}`),
  w: row((i) => (i % 4) + 0.5),
  holes: row((i) => (i % 5 === 3 ? null : i / 7)),
};
const CUT = cutAt(N, [7, 8, 29]);

const CASES: readonly [string, Evaluation][] = [
  ['plain', { loss: ['mse', 'mae'] }],
  ['slices', { loss: ['mse', 'mae'], by: ['region', 'who'] }],
  ['weights', { loss: 'mse', weight: 'w', by: ['region'] }],
  ['clusters', { loss: ['mse', 'huber'], cluster: 'who', by: ['region'] }],
  ['clusters and rows left out', { loss: 'mse', cluster: 'who', nan: 'skip', columnsOf: { pred: 'holes' }, by: ['region'] }],
  ['rows that are not finite', { loss: 'mse', nan: 'propagate', columnsOf: { pred: 'holes' } }],
  ['elements', { loss: 'mse', columnsOf: { target: 'narrow', pred: 'wide' }, weight: 'w' }],
  ['-0', { loss: 'nll', columnsOf: { 'log-probs': 'signed' } }],
  ['class weights', { loss: 'cross-entropy', columnsOf: { logits: 'wide' }, params: { 'class-weight': '1,3' } }],
];

describe('what else a run has', () => {
  test.each(CASES)('%s', async (_, evaluation) => {
    const { finished } = await outcomeOf(COLUMNS, { ...evaluation, keepRows: true });
    const states = await statesOf(COLUMNS, CUT, evaluation);
    const merged = merge(LOSSES, states);
    expect(rowsOf(merged)).toEqual(rowsOf(finished));
    expect(merged.clusters).toEqual(finished.clusters);
    expect(told(merged)).toEqual(told(finished));
    expect(told(merge(LOSSES, states.toReversed()))).toEqual(told(finished));
  });

  test('a merged state merges on', async () => {
    const evaluation = { loss: ['mse', 'mae'], cluster: 'who', by: ['region'] };
    const states = await statesOf(COLUMNS, CUT, evaluation);
    const { inputs, warnings, ...half } = merge(LOSSES, states.slice(0, 3));
    const first = decodeState('first', JSON.stringify(stateOf(half, inputs, warnings, '0.1.0')));
    const { finished } = await outcomeOf(COLUMNS, { ...evaluation, keepRows: true });
    expect(told(merge(LOSSES, [first, states[3]]))).toEqual(told(finished));
  });
});

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64')).buffer;

/** Changes a text of base64 of integers. */
const renumbered = (text: string | null, change: (id: number) => number) =>
  encodeNumbers(new Int32Array(bytesOf(text ?? '')).map(change));

/** A state whose rows are changed. */
const rowsWith = (change: (rows: NonNullable<State['rows']>) => object): Tamper => {
  return (state) => ({ ...state, rows: { ...state.rows, ...change(state.rows as NonNullable<State['rows']>) } });
};
const firstLoss = (change: (values: NonNullable<State['rows']>['losses'][number]) => object): Tamper =>
  rowsWith(({ losses }) => ({ losses: [{ ...losses[0], ...change(losses[0]) }, ...losses.slice(1)] }));

describe('every column counts', () => {
  const evaluation: Evaluation = {
    loss: 'mse',
    weight: 'w',
    cluster: 'who',
    by: ['region'],
    nan: 'skip',
    columnsOf: { pred: 'holes' },
  };
  const reversed = (text: string) => encodeNumbers(new Float64Array(bytesOf(text)).toReversed());

  test.each<[string, Tamper]>([
    ['values', firstLoss(({ value }) => ({ value: reversed(value) }))],
    ['numerators', firstLoss(({ value }) => ({ numerator: value }))],
    ['denominators', firstLoss(() => ({ denominator: null }))],
    ['numbers', firstLoss(() => ({ number: null }))],
    ['cluster texts', rowsWith(({ clusters }) => ({ clusters: { ...clusters, texts: clusters?.texts.toReversed() } }))],
    ['clusters', rowsWith(({ clusters }) => ({ clusters: { ...clusters, ids: renumbered(clusters?.ids ?? '', () => 0) } }))],
  ])('%s', async (_, tamper) => {
    const { finished } = await outcomeOf(COLUMNS, { ...evaluation, keepRows: true });
    const merged = merge(LOSSES, await statesOf(COLUMNS, CUT, evaluation, tamper));
    expect(told(merged)).not.toEqual(told(finished));
  });

  test('a part', async () => {
    const { finished } = await outcomeOf(COLUMNS, { ...evaluation, keepRows: true });
    const states = await statesOf(COLUMNS, CUT, evaluation);
    expect(told(merge(LOSSES, states.slice(1)))).not.toEqual(told(finished));
  });
});

describe('damaged rows are refused', () => {
  const evaluation: Evaluation = { loss: ['mse', 'mae'], cluster: 'who', by: ['region'] };
  const floats = (...numbers: number[]) => encodeNumbers(Float64Array.from(numbers));
  const integers = (...numbers: number[]) => encodeNumbers(Int32Array.from(numbers));
  const rising = row((i) => i);

  test.each<[string, Tamper, string]>([
    [
      'no base64',
      firstLoss(({ value }) => ({ value: `*${value.slice(1)}` })),
      'state.rows.losses[0].value is not base64 of float64',
    ],
    ['cut', firstLoss(({ value }) => ({ value: value.slice(4) })), 'state.rows.losses[0].value is not base64 of float64'],
    [
      'a slice column cut',
      firstLoss(({ slice }) => ({ slice: slice?.slice(4) })),
      'state.rows.losses[0].slice is not base64 of int32',
    ],
    ['fewer values', firstLoss(() => ({ value: floats(1, 2) })), 'it counts 40 values, and holds other numbers of them'],
    ['fewer numerators', firstLoss(() => ({ numerator: floats(1) })), 'it counts 40 values, and holds other numbers of them'],
    ['fewer slices', firstLoss(() => ({ slice: integers(0) })), 'it counts 40 values, and holds other numbers of them'],
    ['no slices', firstLoss(() => ({ slice: null })), 'its rows are sliced in another way than it says'],
    [
      'other slices',
      firstLoss(({ slice }) => ({ slice: renumbered(slice, () => 0) })),
      'its slices hold other rows than it counts',
    ],
    [
      'no such slice',
      firstLoss(({ slice }) => ({ slice: renumbered(slice, (id) => id - 1) })),
      'its slices hold other rows than it counts',
    ],
    [
      'a row twice',
      firstLoss(() => ({ number: floats(0, 0, ...rising.slice(2)) })),
      'the numbers of its rows are none of the input',
    ],
    ['a row beyond', firstLoss(() => ({ number: floats(...rising.slice(1), N) })), 'the numbers of its rows are none of the input'],
    [
      'half a row',
      firstLoss(() => ({ number: floats(...rising.slice(0, -1), 38.5) })),
      'the numbers of its rows are none of the input',
    ],
    [
      'a row before',
      firstLoss(() => ({ number: floats(-1, ...rising.slice(1)) })),
      'the numbers of its rows are none of the input',
    ],
    ['a loss less', rowsWith(({ losses }) => ({ losses: losses.slice(1) })), 'it has not as many columns of rows as losses'],
    ['no clusters', rowsWith(() => ({ clusters: null })), 'its clusters are not those of a column'],
    [
      'clusters cut',
      rowsWith(({ clusters }) => ({ clusters: { ...clusters, ids: 'AA==' } })),
      'state.rows.clusters.ids is not base64 of int32',
    ],
    [
      'fewer clusters',
      rowsWith(({ clusters }) => ({ clusters: { ...clusters, ids: integers(0) } })),
      'it counts 40 rows, and holds the clusters of 1',
    ],
    [
      'no such cluster',
      rowsWith(({ clusters }) => ({ clusters: { ...clusters, texts: ['g0'] } })),
      'a row is in a cluster that it does not name',
    ],
    [
      'cells of other columns',
      rowsWith(() => ({ top: { count: 1, columns: ['a'], rows: [{ row: 1, cells: [] }] } })),
      'a worst row has not as many cells as there are columns',
    ],
  ])('%s', async (_, tamper, wrong) => {
    const state = written(await outcomeOf(COLUMNS, { ...evaluation, keepRows: true }), evaluation);
    const { message } = faultOf(() => decodeState('x.state', JSON.stringify(tamper(state))));
    expect(message).toBe(`"x.state" is not a state of lossctl: ${wrong}`);
  });
});

describe('states without rows', () => {
  const without: Tamper = ({ rows, ...state }) => state;

  test('merge with others, and have no statistics', async () => {
    const states: NamedState[] = await statesOf(COLUMNS, CUT, { loss: 'mse' });
    const mixed = [...states.slice(0, 3), await stateFor('old', takeRows(COLUMNS, CUT[3]), { loss: 'mse' }, without)];
    const { runs, slices, treatment } = merge(LOSSES, mixed);
    expect(resultsOf(runs, slices, treatment)).toEqual((await outcomeOf(COLUMNS, { loss: 'mse' })).results);
    expect(runs[0].kept).toBeNull();
    expect(faultOf(() => refuseWithoutRows('--stats', mixed)).message).toBe(
      '--stats: "old" holds sums, and not the values of the rows',
    );
    refuseWithoutRows('--stats', states);
  });

  test('a run that keeps no rows writes none', async () => {
    expect(written(await outcomeOf(COLUMNS, { loss: 'mse' }), { loss: 'mse' })).not.toHaveProperty('rows');
  });
});

test('other clusters do not belong together', async () => {
  const [first] = await statesOf(COLUMNS, CUT, { loss: 'mse', cluster: 'who' });
  const [, second] = await statesOf(COLUMNS, CUT, { loss: 'mse', cluster: 'region' });
  expect(faultOf(() => merge(LOSSES, [first, second])).message).toMatch(/do not belong together: the columns: .*who.*region/);
});

test('what is no text any more is refused before it is one', async () => {
  const { runs } = (await outcomeOf(COLUMNS, { loss: 'mse', keepRows: true })).finished;
  const length = 4 * Math.ceil((8 * N) / 3);
  expect(rowsState(runs, null, null, length)).not.toBeNull();
  expect(faultOf(() => rowsState(runs, null, null, length - 1)).hint).toMatch(/more parts/);
});

test('what goes without saying takes no room', async () => {
  const bytes = async (evaluation: Evaluation) => {
    const { rows } = written(await outcomeOf(COLUMNS, { keepRows: true, ...evaluation }), evaluation);
    return JSON.stringify(rows?.losses[0]).replace(/[^=A-Za-z0-9+/]|null|value|numerator|denominator|slice|number/g, '').length / N;
  };
  expect(await bytes({ loss: 'mse' })).toBeCloseTo(10.7, 0);
  expect(await bytes({ loss: 'nll', columnsOf: { 'log-probs': 'signed' } })).toBeCloseTo(10.7, 0);
  expect(await bytes({ loss: 'mse', weight: 'w' })).toBeCloseTo(21.4, 0);
  expect(await bytes({ loss: 'mse', by: ['region'] })).toBeCloseTo(16, 0);
});
