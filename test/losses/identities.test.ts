/** Identities between losses, and between scales of one loss: each holds whatever the numbers are. */
import { describe, expect, it } from 'vitest';
import type { ParamValue } from '../../src/losses/define.ts';
import { evaluate } from './kernel-run.ts';
import { expectSame, named, rows } from './same.ts';

type Columns = { readonly [role: string]: readonly (number | readonly number[])[] };

const target = [0, 3, -0.5, 2, 7, 1e4, -2, 0.1, 0];
const pred = [0.5, 2.5, 0, 2, 8, 1e20, 5, 0.1000001, -1e-8];
const LOGITS = [
  [2, 0.5, -1],
  [0, 1, 0],
  [-3, 4, 10],
  [1e4, 0, -1e4],
  [0.1, 0.1, 0.1],
];
const CLASS = [0, 2, 1, 0, 2];
const softmax = (row: readonly number[]) => {
  const top = Math.max(...row);
  const exps = row.map((z) => Math.exp(z - top));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((e) => e / sum);
};

describe('regression', () => {
  it.each([0.1, 1, 2.5, 100])('huber(delta) = delta smooth-l1(beta = delta) at %d', (delta) => {
    expectSame(
      rows('huber', { target, pred }, { delta }),
      rows('smooth-l1', { target, pred }, { beta: delta }).map((l) => delta * l),
    );
  });

  it('huber with a huge delta is half of mse', () => {
    expectSame(
      rows('huber', { target, pred }, { delta: 1e30 }),
      rows('mse', { target, pred }).map((l) => l / 2),
    );
  });

  it('smooth-l1 with beta 0 is mae', () => {
    expectSame(rows('smooth-l1', { target, pred }, { beta: 0 }), rows('mae', { target, pred }), 0);
  });

  it('quantile 0.5 is half of mae', () => {
    expectSame(
      rows('quantile', { target, pred }, { q: 0.5 }),
      rows('mae', { target, pred }).map((l) => l / 2),
      0,
    );
  });

  it('quantiles q and 1 - q add up to mae', () => {
    const low = rows('quantile', { target, pred }, { q: 0.25 });
    const high = rows('quantile', { target, pred }, { q: 0.75 });
    expectSame(
      low.map((l, i) => l + high[i]),
      rows('mae', { target, pred }),
    );
  });

  it('rmse is the root of mse; flat and uniform agree for one element', () => {
    const root = Math.sqrt(evaluate(named('mse'), { inputs: { target, pred } }));
    for (const multioutput of ['uniform', 'flat']) {
      expectSame([evaluate(named('rmse'), { inputs: { target, pred }, params: { multioutput } })], [root]);
    }
  });

  it('mape times 100 is in percent, and with a target of 1 it is mae', () => {
    const ones = target.map(() => 1);
    expectSame(rows('mape', { target: ones, pred }), rows('mae', { target: ones, pred }), 0);
    expectSame(
      rows('mape', { target: ones, pred }, { percent: true }),
      rows('mape', { target: ones, pred }).map((l) => 100 * l),
    );
  });

  it('msle is mse of logarithms', () => {
    const [a, b] = [
      [1, 10, 0, 3],
      [2, 5, 7, 100],
    ];
    const log = (values: readonly number[]) => values.map(Math.log1p);
    expectSame(rows('msle', { target: a, pred: b }), rows('mse', { target: log(a), pred: log(b) }));
  });

  it('poisson-nll of a log rate is that of the rate', () => {
    const [counts, rates] = [
      [0, 1, 4, 9],
      [0.5, 2, 3, 20],
    ];
    for (const constant of [{ full: false }, { full: true }, { full: true, factorial: 'lgamma' }]) {
      const ofRate = rows('poisson-nll', { target: counts, pred: rates }, { logInput: false, eps: 0, ...constant });
      expectSame(rows('poisson-nll', { target: counts, pred: rates.map(Math.log) }, constant), ofRate);
    }
  });

  it('gaussian-nll is the same for a variance, its root and its logarithm, and with variance 1 half of mse', () => {
    const std = [0.5, 1, 2, 3, 0.1, 10, 1e3, 4, 1e-2];
    const byVar = rows('gaussian-nll', { target, pred, var: std.map((s) => s * s) });
    expectSame(rows('gaussian-nll', { target, pred, std }), byVar);
    expectSame(rows('gaussian-nll', { target, pred, logvar: std.map((s) => 2 * Math.log(s)) }), byVar);
    expectSame(
      rows('gaussian-nll', { target, pred, var: std.map(() => 1) }),
      rows('mse', { target, pred }).map((l) => l / 2),
    );
  });
});

describe('labels', () => {
  const label = [1, 0, 1, 0, 0.3];
  const z = [2, -1, -0.5, 3, 0.7];
  const p = z.map((x) => 1 / (1 + Math.exp(-x)));

  it('bce of probabilities, bce of logits and bce-with-logits of either are one', () => {
    const expected = rows('bce-with-logits', { target: label, logits: z });
    expectSame(rows('bce', { target: label, logits: z }), expected, 0);
    expectSame(rows('bce', { target: label, probs: p }), expected);
    expectSame(rows('bce-with-logits', { target: label, probs: p }), expected);
  });

  it('bce-with-logits is cross-entropy of two classes with logits 0 and z', () => {
    const pairs = z.map((x) => [0, x]);
    const expected = rows('bce-with-logits', { target: label, logits: z });
    expectSame(rows('cross-entropy', { target: label.map((y) => [1 - y, y]), logits: pairs }), expected);
    const hard = [1, 0, 1, 0];
    expectSame(rows('cross-entropy', { target: hard, logits: pairs.slice(0, 4) }), expected.slice(0, 4));
  });

  it('a weight of 1 for positives and no smoothing change nothing', () => {
    const expected = rows('bce-with-logits', { target: label, logits: z });
    expectSame(rows('bce-with-logits', { target: label, logits: z }, { posWeight: [1], labelSmoothing: 0 }), expected, 0);
  });

  it('hinge with labels 0/1 is that with -1/+1', () => {
    const scores = [0.2, 0.4, 1.2];
    expectSame(rows('hinge', { target: [1, 0, 1], pred: scores }), rows('hinge', { target: [1, -1, 1], pred: scores }), 0);
  });
});

describe('distributions', () => {
  it('cross-entropy of equal logits is ln C', () => {
    for (const classes of [2, 3, 10, 1000]) {
      for (const z of [0, -1e4, 1e20]) {
        expectSame(rows('cross-entropy', { target: [1], logits: [new Array(classes).fill(z)] }), [Math.log(classes)]);
      }
    }
  });

  it('cross-entropy is the same from logits, probabilities and log-probabilities', () => {
    const tame = LOGITS.slice(0, 3);
    const expected = rows('cross-entropy', { target: CLASS.slice(0, 3), logits: tame }, { labelSmoothing: 0.1 });
    const probs = tame.map(softmax);
    const given = { labelSmoothing: 0.1 };
    expectSame(rows('cross-entropy', { target: CLASS.slice(0, 3), probs }, given), expected);
    expectSame(
      rows('cross-entropy', { target: CLASS.slice(0, 3), logProbs: probs.map((row) => row.map(Math.log)) }, given),
      expected,
    );
  });

  it('adding a number to all logits changes nothing', () => {
    const shifted = LOGITS.map((row) => row.map((z) => z + 64));
    expectSame(rows('cross-entropy', { target: CLASS, logits: shifted }), rows('cross-entropy', { target: CLASS, logits: LOGITS }));
  });

  it('index and one-hot targets give the same rows, and with class weights another mean', () => {
    const oneHot = CLASS.map((y) => [0, 1, 2].map((c) => (c === y ? 1 : 0)));
    const params = { classWeight: [1, 2, 3] };
    expectSame(
      rows('cross-entropy', { target: oneHot, logits: LOGITS }, params),
      rows('cross-entropy', { target: CLASS, logits: LOGITS }, params),
      0,
    );
    const mean = (t: Columns[string]) => evaluate(named('cross-entropy'), { inputs: { target: t, logits: LOGITS }, params });
    expectSame([mean(oneHot) * CLASS.length], [mean(CLASS) * (1 + 3 + 2 + 1 + 3)]);
  });

  it('kl-div is cross-entropy less the entropy of the target', () => {
    const p = [
      [0.7, 0.2, 0.1],
      [0.25, 0.25, 0.5],
      [0, 1, 0],
    ];
    const logits = LOGITS.slice(0, 3);
    const entropy = p.map((row) => -row.reduce((sum, x) => sum + (x === 0 ? 0 : x * Math.log(x)), 0));
    const ce = rows('cross-entropy', { target: p, logits });
    expectSame(
      rows('kl-div', { target: p, logits }),
      ce.map((l, i) => l - entropy[i]),
      1e-12,
    );
  });

  it('kl-div: batchmean is C times mean, reverse swaps, bits are nats over ln 2, logarithms say the same', () => {
    const p = [
      [0.7, 0.2, 0.1],
      [0.25, 0.25, 0.5],
    ];
    const q = [
      [0.6, 0.3, 0.1],
      [0.1, 0.1, 0.8],
    ];
    const log = (table: readonly number[][]) => table.map((row) => row.map(Math.log));
    const at = (reduction: string) => evaluate(named('kl-div'), { inputs: { target: p, probs: q } }, reduction);
    expectSame([at('batchmean')], [3 * at('mean')]);
    const forward = rows('kl-div', { target: p, probs: q });
    expectSame(rows('kl-div', { target: q, probs: p }, { direction: 'reverse' }), forward);
    expectSame(
      rows('kl-div', { target: p, probs: q }, { base: 2 }),
      forward.map((l) => l / Math.LN2),
    );
    expectSame(rows('kl-div', { target: log(p), logProbs: log(q) }, { logTarget: true }), forward, 1e-12);
    expectSame(rows('kl-div', { target: p, logits: log(q) }), forward, 1e-12);
  });
});

describe('masks, boxes, embeddings', () => {
  const masks = {
    target: [
      [1, 1, 0, 0],
      [0, 1, 0, 1],
    ],
    pred: [
      [0.9, 0.8, 0.2, 0.1],
      [0.3, 0.6, 0, 1],
    ],
  };
  const diceOf = (inputs: Columns, params: Record<string, ParamValue> = {}) => evaluate(named('dice'), { inputs, params });

  it('dice of images over the batch is that of their pixels', () => {
    expectSame([diceOf({ target: masks.target.flat(), pred: masks.pred.flat() })], [diceOf(masks)]);
  });

  it('dice of one image is the same by batch and by image; of several images it is their mean', () => {
    const [first, second] = [0, 1].map((i) => diceOf({ target: [masks.target[i]], pred: [masks.pred[i]] }));
    expectSame([diceOf({ target: [masks.target[0]], pred: [masks.pred[0]] }, { scope: 'image' })], [first]);
    expectSame([diceOf(masks, { scope: 'image' })], [(first + second) / 2]);
  });

  it('dice of logits is that of their sigmoids', () => {
    const logits = [
      [2, -1, 0.5, -3],
      [0, 4, -2, 1],
    ];
    const probs = logits.map((row) => row.map((z) => 1 / (1 + Math.exp(-z))));
    expectSame([diceOf({ target: masks.target, logits })], [diceOf({ target: masks.target, probs })]);
  });

  it('squared and plain dice agree on hard masks', () => {
    const hard = {
      target: masks.target,
      pred: [
        [1, 0, 0, 1],
        [0, 1, 0, 1],
      ],
    };
    expectSame([diceOf(hard, { squared: true })], [diceOf(hard)]);
  });

  it('giou does not see where the boxes are, nor, without eps, how large', () => {
    const [a, b] = [
      [
        [2, 2, 4, 4],
        [0, 0, 1, 3],
      ],
      [
        [1, 1, 3, 3],
        [2, 5, 8, 9],
      ],
    ];
    const moved = (boxes: number[][], by: number, scale: number) => boxes.map((box) => box.map((x) => (x + by) * scale));
    const expected = rows('giou', { target: a, pred: b }, { eps: 0 });
    expectSame(rows('giou', { target: moved(a, 16, 1), pred: moved(b, 16, 1) }, { eps: 0 }), expected);
    expectSame(rows('giou', { target: moved(a, 0, 1e20), pred: moved(b, 0, 1e20) }, { eps: 0 }), expected);
  });

  const query = [
    [1, 0.2],
    [-0.3, 0.8],
    [0.5, 0.5],
    [-1, -0.4],
  ];
  const key = [
    [0.9, 0.1],
    [-0.1, 1],
    [0.7, 0.2],
    [-0.8, 0.1],
  ];

  it('info-nce is cross-entropy of the similarities', () => {
    const logits = query.map((q) => key.map((k) => (q[0] * k[0] + q[1] * k[1]) / 0.5));
    const params = { similarity: 'dot', temperature: 0.5 };
    expectSame(rows('info-nce', { query, key }, params), rows('cross-entropy', { target: [0, 1, 2, 3], logits }));
  });

  it('info-nce with the other keys as negatives is that of the group', () => {
    const negatives = key.map((_, i) => key.filter((_key, j) => j !== i).flat());
    expectSame(rows('info-nce', { query, key, negatives }), rows('info-nce', { query, key }));
  });

  it('symmetric info-nce is the mean of both directions', () => {
    const forward = rows('info-nce', { query, key });
    const back = rows('info-nce', { query: key, key: query });
    expectSame(
      rows('info-nce', { query, key }, { symmetric: true }),
      forward.map((l, i) => (l + back[i]) / 2),
    );
  });

  it.each([false, true])('info-nce gives the same bits for any order of the rows, symmetric %s', (symmetric) => {
    const many = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(3 * i), Math.sin(7 * i) / 3]);
    const partners = Array.from({ length: 40 }, (_, i) => [Math.sin(i + 0.3), Math.cos(3 * i - 0.2), 0.1]);
    const inOrder = rows('info-nce', { query: many, key: partners }, { symmetric });
    for (const step of [3, 7, 39]) {
      const order = many.map((_, i) => (i * step) % 40);
      const shuffled = rows('info-nce', { query: order.map((i) => many[i]), key: order.map((i) => partners[i]) }, { symmetric });
      expect(shuffled).toEqual(order.map((i) => inOrder[i]));
    }
  });

  it('info-nce of n unrelated rows with equal similarities is ln n', () => {
    expectSame(
      rows('info-nce', { query, key: query.map(() => [0, 0]) }),
      query.map(() => Math.log(4)),
    );
  });
});
