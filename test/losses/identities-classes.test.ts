/** Identities between losses of labels, classes and distributions: each holds whatever the numbers are. */
import { describe, expect, it } from 'vitest';
import { evaluate } from './kernel-run.ts';
import { expectSame, named, rows } from './same.ts';

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

describe('losses of labels and classes that are one', () => {
  const label = [1, 0, 1, 0, 0, 1];
  const z = [2, -1, -0.5, 3, -1e4, 1e4];
  const pm1 = label.map((y) => 2 * y - 1);
  const tame = LOGITS.slice(0, 3);
  const tameClass = CLASS.slice(0, 3);

  it('soft-margin of -1/+1 is bce-with-logits of 0/1', () => {
    expectSame(rows('soft-margin', { target: pm1, pred: z }), rows('bce-with-logits', { target: label, logits: z }));
  });

  it('multilabel-soft-margin is the mean of a row of bce-with-logits', () => {
    const inputs = { target: [label.slice(0, 3), label.slice(3)], logits: [z.slice(0, 3), z.slice(3)] };
    expectSame(rows('multilabel-soft-margin', inputs), rows('bce-with-logits', inputs));
  });

  it('multilabel-margin is the same of labels and of the list of those that are true', () => {
    const pred = [z.slice(0, 4), z.slice(0, 4), z.slice(0, 4)];
    const marked = {
      target: [
        [1, 0, 1, 0],
        [0, 0, 0, 1],
        [0, 0, 0, 0],
      ],
      pred,
    };
    const listed = {
      target: [
        [2, 0, -1, 3],
        [3, -1, -1, -1],
        [-1, 0, 1, 2],
      ],
      pred,
    };
    expectSame(rows('multilabel-margin', listed, { indexTarget: true }), rows('multilabel-margin', marked), 0);
  });

  it('focal with gamma 0 and without alpha is bce-with-logits; asymmetric without clip is focal without alpha', () => {
    const inputs = { target: label, logits: z };
    expectSame(rows('focal', inputs, { gamma: 0, alpha: -1 }), rows('bce-with-logits', inputs));
    expectSame(
      rows('asymmetric', inputs, { gammaNeg: 2, gammaPos: 2, clip: 0, eps: 0 }),
      rows('focal', inputs, { gamma: 2, alpha: -1 }),
    );
  });

  it('focal of two classes is softmax-focal of the logits 0 and z', () => {
    expectSame(
      rows('softmax-focal', { target: label, logits: z.map((x) => [0, x]) }),
      rows('focal', { target: label, logits: z }, { alpha: -1 }),
    );
  });

  it('perceptron is hinge with margin 0, squared-hinge the square of hinge, crammer-singer of (0, s) hinge', () => {
    const inputs = { target: pm1, pred: z };
    expectSame(rows('perceptron', inputs), rows('hinge', inputs, { margin: 0 }), 0);
    expectSame(
      rows('squared-hinge', inputs),
      rows('hinge', inputs).map((l) => l * l),
      0,
    );
    expectSame(rows('crammer-singer', { target: label, pred: z.map((x) => [0, x]) }), rows('hinge', inputs));
    expectSame(
      rows('multi-margin', { target: label, pred: z.map((x) => [0, x]) }).map((l) => 2 * l),
      rows('hinge', inputs),
    );
  });

  it('sparsemax is multiclass-sparsemax of the scores (0, z)', () => {
    const scores = [...z, 0.3, -0.99, 1];
    const target = [...label, 1, 1, 0];
    expectSame(
      rows('multiclass-sparsemax', { target, logits: scores.map((x) => [0, x]) }),
      rows('sparsemax', { target, logits: scores }),
      1e-12,
    );
  });

  it('multiclass-sparsemax is the Fenchel-Young loss: the largest of <p, s> - |p|^2 / 2 over all distributions, less that of the class', () => {
    const s = [0.4, -0.2, 0.1];
    let largest = Number.NEGATIVE_INFINITY;
    const steps = 600;
    for (let i = 0; i <= steps; i++) {
      for (let j = 0; i + j <= steps; j++) {
        const p = [i / steps, j / steps, (steps - i - j) / steps];
        largest = Math.max(
          largest,
          p.reduce((sum, x, c) => sum + x * s[c] - (x * x) / 2, 0),
        );
      }
    }
    for (const y of [0, 1, 2])
      expect(rows('multiclass-sparsemax', { target: [y], logits: [s] })[0]).toBeCloseTo(largest - s[y] + 0.5, 5);
  });

  it('nll of log-softmax, softmax-focal with gamma 0, gce with q 0, poly1 with epsilon 0 and distillation with alpha 0 are cross-entropy', () => {
    const inputs = { target: tameClass, logits: tame };
    const expected = rows('cross-entropy', inputs);
    const logProbs = tame.map((row) => softmax(row).map(Math.log));
    expectSame(rows('nll', { target: tameClass, logProbs }), expected, 1e-12);
    expectSame(rows('softmax-focal', inputs, { gamma: 0 }), expected);
    expectSame(rows('gce', inputs, { q: 0 }), expected);
    expectSame(rows('poly1', inputs, { epsilon: 0 }), expected);
    expectSame(rows('distillation', { ...inputs, teacherLogits: LOGITS.slice(1, 4) }, { alpha: 0 }), expected);
  });

  it('distillation with alpha 1 is kl-div of the softened distributions', () => {
    const [teacher, student] = [tame.map((row) => row.map((x) => x / 2)), LOGITS.slice(1, 4).map((row) => row.map((x) => x / 2))];
    expectSame(
      rows('distillation', { logits: LOGITS.slice(1, 4), teacherLogits: tame }, { alpha: 1 }),
      rows('kl-div', { target: teacher.map(softmax), logits: student }).map((l) => 4 * l),
      1e-12,
    );
  });

  it('generalized-kl of distributions is kl-div; js-div is the mean of both from the middle', () => {
    const p = tame.map(softmax);
    const q = LOGITS.slice(1, 4).map(softmax);
    const middle = p.map((row, i) => row.map((x, c) => (x + q[i][c]) / 2));
    const [toP, toQ] = [p, q].map((each) => rows('kl-div', { target: each, probs: middle }));
    expectSame(rows('generalized-kl', { target: p, probs: q }), rows('kl-div', { target: p, probs: q }), 1e-12);
    expectSame(
      rows('js-div', { target: p, probs: q }),
      toP.map((l, i) => (l + toQ[i]) / 2),
      1e-12,
    );
  });

  it('rps of two classes, brier of two columns and brier of one probability are one', () => {
    const probs = [0.9, 0.3, 0.5, 0, 1, 1];
    const expected = rows('brier', { target: label, probs });
    const columns = probs.map((p) => [1 - p, p]);
    expectSame(rows('brier', { target: label, probs: columns }), expected);
    expectSame(rows('rps', { target: label, probs: columns }), expected);
    expectSame(rows('brier', { target: label, logits: z }), rows('rps', { target: label, logits: z.map((x) => [0, x]) }));
  });

  it('zero-one of scores is top-k-error where no scores are equal, and hamming of one label', () => {
    const scores = LOGITS.slice(0, 4);
    const target = CLASS.slice(0, 4);
    for (const k of [1, 2, 3]) {
      expectSame(
        rows('zero-one', { target, logits: scores }, { topK: k }),
        rows('top-k-error', { target, pred: scores }, { k }),
        0,
      );
    }
    expectSame(rows('zero-one', { target: label, logits: z }), rows('hamming', { target: label, logits: z }), 0);
  });

  it('mce is at least ece; both are the gap of the means with one bin', () => {
    const probs = [0.9, 0.3, 0.5, 0.05, 0.2, 0.99];
    const of = (name: string, bins: number) => evaluate(named(name), { inputs: { target: label, probs }, params: { bins } });
    expect(of('mce', 15)).toBeGreaterThanOrEqual(of('ece', 15));
    expectSame([evaluate(named('ece'), { inputs: { target: label, probs }, params: { norm: 'max' } })], [of('mce', 15)], 0);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expectSame([of('ece', 1), of('mce', 1)], new Array(2).fill(Math.abs(mean(label) - mean(probs))));
  });

  it('coverage-error is the number of true labels exactly where nothing is ranked wrongly', () => {
    const target = [
      [1, 0, 1],
      [1, 0, 1],
    ];
    const pred = [
      [3, 1, 2],
      [3, 2, 1],
    ];
    expectSame(rows('coverage-error', { target, pred }), [2, 3], 0);
    expectSame(rows('label-ranking-loss', { target, pred }), [0, 0.5], 0);
  });
});
