/** States of parts, written down and read again, give bit for bit what one pass over all rows gives. */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/engine/pass.ts';
import { resultsOf } from '../../src/engine/results.ts';
import { decodeState, type NamedState } from '../../src/engine/state/decode.ts';
import { merge } from '../../src/engine/state/merge.ts';
import { stateOf } from '../../src/engine/state/state.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { faultOf } from '../support/fault.ts';
import { joinedRows, takeRows } from '../support/golden-rows.ts';
import { type Columns, type Evaluation, outcomeOf } from '../support/memory-table.ts';

function written(name: string, { rows, finished, findings }: Outcome): string {
  const inputs = { files: [name], targets: null, where: [], rows, columns: new Map([['target', 'target']]) };
  return JSON.stringify(stateOf(finished, inputs, findings, '0.1.0'));
}

async function stateFor(name: string, columns: Columns, evaluation: Evaluation): Promise<NamedState> {
  return decodeState(name, written(name, await outcomeOf(columns, evaluation)));
}

function resultsFrom(states: readonly NamedState[]) {
  const { runs, slices, treatment } = merge(LOSSES, states);
  return resultsOf(runs, slices, treatment);
}

/** Which part each row goes to: by its group where there are groups. */
function parts(columns: Columns, count: number): number[][] {
  const keys = columns.group ? [...new Set(columns.group)] : null;
  const rows = Object.values(columns)[0].map((_, row) => row);
  const partOf = (row: number) => (keys ? keys.indexOf(columns.group[row]) : row) % count;
  return Array.from({ length: count }, (_, part) => rows.filter((row) => partOf(row) === part));
}

const WHOLE_FILE = new Set(LOSSES.filter((loss) => loss.kind === 'group' && loss.values === 'row').map(({ name }) => name));

describe('parts of the rows', () => {
  test.each(LOSSES.map(({ name }) => name))('%s', async (loss) => {
    const { columns: rows, evaluation: plain } = joinedRows(loss);
    const n = Object.values(rows)[0].length;
    const grouped = WHOLE_FILE.has(loss) && !rows.group; // rows of one label lie in one group
    const columns = grouped ? { ...rows, group: Array.from({ length: n }, (_, row) => `g${Math.floor((row * 4) / n)}`) } : rows;
    const evaluation = grouped ? { ...plain, group: 'group' } : plain;
    const whole = await outcomeOf(columns, evaluation);
    for (const count of [2, 3]) {
      const cut = parts(columns, count).filter((part) => part.length > 0);
      const states = await Promise.all(cut.map((part, k) => stateFor(`${k}`, takeRows(columns, part), evaluation)));
      expect(resultsFrom(states)).toEqual(whole.results);
      expect(resultsFrom(states.toReversed())).toEqual(whole.results);
    }
  });
});

const COLUMNS = { target: [1, 2, 3, 4], pred: [1.5, 2, 2, 8], g: ['a', 'b', 'a', 'c'] };
const half = (part: number) => takeRows(COLUMNS, part === 0 ? [0, 1] : [2, 3]);

test('what is merged is what counts: one part alone gives another value', async () => {
  const evaluation = { loss: ['mse', 'rmse'], by: ['g'] };
  const both = await Promise.all([0, 1].map((part) => stateFor(`${part}`, half(part), evaluation)));
  expect(resultsFrom(both)).toEqual((await outcomeOf(COLUMNS, evaluation)).results);
  expect(resultsFrom([both[0]])).not.toEqual(resultsFrom(both));
});

test('a merged state merges on', async () => {
  const evaluation = { loss: ['mse', 'max-error'], by: ['g'] };
  const states = await Promise.all([[0], [1, 2], [3]].map((rows, k) => stateFor(`${k}`, takeRows(COLUMNS, rows), evaluation)));
  const { inputs, warnings, ...finished } = merge(LOSSES, states.slice(0, 2));
  const first = decodeState('first', JSON.stringify(stateOf(finished, inputs, warnings, '0.1.0')));
  expect(resultsFrom([first, states[2]])).toEqual((await outcomeOf(COLUMNS, evaluation)).results);
});

describe('states that do not belong together', () => {
  test.each<[string, Evaluation, Evaluation, RegExp]>([
    ['losses', { loss: 'mse' }, { loss: 'mae' }, /losses: "\[\\?"mse\\?"\]"/],
    ['parameters', { loss: 'huber' }, { loss: 'huber', params: { delta: '2' } }, /do not belong together: huber: .*delta/],
    ['reductions', { loss: 'mse' }, { loss: 'mse', reduction: 'sum' }, /mse: .*mean.*sum/],
    ['slices', { loss: 'mse' }, { loss: 'mse', by: ['g'] }, /the slices/],
    ['missing values', { loss: 'mse' }, { loss: 'mse', nan: 'skip' }, /treatment of missing values/],
    ['groups', { loss: 'ndcg-loss', group: 'g' }, { loss: 'ndcg-loss', group: 'g' }, /the group "a" lies in "0" and in "1"/],
    ['one group', { loss: 'median-ae' }, { loss: 'median-ae' }, /all rows are one group/],
    ['a batch size', { loss: 'median-ae', groupSize: 3 }, { loss: 'median-ae', groupSize: 3 }, /no multiple of --batch-size 3/],
  ])('%s', async (_, first, second, message) => {
    const states = [await stateFor('0', half(0), first), await stateFor('1', half(1), second)];
    expect(faultOf(() => merge(LOSSES, states)).message).toMatch(message);
  });
});

describe('a file that is no state', () => {
  const valid = async () =>
    JSON.parse(written('0', await outcomeOf(COLUMNS, { loss: ['mse', 'rmse', 'vae-elbo'].slice(0, 2), by: ['g'] })));
  const withRows = async () =>
    JSON.parse(written('0', await outcomeOf(COLUMNS, { loss: 'mse', by: ['g'], weight: 'target', keepRows: true })));

  test.each([
    ['', 'its JSON is cut short or damaged'],
    ['[1]', 'it has no schema'],
    ['{"schema":"lossctl.result/v1"}', 'its schema is "lossctl.result/v1"'],
    ['{"schema":"lossctl.state/v1"}', 'state.version is missing'],
  ])('%s', (content, message) => {
    expect(faultOf(() => decodeState('x.state', content)).message).toContain(message);
  });

  test.each([
    ['sums', valid, 300],
    ['rows', withRows, 230],
  ])('whatever field is taken away or replaced, it is refused by its path: %s', async (_, make, cases) => {
    const state = await make();
    let tried = 0;
    const walk = (value: unknown, path: readonly (string | number)[]) => {
      if (path.length > 0 && !path.includes('params') && !path.includes('columns') && path.at(-1) !== 'schema') {
        for (const bad of [undefined, 'x', -1, 0.5, {}, []]) {
          if (typeof bad === typeof value && Array.isArray(bad) === Array.isArray(value) && bad !== -1 && bad !== 0.5) continue;
          if (path.includes('units') && (bad === -1 || bad === undefined)) continue; // a bin may be negative, and JSON drops what is undefined
          if (path.join() === 'groups' && Array.isArray(bad)) continue; // no group at all
          if (path.join() === 'rows' && bad === undefined) continue; // sums are enough
          const copy = structuredClone(state);
          const parent = path
            .slice(0, -1)
            .reduce((at: Record<string | number, unknown>, key) => at[key] as Record<string | number, unknown>, copy);
          parent[path.at(-1) as string] = bad;
          tried++;
          const what = `${path.join('.')} = ${JSON.stringify(bad)}`;
          expect(() => decodeState('x.state', JSON.stringify(copy)), what).toThrow('is not a state of lossctl');
        }
      }
      if (typeof value === 'object' && value !== null) for (const [key, one] of Object.entries(value)) walk(one, [...path, key]);
    };
    decodeState('x.state', JSON.stringify(state)); // as it is, it is one
    walk(state, []);
    expect(tried).toBeGreaterThan(cases);
  });
});
