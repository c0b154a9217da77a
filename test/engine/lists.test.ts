/** Losses with one value for a list: lists by a column, their mean, what leaves it, and what is refused. */
import { describe, expect, it } from 'vitest';
import { faultIn } from '../support/fault.ts';
import { evaluate, evaluateRows } from '../support/memory-table.ts';

const columns = {
  query: ['a', 'b', 'a', 'b', 'a', 'c', 'c'],
  target: [1, 0, 0, 3, 2, 0, 0],
  pred: [0.5, 2, 1.5, 1, 2, 4, 5],
};
const lists = (loss: string, more = {}) => evaluate(columns, { loss, group: 'query', ...more });
const list = async (loss: string, query: string, reduction: 'mean' | 'sum' = 'mean') => {
  const rows = columns.query.flatMap((name, i) => (name === query ? [i] : []));
  const part = { target: rows.map((i) => columns.target[i]), pred: rows.map((i) => columns.pred[i]) };
  return (await evaluate(part, { loss, reduction }))[0].value;
};

describe('lists', () => {
  it('count the same in the mean', async () => {
    const [result] = await lists('listnet');
    const each = [await list('listnet', 'a'), await list('listnet', 'b'), await list('listnet', 'c')];
    expect(result.value).toBeCloseTo((each[0] + each[1] + each[2]) / 3, 14);
    expect(result.denominator).toBe(3);
    expect(result.groups).toEqual({ count: 3, smallest: 2, largest: 3 });
  });

  it('count by their pairs where the mean is one over pairs', async () => {
    const [result] = await lists('ranknet');
    const sums = [await list('ranknet', 'a', 'sum'), await list('ranknet', 'b', 'sum')];
    expect(result.value).toBeCloseTo((sums[0] + sums[1]) / 4, 14);
    expect(result.denominator).toBe(4);
  });

  it('without relevance are perfect, nothing, or left out, as --empty says', async () => {
    const [a, b] = [await list('ndcg-loss', 'a'), await list('ndcg-loss', 'b')];
    const value = async (empty: string) => (await lists('ndcg-loss', { params: { empty } }))[0].value;
    expect(await value('1')).toBeCloseTo((a + b) / 3, 14);
    expect(await value('0')).toBeCloseTo((a + b + 1) / 3, 14);
    expect(await value('skip')).toBeCloseTo((a + b) / 2, 14);
  });

  it('are printed at their first row', async () => {
    const rows = await evaluateRows(columns, { loss: 'pairwise-hinge', group: 'query' });
    expect(rows.map(({ values }) => values[0])).toEqual([2.5, 2, null, null, null, 0, null]);
  });

  it('without a column are one list', async () => {
    const [result] = await evaluate(columns, { loss: 'listmle' });
    expect(result.groups).toEqual({ count: 1, smallest: 7, largest: 7 });
  });

  it('refuse relevance that no gain of 2^y fits, and say what to do', async () => {
    const graded = { target: [100, 0], pred: [1, 2] };
    expect((await faultIn(() => evaluate(graded, { loss: 'ndcg-loss' }))).hint).toContain('--gain linear');
    expect((await evaluate(graded, { loss: 'ndcg-loss', params: { gain: 'linear' } }))[0].status).toBe('ok');
  });
});

describe('strata of survival times', () => {
  const survival = { pred: [0.5, -1, 2, 1], time: [1, 2, 3, 1], event: [1, 0, 1, 0], clinic: ['x', 'x', 'x', 'y'] };

  it('divide by the events of all of them', async () => {
    const [result] = await evaluate(survival, { loss: 'cox', group: 'clinic' });
    expect(result.value).toBeCloseTo(0.8706556483285786, 14);
    expect(result.denominator).toBe(2);
  });

  it('have no value without an event, and no time of 0', async () => {
    const never = { ...survival, event: [0, 0, 0, 0] };
    expect((await faultIn(() => evaluate(never, { loss: 'cox' }))).message).toContain('its denominator is 0');
    expect((await faultIn(() => evaluate({ ...survival, time: [0, 1, 2, 3] }, { loss: 'cox' }))).message).toContain('above 0');
  });
});

describe('preferences', () => {
  const answers = { chosen: [-10, -20], rejected: [-12, -15], ref_chosen: [-11, -20], ref_rejected: [-11, -15] };

  it('find their columns by the usual names', async () => {
    expect((await evaluate(answers, { loss: 'dpo' }))[0].value).toBeCloseTo((0.5981388693815919 + Math.LN2) / 2, 14);
  });

  it('refuse log-probabilities above 0, and one length without the other', async () => {
    expect((await faultIn(() => evaluate({ ...answers, chosen: [10, 20] }, { loss: 'dpo' }))).message).toContain('at most 0');
    const columnsOf = { 'chosen-length': 'length' };
    const fault = await faultIn(() => evaluate({ ...answers, length: [3, 4] }, { loss: 'simpo', columnsOf }));
    expect(fault.message).toContain('go together');
  });
});
