/** Identities between the losses of lists, tokens, preferences and survival, and with those of labels. */
import { describe, expect, it } from 'vitest';
import type { ParamValue } from '../../src/losses/define.ts';
import { evaluate, type Rows } from './kernel-run.ts';
import { expectSame, named, rows } from './same.ts';

type Given = Record<string, ParamValue>;

function mean(name: string, inputs: Rows['inputs'], params: Given = {}): number {
  return evaluate(named(name), { inputs, params });
}

const target = [3, 0, 1, 0, 2, 4, 1];
const pred = [0.5, 1.5, 2, -1, 0.25, 3, 0.75];
const distinct = [3, 0, 1, 0.5, 2, 4, 1.5];
const pairs = target.flatMap((a, i) => target.flatMap((b, j) => (a > b ? [[i, j] as const] : [])));
const better = pairs.map(([i]) => pred[i]);
const worse = pairs.map(([, j]) => pred[j]);
const softmax = (row: readonly number[]) => {
  const exps = row.map(Math.exp);
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((e) => e / sum);
};

describe('one logistic loss of a difference', () => {
  const a = [2, 0, -700, 1e4, 3, 0.1];
  const b = [1, 0, 5, -1e4, 1e20, 0.1];
  const gap = a.map((x, i) => x - b[i]);

  it('bpr is bradley-terry, and soft-margin and bce-with-logits of the difference', () => {
    const expected = rows('bpr', { positive: a, negative: b });
    expectSame(rows('bradley-terry', { chosen: a, rejected: b }), expected, 0);
    expectSame(rows('soft-margin', { target: gap.map(() => 1), pred: gap }), expected, 0);
    expectSame(rows('bce-with-logits', { target: gap.map(() => 1), logits: gap }), expected);
  });

  it('ranknet is the mean of bpr over the pairs; with sigma it is that of scaled scores', () => {
    const scaled = (by: number) => mean('bpr', { positive: better.map((x) => by * x), negative: worse.map((x) => by * x) });
    expectSame([mean('ranknet', { target, pred })], [scaled(1)]);
    expectSame([mean('ranknet', { target, pred }, { sigma: 2 })], [scaled(2)]);
  });

  it('dpo without a reference is simpo without a margin, cpo without nll, and bradley-terry of beta times log-probabilities', () => {
    const [chosen, rejected, zero] = [
      [-10, -3, -0.5],
      [-4, -8, -0.5],
      [0, 0, 0],
    ];
    const expected = rows('dpo', { chosen, rejected, refChosen: zero, refRejected: zero }, { beta: 0.5 });
    expectSame(rows('simpo', { chosen, rejected }, { beta: 0.5, gamma: 0 }), expected, 0);
    expectSame(rows('cpo', { chosen, rejected, nll: zero }, { beta: 0.5 }), expected, 0);
    const half = (row: number[]) => row.map((x) => 0.5 * x);
    expectSame(rows('bradley-terry', { chosen: half(chosen), rejected: half(rejected) }), expected);
  });

  it('dpo: forward-kl is the alpha divergence of order 1, reverse-kl that of order 0, and smoothing a half says nothing of the order', () => {
    const inputs = { chosen: [-10, -3, -0.5], rejected: [-4, -8, -0.5], refChosen: [-9, -4, -1], refRejected: [-5, -7, -0.1] };
    const swapped = {
      ...inputs,
      chosen: inputs.rejected,
      rejected: inputs.chosen,
      refChosen: inputs.refRejected,
      refRejected: inputs.refChosen,
    };
    const of = (params: Given) => rows('dpo', inputs, params);
    expectSame(of({ fDivergence: 'alpha', alpha: 1 }), of({ fDivergence: 'forward-kl' }), 0);
    expectSame(of({ fDivergence: 'alpha', alpha: 0 }), of({}), 0);
    expectSame(of({ fDivergence: 'alpha', alpha: 1e-9 }), of({}), 1e-7);
    expectSame(of({ labelSmoothing: 0.5 }), rows('dpo', swapped, { labelSmoothing: 0.5 }));
  });

  it('kto is one half where dpo is ln 2, and the two kinds of answers mirror each other', () => {
    const [logProbs, refLogProbs] = [
      [-10, -4, -7],
      [-9, -8, -7],
    ];
    const desirable = rows('kto', { logProbs, refLogProbs, target: [1, 1, 1] });
    const undesirable = rows('kto', { logProbs, refLogProbs, target: [0, 0, 0] });
    expectSame(
      desirable.map((l, i) => l + undesirable[i]),
      [1, 1, 1],
    );
    expect(desirable[2]).toBe(0.5);
  });

  it('ipo of sums with lengths is ipo of averages', () => {
    const lengths = { chosenLength: [4, 2], rejectedLength: [8, 2] };
    const sums = { chosen: [-8, -3], rejected: [-16, -5], refChosen: [-9, -3], refRejected: [-12, -4] };
    const averages = { chosen: [-2, -1.5], rejected: [-2, -2.5], refChosen: [-2.25, -1.5], refRejected: [-1.5, -2] };
    expectSame(rows('ipo', { ...sums, ...lengths }), rows('ipo', averages), 0);
  });

  it('the estimators of a divergence agree to second order, and their mean over the policy is the divergence', () => {
    const p = [0.5, 0.3, 0.2];
    const q = [0.4, 0.4, 0.2];
    const log = (row: number[]) => row.map(Math.log);
    const weighed = (kind: string) =>
      rows('kl-estimator', { logProbs: log(p), refLogProbs: log(q) }, { kind }).reduce((sum, l, i) => sum + p[i] * l, 0);
    const [divergence] = rows('kl-div', { target: [p], probs: [q] });
    expectSame([weighed('k1'), weighed('k3')], [divergence, divergence]);
    expect(Math.abs(weighed('k2') - divergence)).toBeLessThan(0.1 * divergence);
  });
});

describe('lists', () => {
  it('pairwise-hinge is the mean of margin-ranking over the pairs', () => {
    for (const margin of [0, 0.25, 1]) {
      const each = { target: pairs.map(() => 1), x1: better, x2: worse };
      expectSame([mean('pairwise-hinge', { target, pred }, { margin })], [mean('margin-ranking', each, { margin })]);
    }
  });

  it('ranking-softmax of one relevant item is cross-entropy; normalised, that of relevance as probabilities', () => {
    const oneHot = target.map((_, i) => (i === 2 ? 1 : 0));
    expectSame(rows('ranking-softmax', { target: oneHot, pred }), rows('cross-entropy', { target: [2], logits: [pred] }));
    const sum = target.reduce((a, b) => a + b, 0);
    const shares = target.map((y) => y / sum);
    expectSame(
      rows('ranking-softmax', { target, pred }, { normalizeLabels: true }),
      rows('cross-entropy', { target: [shares], logits: [pred] }),
    );
  });

  it('listnet is cross-entropy of two softmaxes', () => {
    expectSame(rows('listnet', { target, pred }), rows('cross-entropy', { target: [softmax(target)], logits: [pred] }));
  });

  it('listmle is the partial likelihood of Cox, the best item first', () => {
    for (const y of [distinct, target]) {
      const inputs = { pred, time: y.map((x) => 10 - x), event: y.map(() => 1) };
      for (const ties of ['breslow', 'efron']) {
        expectSame(rows('listmle', { target: y, pred }, { ties }), rows('cox', inputs, { ties }), 0);
      }
    }
  });

  it('listmle of equal items by efron lies between the mean over their orders and breslow', () => {
    const scores = [0.3, 0.8, -1];
    const orders = [
      [1, 2, 3],
      [1, 3, 2],
      [2, 1, 3],
      [2, 3, 1],
      [3, 1, 2],
      [3, 2, 1],
    ];
    const each = orders.map((order) => rows('listmle', { target: order, pred: scores })[0]);
    const inEveryOrder = each.reduce((a, b) => a + b, 0) / orders.length;
    const [efron] = rows('listmle', { target: [1, 1, 1], pred: scores }, { ties: 'efron' });
    const [breslow] = rows('listmle', { target: [1, 1, 1], pred: scores });
    expect(efron).toBeGreaterThan(inEveryOrder);
    expect(efron - inEveryOrder).toBeLessThan(0.2 * (breslow - inEveryOrder));
  });

  it('listmle is cross-entropy of the best item, then of the best of the rest, and so on', () => {
    let total = 0;
    for (let rest = distinct.map((y, i) => [y, pred[i]]).sort((a, b) => b[0] - a[0]); rest.length > 1; rest = rest.slice(1)) {
      total += rows('cross-entropy', { target: [0], logits: [rest.map(([, s]) => s)] })[0];
    }
    expectSame(rows('listmle', { target: distinct, pred }), [total]);
  });

  it('lambdarank of two items is bpr times what swapping them changes of the NDCG', () => {
    const list = { target: [2, 0], pred: [0.3, 0.8] };
    const [swapped] = rows('ndcg-loss', list);
    expectSame(rows('lambdarank', list), [swapped * rows('bpr', { positive: [0.3], negative: [0.8] })[0]]);
    expectSame(rows('lambdarank', list, { log: 'binary' }), [rows('lambdarank', list)[0] / Math.LN2]);
  });

  it('ndcg-loss2pp is lambdarank and ndcg-loss2, weighed', () => {
    const of = (scheme: string) => rows('lambdarank', { target, pred }, { scheme, plusWeight: 3 })[0];
    expectSame([of('ndcg-loss2pp')], [of('lambdarank') + 3 * of('ndcg-loss2')]);
  });

  it('approx-ndcg becomes NDCG for steep sigmoids, and its two forms differ by 1', () => {
    const [exact] = rows('ndcg-loss', { target, pred });
    expectSame(rows('approx-ndcg', { target, pred }, { alpha: 1e4, oneMinus: true }), [exact]);
    expectSame(rows('approx-ndcg', { target, pred }), [rows('approx-ndcg', { target, pred }, { oneMinus: true })[0] - 1]);
  });

  it('ndcg-loss of tied scores is the mean over their orders', () => {
    const orders = [0, 1e-9].map((up) => rows('ndcg-loss', { target: [1, 3, 0], pred: [1 + up, 1 + 1e-9 - up, 5] })[0]);
    expectSame(rows('ndcg-loss', { target: [1, 3, 0], pred: [1, 1, 5] }), [(orders[0] + orders[1]) / 2]);
  });

  it('efron is breslow without ties, and never more with them', () => {
    const survival = { pred, time: distinct.map((y) => 1 + y), event: [1, 1, 0, 1, 1, 0, 1] };
    expectSame(rows('cox', survival, { ties: 'efron' }), rows('cox', survival), 0);
    const tied = { ...survival, time: target.map((y) => 1 + y) };
    expect(rows('cox', tied, { ties: 'efron' })[0]).toBeLessThan(rows('cox', tied)[0]);
  });

  const OF_SCORES = [
    'ranking-softmax',
    'listnet',
    'listmle',
    'ranknet',
    'pairwise-hinge',
    'lambdarank',
    'approx-ndcg',
    'ndcg-loss',
  ];

  it.each(OF_SCORES)('%s does not see a number that is added to all scores', (name) => {
    expectSame(rows(name, { target, pred: pred.map((s) => s + 64) }), rows(name, { target, pred }), 1e-13);
  });

  it.each([...OF_SCORES, 'cox'])('%s gives the same bits for any order of the rows, ties too', (name) => {
    const n = 60;
    const many = Array.from({ length: n }, (_, i) => ({
      y: (i * 7) % 4,
      s: Math.round(8 * Math.sin(i)) / 4,
      e: i % 3 === 0 ? -1 : 1,
    }));
    const of = (list: typeof many) => {
      const pred = list.map(({ s }) => s);
      const first = list.map(({ y }) => y);
      return rows(
        name,
        name === 'cox' ? { pred, time: first.map((y) => y + 1), event: list.map(({ e }) => e) } : { target: first, pred },
      );
    };
    const inOrder = of(many);
    for (const step of [7, 11, 59]) expect(of(many.map((_, i) => many[(i * step) % n]))).toEqual(inOrder);
  });
});

describe('tokens', () => {
  const logits = [
    [2, 0.5, -1],
    [0, 1, 0],
    [-3, 4, 10],
  ];
  const token = [0, 2, 1];

  it('token-ce is cross-entropy, perplexity its exponential, bits-per-token its value in bits', () => {
    expectSame(rows('token-ce', { target: token, logits }), rows('cross-entropy', { target: token, logits }), 0);
    const nats = mean('token-ce', { target: token, logits });
    expectSame([mean('perplexity', { target: token, logits })], [Math.exp(nats)]);
    expectSame([mean('bits-per-token', { target: token, logits })], [nats / Math.LN2]);
    expectSame([mean('bits-per-token', { target: token, logits, bytes: [4, 4, 4] })], [nats / Math.LN2 / 4]);
  });

  it('guessing has the perplexity of the vocabulary', () => {
    expectSame([mean('perplexity', { target: [3, 9], logits: [new Array(50).fill(7), new Array(50).fill(-1e4)] })], [50]);
  });

  it('z-loss with cross-entropy and coefficient 0 is token-ce, and 0 for log-probabilities', () => {
    expectSame(
      rows('z-loss', { target: token, logits }, { coef: 0, includeCe: true }),
      rows('token-ce', { target: token, logits }),
      0,
    );
    const normalised = logits.map((row) => softmax(row).map(Math.log));
    for (const value of rows('z-loss', { logits: normalised }, { coef: 1 })) expect(value).toBeLessThan(1e-28);
  });
});
