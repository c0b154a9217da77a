/** Masks of several classes through the whole engine: every layout gives one number, and what does not fit is refused. */
import { describe, expect, test } from 'vitest';
import { faultIn } from '../support/fault.ts';
import { type Columns, type Evaluation, evaluate, type Lists } from '../support/memory-table.ts';

/** Two images of 2 x 3 pixels and three classes; a pixel has the classes of its row and column. */
const LABELS = [
  [
    [0, 1, 2],
    [0, 0, 1],
  ],
  [
    [2, 2, 0],
    [1, 0, 2],
  ],
];
const LAST = LABELS.map((image, i) =>
  image.map((row, y) =>
    row.map((_, x) => [1, 2, 5].map((share) => ((share + i + 2 * x + y) % 5) + 1).map((p, _c, all) => p / sum(all))),
  ),
);
const first = (image: readonly (readonly (readonly number[])[])[]) =>
  [0, 1, 2].map((c) => image.map((row) => row.map((p) => p[c])));
const oneHot = (image: readonly (readonly number[])[]) =>
  image.map((row) => row.map((label) => [0, 1, 2].map((c) => (c === label ? 1 : 0))));
const flat = (lists: Lists): number[] => lists.flatMap((inner) => (typeof inner === 'number' ? [inner] : flat(inner)));

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const LOSSES = ['dice', 'jaccard', 'tversky', 'focal-tversky', 'generalized-dice', 'dice-ce', 'dice-focal'];

async function lossOf(columns: Columns, evaluation: Evaluation): Promise<number> {
  const [result] = await evaluate(columns, evaluation);
  return result.value;
}

/** What a layout is called -> columns and how they are told. Two of them must give other numbers. */
const LAYOUTS: readonly [name: string, columns: Columns, given: Partial<Evaluation>, same: boolean][] = [
  ['classes last', { target: LABELS, probs: LAST }, { params: { channels: 'last' } }, true],
  ['classes first', { target: LABELS, probs: LAST.map(first) }, { params: { channels: 'first' } }, true],
  ['one-hot, last', { target: LABELS.map(oneHot), probs: LAST }, { params: { channels: 'last' } }, true],
  ['one-hot, first', { target: LABELS.map(oneHot).map(first), probs: LAST.map(first) }, { params: { channels: 'first' } }, true],
  ['flat indices and values', { target: LABELS.map(flat), probs: LAST.map(flat) }, { params: { channels: 'last' } }, true],
  [
    'all flat',
    { target: LABELS.map((y) => flat(oneHot(y))), probs: LAST.map(flat) },
    { params: { channels: 'last' }, classes: ['3'] },
    true,
  ],
  ['an axis of one', { target: LABELS.map((y) => [y]), probs: LAST.map(first) }, { params: { channels: 'first' } }, true],
  [
    'the other axis',
    { target: LABELS.map(flat), probs: LAST.map(flat) },
    { params: { channels: 'first', multilabel: 'true' } },
    false,
  ],
  [
    'other classes',
    { target: LABELS.map((y) => y.map((row) => row.map((label) => 2 - label))), probs: LAST },
    { params: { channels: 'last' } },
    false,
  ],
];

describe.each(LOSSES)('%s', (loss) => {
  test('is the same number in every layout', async () => {
    const [[, columns, given]] = LAYOUTS;
    const expected = await lossOf(columns, { loss, ...given });
    for (const [name, other, told, same] of LAYOUTS) {
      const value = await lossOf(other, { loss, ...told });
      expect(value === expected, `${name}: ${value} and ${expected}`).toBe(same);
    }
  });

  test('pixels as rows are one image', async () => {
    const columns = { target: flat(LABELS), probs: LAST.flat(2) };
    const image = { target: [flat(LABELS)], probs: [LAST.flat(2)] };
    const pixels = await lossOf(columns, { loss, params: { channels: 'last', scope: 'image' } });
    expect(Math.abs(pixels - (await lossOf(image, { loss, params: { channels: 'last' } })))).toBeLessThan(1e-14);
  });

  test.each(['batch', 'image'])('pixels left out are as if they were not there: %s', async (scope) => {
    const holes = LABELS.map((image) => flat(image).map((label, j) => (j % 4 === 1 ? 9 : label)));
    const kept = (values: readonly (number | readonly number[])[], i: number) =>
      values.filter((_, j) => holes[i][j] !== 9) as Lists;
    const params = { channels: 'last', scope };
    const given = { loss, params: { ...params, 'ignore-index': '9' } };
    const pixels = LAST.map((image) => image.flat());
    const without = { target: LABELS.map((image, i) => kept(flat(image), i)), probs: pixels.map(kept) };
    const value = await lossOf({ target: holes, probs: pixels }, given);
    expect(value).toBe(await lossOf(without, { loss, params }));
    expect(value).not.toBe(await lossOf({ target: LABELS.map(flat), probs: pixels }, { loss, params }));
  });

  test('the same bits for any order, batch size and slice', async () => {
    const many = Array.from({ length: 40 }, (_, i) => i);
    const columns = (order: readonly number[]): Columns => ({
      target: order.map((i) => LABELS[i % 2].map((row) => row.map((label) => (label * (i + 1)) % 3))),
      probs: order.map((i) => LAST[(i >> 1) % 2]),
      region: order.map((i) => `r${i % 3}`),
    });
    for (const scope of ['batch', 'image']) {
      const evaluation = { loss, params: { channels: 'last', scope }, by: ['region'] };
      const expected = await evaluate(columns(many), evaluation);
      expect(new Set(expected.map(({ value }) => value)).size).toBe(4);
      for (const batchRows of [1, 7])
        expect(await evaluate(columns(many.toReversed()), { ...evaluation, batchRows })).toEqual(expected);
    }
  });

  test('a NaN comes out, from a label too', async () => {
    const given = { loss, params: { channels: 'last' }, nan: 'propagate' } as const;
    const spoiled = (image: number) => LABELS.map((y, i) => (i === image ? [[Number.NaN, ...y[0].slice(1)], y[1]] : y));
    expect(await lossOf({ target: spoiled(1), probs: LAST }, given)).toBeNaN();
    expect(await lossOf({ target: spoiled(2), probs: LAST }, given)).not.toBeNaN();
  });
});

describe('class indices on both sides', () => {
  const guess = LABELS.map((image) => image.map((row) => row.toReversed()));
  const names = ['sky', 'road', 'car'];

  test('are hard masks of each class', async () => {
    const hard = await lossOf({ target: LABELS, pred: guess.map(oneHot) }, { loss: 'dice', params: { channels: 'last' } });
    expect(await lossOf({ target: LABELS, pred: guess }, { loss: 'dice', classes: ['3'] })).toBe(hard);
    expect(await lossOf({ target: LABELS, pred: guess }, { loss: 'dice', classes: names })).toBe(hard);
    expect(await lossOf({ target: LABELS, pred: guess }, { loss: 'dice', classes: ['4'] })).not.toBe(hard); // class 3 is absent
  });
});

describe('the mean over classes', () => {
  const losses = async (params: Record<string, string>, target: Lists[] = LABELS) => {
    const [{ value, components, denominator }] = await evaluate(
      { target, probs: LAST },
      { loss: 'dice', params: { channels: 'last', ...params } },
    );
    return { value, components: Object.fromEntries(components ?? []), denominator };
  };
  const mean = (values: readonly number[]) => sum(values) / values.length;

  test('is that of the components beside it, with weights too', async () => {
    for (const scope of ['batch', 'image']) {
      const { value, components } = await losses({ scope });
      const each = Object.values(components);
      expect(Object.keys(components)).toEqual(['class-0', 'class-1', 'class-2']);
      expect(Math.abs(value - mean(each))).toBeLessThan(1e-15);
      const weighted = await losses({ scope, 'class-weight': '1,0,3' });
      expect(Math.abs(weighted.value - (each[0] + 3 * each[2]) / 4)).toBeLessThan(1e-15);
      const foreground = await losses({ scope, 'include-background': 'false' });
      expect(foreground.components).toEqual({ 'class-1': each[1], 'class-2': each[2] });
      expect(Math.abs(foreground.value - mean(each.slice(1)))).toBeLessThan(1e-15);
    }
  });

  test('is not there with micro', async () => {
    const { value, components } = await losses({ average: 'micro' });
    expect(components).toEqual({});
    expect(value).not.toBe((await losses({})).value);
  });

  test('takes a class that is absent as it is told', async () => {
    const none = LABELS.map((image) => image.map((row) => row.map((label) => (label === 1 ? 0 : label))));
    const [score, skip, zero] = await Promise.all(['score', 'skip', 'zero'].map((absent) => losses({ absent }, none)));
    const { 'class-0': sky, 'class-1': road, 'class-2': car } = score.components;
    expect(road).toBeGreaterThan(0.99);
    expect(Math.abs(score.value - mean([sky, road, car]))).toBeLessThan(1e-15);
    expect([skip.value, skip.denominator, skip.components]).toEqual([mean([sky, car]), 2, { 'class-0': sky, 'class-2': car }]);
    expect([zero.value, zero.denominator]).toEqual([mean([sky, 0, car]), 3]);
  });

  test('of single images leaves absent classes out one by one', async () => {
    const [one, two] = [LABELS[0].map((row) => row.map(() => 0)), LABELS[1]];
    const of = async (target: Lists[], params: Record<string, string>) =>
      (
        await evaluate({ target, probs: LAST.slice(2 - target.length) }, { loss: 'dice', params: { channels: 'last', ...params } })
      )[0];
    const { value, denominator } = await of([one, two], { scope: 'image', absent: 'skip' });
    expect(denominator).toBe(4); // one class in the first, three in the second
    const second = await of([two], { scope: 'image' });
    const firstOne = (await evaluate({ target: [one], probs: [LAST[0]] }, { loss: 'dice', params: { channels: 'last' } }))[0];
    expect(Math.abs(value - (Number(firstOne.components?.get('class-0')) + 3 * second.value) / 4)).toBeLessThan(1e-15);
  });
});

test.each(LOSSES.slice(0, 5))('%s of a slice without weight has no value, image by image', async (loss) => {
  const columns = { target: LABELS, probs: LAST, w: [0, 2], region: ['a', 'b'] };
  const params = { channels: 'last', scope: 'image' };
  const [, none, some] = await evaluate(columns, { loss, params, weight: 'w', by: ['region'] });
  expect([none.value, some.value]).toEqual([Number.NaN, expect.any(Number)]);
  expect(some.value).not.toBeNaN();
});

describe('rows of nothing but pixels left out', () => {
  const target = [
    [255, 1, 0],
    [255, 255, 255],
  ];
  const pred = [
    [1, 1, 1],
    [1, 1, 0],
  ];

  test.each(['dice', 'mcc-loss', 'lovasz-hinge'])('%s: are ignored', async (loss) => {
    const scores = loss === 'lovasz-hinge' ? { logits: pred } : { pred };
    const [result] = await evaluate({ target, ...scores }, { loss, params: { 'ignore-index': '255' } });
    const alone = Object.fromEntries(Object.entries(scores).map(([role, rows]) => [role, [rows[0].slice(1)]]));
    const [without] = await evaluate({ target: [[1, 0]], ...alone }, { loss });
    expect([result.n, result.ignored, result.value]).toEqual([1, 1, without.value]);
  });

  test('the value left out may be a label elsewhere', async () => {
    const signs = { target: [[1, -1, 0, -1]], pred: [[1, 0, 1, 1]] };
    const [result] = await evaluate(signs, { loss: 'dice', params: { 'ignore-index': '0' } });
    const [without] = await evaluate({ target: [[1, 0, 0]], pred: [[1, 0, 1]] }, { loss: 'dice' });
    expect(result.value).toBe(without.value);
  });
});

describe('refusals', () => {
  const channels = (given: 'first' | 'last') => ({ channels: given });
  test.each<[name: string, columns: Columns, given: Partial<Evaluation>, message: RegExp, hint: RegExp]>([
    ['no axis named', { target: LABELS, probs: LAST }, {}, /target has 6 values a row, --probs has 18/, /--channels first/],
    [
      'a value for each class and no axis',
      { target: LABELS, probs: LABELS.map(flat) },
      { classes: ['3'] },
      /6 values a row/,
      /--channels/,
    ],
    ['class indices alone', { target: LABELS, pred: LABELS }, {}, /2 is not in \[0, 1\]/, /--classes/],
    [
      'no number of classes',
      { target: LAST.map(flat), probs: LAST.map(flat) },
      { params: channels('last') },
      /of how many classes are the 18/,
      /--classes 3/,
    ],
    [
      'no whole pixels',
      { target: LABELS.map(flat), probs: LAST.map(flat) },
      { params: channels('last'), classes: ['4'] },
      /--probs has 18 values a row, no whole pixels of 4 classes/,
      /--channels/,
    ],
    [
      'a target of another size',
      { target: LABELS.map((y) => y[0]), probs: LAST },
      { params: channels('last') },
      /--target has 3 values a row, but --probs has 6 pixels of 3 classes/,
      /6 class indices a row, or 18 values/,
    ],
    [
      'two numbers of classes',
      { target: LABELS, probs: LAST },
      { params: channels('last'), classes: ['4'] },
      /the last axis of --probs has 3 classes, --classes has 4/,
      /agree/,
    ],
    [
      'weights of two classes',
      { target: LABELS, probs: LAST },
      { params: { ...channels('last'), 'class-weight': '1,2' } },
      /--class-weight has 2/,
      /agree/,
    ],
    [
      'counts of two classes',
      { target: LABELS, probs: LAST },
      { params: { ...channels('last'), 'class-counts': '1,2' } },
      /--class-counts has 2 values for 3 classes/,
      /one for each/,
    ],
    [
      'a mask on its side',
      {
        target: [
          [
            [1, 0, 1],
            [0, 1, 1],
          ],
        ],
        pred: [
          [
            [1, 0],
            [0, 1],
            [1, 1],
          ],
        ],
      },
      {},
      /--target is 2 x 3, --pred 3 x 2/,
      /rows come before columns/,
    ],
    [
      'an index too large',
      { target: LABELS, probs: LAST.map((x) => x.map((row) => row.map((p) => p.slice(0, 2)))) },
      { params: { ...channels('last'), multilabel: 'true' } },
      /memory:2:1: column "target": class 2 is out of range: there are 2 classes/,
      /--classes 1,2/,
    ],
    [
      'an index too large, predicted',
      { target: LABELS, pred: LABELS },
      { classes: ['2'] },
      /column "pred": class 2 is out of range/,
      /--classes 1,2/,
    ],
    [
      'a pixel that does not sum to 1',
      { target: LABELS.map(flat), probs: LAST.map(flat) },
      { params: channels('first') },
      /memory:2:2: column "probs": the 3 values of this pixel sum to/,
      /--multilabel/,
    ],
    [
      'a value of a column of its own',
      { target: [[0, 1]], p0: [0.5], p1: [0.5], p2: [1.5], p3: [0.5] },
      { params: channels('first'), columnsOf: { probs: 'p0,p1,p2,p3' } },
      /column "p2": 1.5 is not in/,
      /logits/,
    ],
    [
      'no background',
      { target: [[1, 0]], pred: [[1, 0]] },
      { params: { 'include-background': 'false' } },
      /no class for the background/,
      /--channels/,
    ],
    [
      'an index to ignore in one-hot',
      { target: LABELS.map(oneHot), probs: LAST },
      { params: { ...channels('last'), 'ignore-index': '0' } },
      /a value for each class, no index/,
      /class indices/,
    ],
    [
      'names of numbers in one-hot',
      { target: LABELS.map(oneHot), probs: LAST },
      { params: channels('last'), classes: ['1', '2', '3'] },
      /gives numbers a meaning/,
      /--classes 3/,
    ],
    [
      'weights with micro',
      { target: LABELS, probs: LAST },
      { params: { ...channels('last'), average: 'micro', 'class-weight': '1,2,3' } },
      /micro has no mean/,
      /explain/,
    ],
    [
      'positives among classes',
      { target: LABELS, probs: LAST },
      { loss: 'dice-ce', params: { ...channels('last'), 'pos-weight': '2' } },
      /have no positives/,
      /explain/,
    ],
    [
      'no class that counts',
      { target: [[0, 0]], pred: [[0, 1]] },
      { params: { absent: 'skip' } },
      /none of the 1 rows counts/,
      /explain/,
    ],
  ])('%s', async (_, columns, given, message, hint) => {
    const told = await faultIn(() => evaluate(columns, { loss: 'dice', ...given }));
    expect(told.message).toMatch(message);
    expect(told.hint).toMatch(hint);
  });

  test('but not of what fits', async () => {
    expect(
      await lossOf(
        { target: LABELS, probs: LAST },
        { loss: 'dice', params: { channels: 'last', 'class-weight': '1,2,3' }, classes: ['3'] },
      ),
    ).toBeLessThan(1);
    expect(
      await lossOf(
        {
          target: [
            [
              [1, 0],
              [1, 1],
            ],
          ],
          pred: [[1, 0, 1, 1]],
        },
        { loss: 'dice' },
      ),
    ).toBe(0);
  });
});
