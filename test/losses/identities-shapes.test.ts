/** Identities between the losses of masks, boxes and embeddings: each holds whatever the numbers are. */
import { describe, expect, it } from 'vitest';
import type { ParamValue } from '../../src/losses/define.ts';
import { evaluate } from './kernel-run.ts';
import { expectSame, named, rows } from './same.ts';

type Columns = { readonly [role: string]: readonly (number | readonly number[])[] };
type Given = Record<string, ParamValue>;

const value = (name: string, inputs: Columns, params: Given = {}) => evaluate(named(name), { inputs, params });

const wave = (n: number, width: number, phase: number) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: width }, (_, j) => Math.sin(phase + 1.3 * i + 2.1 * j * j)));

describe('masks', () => {
  const target = [
    [1, 1, 0, 0, 1],
    [0, 1, 0, 1, 0],
  ];
  const probs = [
    [0.9, 0.8, 0.2, 0.1, 0.4],
    [0.3, 0.6, 0, 1, 0.5],
  ];
  const hard = probs.map((row) => row.map((p) => (p > 0.5 ? 1 : 0)));
  const logits = [
    [2, -1, 0.5, -3, 0.25],
    [0, 4, -2, 1, -0.5],
  ];
  const pixels = { target: target.flat(), logits: logits.flat() };

  it.each(['batch', 'image'])('tversky(0.5, 0.5) is dice with twice the smooth, tversky(1, 1) is jaccard: %s', (scope) => {
    for (const smooth of [0, 1e-5, 1]) {
      const half = value('tversky', { target, probs }, { alpha: 0.5, beta: 0.5, smooth, scope });
      expectSame([half], [value('dice', { target, probs }, { smooth: 2 * smooth, scope })]);
      const whole = value('tversky', { target, probs }, { alpha: 1, beta: 1, smooth, scope });
      expectSame([whole], [value('jaccard', { target, probs }, { smooth, scope })]);
    }
  });

  it('jaccard is 2 d / (1 + d) of the dice loss d', () => {
    const d = value('dice', { target, probs }, { smooth: 0 });
    expectSame([value('jaccard', { target, probs }, { smooth: 0 })], [(2 * d) / (1 + d)]);
  });

  it('tversky weighs what is predicted by alpha: swapping the masks swaps the weights', () => {
    const swapped = value('tversky', { target: probs, pred: target }, { alpha: 0.7, beta: 0.3 });
    expectSame([value('tversky', { target, pred: probs }, { alpha: 0.3, beta: 0.7 })], [swapped]);
  });

  it('focal-tversky is a power of tversky', () => {
    const params = { alpha: 0.3, beta: 0.7 };
    const plain = value('tversky', { target, probs }, params);
    for (const gamma of [0.5, 1, 2]) {
      expectSame([value('focal-tversky', { target, probs }, { ...params, gamma })], [plain ** gamma]);
      expectSame([value('tversky', { target, probs }, { ...params, gamma })], [plain ** gamma]);
    }
  });

  it('generalized-dice of equal areas is dice of both classes', () => {
    const even = { target: [1, 1, 0, 0], pred: [0.9, 0.8, 0.2, 0.1] }; // as much foreground as background: the weights cancel
    const turned = { target: [1, 1, 0, 0, 0, 0, 1, 1], pred: [0.9, 0.8, 0.2, 0.1, 0.1, 0.2, 0.8, 0.9] };
    const expected = value('dice', turned, { smooth: 0 });
    for (const wType of ['square', 'simple', 'uniform']) {
      expectSame([value('generalized-dice', even, { smooth: 0, wType })], [expected]);
    }
  });

  it('mcc-loss of the opposite prediction is 2 less it', () => {
    const opposite = probs.map((row) => row.map((p) => 1 - p));
    expectSame([value('mcc-loss', { target, probs: opposite })], [2 - value('mcc-loss', { target, probs })]);
  });

  it('squared jaccard agrees with the plain one on hard masks', () => {
    expectSame([value('jaccard', { target, pred: hard }, { squared: true })], [value('jaccard', { target, pred: hard })]);
  });

  it('dice-ce is dice and bce-with-logits, dice-focal is dice and focal, and with gamma 0 dice-ce', () => {
    const dice = value('dice', { target, logits });
    const factors = { lambdaDice: 0.5, lambdaCe: 2 };
    const entropy = value('bce-with-logits', pixels, { posWeight: [3], labelSmoothing: 0.1 });
    expectSame(
      [value('dice-ce', { target, logits }, { ...factors, posWeight: [3], labelSmoothing: 0.1 })],
      [0.5 * dice + 2 * entropy],
    );
    expectSame([value('dice-focal', { target, logits })], [dice + value('focal', pixels, { alpha: -1 })]);
    expectSame([value('dice-focal', { target, logits }, { gamma: 0 })], [value('dice-ce', { target, logits })]);
  });

  it('lovasz-hinge of scores -1 and 1 is twice jaccard of the hard masks', () => {
    const signs = (masks: readonly (readonly number[])[]) => masks.map((row) => row.map((x) => 2 * x - 1));
    const lovasz = value('lovasz-hinge', { target: signs(target), logits: signs(hard) });
    expectSame([lovasz], [2 * value('jaccard', { target, pred: hard }, { smooth: 0 })]);
  });

  it('lovasz-hinge of one image is that of its pixels, in any order', () => {
    const many = Array.from({ length: 60 }, (_, i) => [Math.sin(7 * i) > 0 ? 1 : -1, Math.round(3 * Math.cos(i)) / 2]);
    const of = (list: readonly (readonly number[])[]) =>
      value('lovasz-hinge', { target: list.map(([t]) => t), logits: list.map(([, z]) => z) });
    expect(of(many.toReversed())).toBe(of(many));
    const image = { target: [many.map(([t]) => t)], logits: [many.map(([, z]) => z)] };
    expect(value('lovasz-hinge', image)).toBe(of(many));
  });
});

describe('boxes', () => {
  const target = [
    [2, 2, 4, 4],
    [0, 0, 1, 3],
    [0, 0, 4, 2],
  ];
  const pred = [
    [1, 1, 3, 3],
    [2, 5, 8, 9],
    [1, 0.5, 3, 1.5],
  ];
  const moved = (boxes: number[][], by: number, scale: number) => boxes.map((box) => box.map((x) => (x + by) * scale));

  it.each(['box-iou', 'diou', 'ciou', 'eiou'])('%s does not see where the boxes are, nor, without eps, how large', (name) => {
    const expected = rows(name, { target, pred }, { eps: 0 });
    for (const [by, scale] of [
      [16, 1],
      [0, 1e20],
      [0, 1e-20],
    ]) {
      expectSame(rows(name, { target: moved(target, by, scale), pred: moved(pred, by, scale) }, { eps: 0 }), expected);
    }
  });

  it('diou is box-iou for boxes of one centre, ciou and eiou are diou for boxes of one shape', () => {
    const inside = { target: [[0, 0, 4, 2]], pred: [[1, 0.5, 3, 1.5]] };
    expectSame(rows('diou', inside), rows('box-iou', inside));
    expectSame(rows('ciou', inside), rows('diou', inside));
    const same = { target: [[2, 2, 4, 4]], pred: [[1, 1, 3, 3]] };
    expectSame(rows('eiou', same), rows('diou', same));
  });

  it('giou is box-iou where the box around both is their union', () => {
    const inside = { target: [[0, 0, 4, 2]], pred: [[1, 0.5, 3, 1.5]] };
    expectSame(rows('giou', inside), rows('box-iou', inside));
  });
});

describe('pairs and triplets', () => {
  const [x1, x2, x3] = [wave(8, 3, 0), wave(8, 3, 0.4), wave(8, 3, 1.7)];
  const target = [1, -1, 1, -1, -1, 1, 1, -1];
  const distance = x1.map((a, i) => Math.hypot(...a.map((x, j) => x - x2[i][j])));
  const cosine = rows('cosine-distance', { target: x1, pred: x2 });

  it('contrastive without squares is hinge-embedding of the distances; its labels may be turned', () => {
    const params = { margin: 0.8, squared: false };
    expectSame(rows('contrastive', { x1, x2, target }, params), rows('hinge-embedding', { target, distance }, { margin: 0.8 }));
    const turned = target.map((y) => -y);
    expectSame(
      rows('contrastive', { x1, x2, target: turned }, { ...params, similar: '0' }),
      rows('contrastive', { x1, x2, target }, params),
    );
    const whole = rows('contrastive', { x1, x2, target });
    expectSame(
      rows('contrastive', { x1, x2, target }, { half: true }),
      whole.map((l) => l / 2),
    );
  });

  it('cosine-embedding is cosine-distance, and what strangers have in common', () => {
    const margin = 0.2;
    expectSame(
      rows('cosine-embedding', { x1, x2, target }, { margin }),
      cosine.map((d, i) => (target[i] > 0 ? d : Math.max(0, 1 - d - margin))),
    );
    expectSame(
      rows('cosine-distance', { target: x1, pred: x2 }, { as: 'negative-similarity' }),
      cosine.map((d) => d - 1),
      1e-12,
    );
  });

  it('cosine-distance does not see lengths', () => {
    const longer = x2.map((row, i) => row.map((x) => x * 2 ** (40 * i - 150)));
    expectSame(rows('cosine-distance', { target: x1, pred: longer }, { eps: 0 }), cosine);
  });

  it('triplet is the gap of two distances, and with cosine of two cosine distances', () => {
    const far = x1.map((a, i) => Math.hypot(...a.map((x, j) => x - x3[i][j])));
    const columns = { anchor: x1, positive: x2, negative: x3 };
    const gaps = distance.map((d, i) => d - far[i]);
    expectSame(
      rows('triplet', columns, { eps: 0, margin: 0.5 }),
      gaps.map((gap) => Math.max(0, gap + 0.5)),
      1e-12,
    );
    expectSame(
      rows('triplet', columns, { eps: 0, soft: true }),
      gaps.map((gap) => Math.log1p(Math.exp(gap))),
    );
    const other = rows('cosine-distance', { target: x1, pred: x3 });
    expectSame(
      rows('triplet', columns, { metric: 'cosine' }),
      cosine.map((d, i) => Math.max(0, d - other[i] + 1)),
    );
  });

  it('ready distances give what their embeddings give', () => {
    const [anchor, positive, negative] = [x1, x2, x1.toReversed()];
    const distances = (a: typeof x1, b: typeof x1) => a.map((row, i) => Math.hypot(...row.map((x, j) => x - b[i][j])));
    const ready = { positiveDistance: distances(anchor, positive), negativeDistance: distances(anchor, negative) };
    const wide = { margin: 3, eps: 0 }; // nothing cancels
    expectSame(rows('triplet', ready, wide), rows('triplet', { anchor, positive, negative }, wide));
    const target = x1.map((_, i) => i % 2);
    expectSame(rows('contrastive', { distance: distances(x1, x2), target }), rows('contrastive', { x1, x2, target }));
  });

  it('batch-hard-triplet of three rows is triplet', () => {
    const [a, p, n] = [x1[0], x1[1], x1[2]];
    const [first] = rows('batch-hard-triplet', { embedding: [a, p, n], target: [1, 1, 2] }, { margin: 1 });
    expectSame([first], rows('triplet', { anchor: [a], positive: [p], negative: [n] }, { eps: 0 }));
  });
});

describe('groups', () => {
  const [view1, view2] = [wave(6, 4, 0), wave(6, 4, 0.5)];
  const unit = (row: readonly number[]) => row.map((x) => x / Math.hypot(...row));
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const n = view1.length;

  it('nt-xent is cross-entropy over the 2n - 1 other views', () => {
    const z = [...view1, ...view2].map(unit);
    const others = z.map((_, i) => z.map((_row, j) => j).filter((j) => j !== i));
    const logits = z.map((a, i) => others[i].map((j) => dot(a, z[j]) / 0.5));
    const target = z.map((_, i) => others[i].indexOf((i + n) % (2 * n)));
    const each = rows('cross-entropy', { target, logits });
    expectSame(
      rows('nt-xent', { view1, view2 }),
      view1.map((_, i) => (each[i] + each[i + n]) / 2),
    );
  });

  it('nt-xent is supcon of all views, a label for each row', () => {
    const target = [...view1.keys(), ...view1.keys()];
    const each = rows('supcon', { embedding: [...view1, ...view2], target }, { temperature: 0.5 });
    expectSame(
      rows('nt-xent', { view1, view2 }),
      view1.map((_, i) => (each[i] + each[i + n]) / 2),
    );
  });

  it('nt-xent of labels is that of views and supcon where each row has one partner, and neither where it has more', () => {
    const embedding = [...view1, ...view2];
    const pairs = [...view1.keys(), ...view1.keys()];
    const of = (name: string, target: number[]) => value(name, { embedding, target }, { temperature: 0.5 });
    expectSame([of('nt-xent', pairs)], [value('nt-xent', { view1, view2 })]);
    expectSame([of('nt-xent', pairs)], [of('supcon', pairs)]);
    const threes = pairs.map((label) => label >> 1);
    expect(Math.abs(of('nt-xent', threes) - of('supcon', threes))).toBeGreaterThan(0.1); // supcon has the partners below as well
  });

  it('siglip is bce-with-logits of every pair, summed over keys', () => {
    const pairs = view1.flatMap((q, i) => view2.map((k, j) => [i === j ? 1 : 0, 10 * dot(unit(q), unit(k)) - 10]));
    const entropy = value('bce-with-logits', { target: pairs.map(([y]) => y), logits: pairs.map(([, z]) => z) });
    expectSame([value('siglip', { query: view1, key: view2 })], [n * entropy]);
  });

  it.each(['nt-xent', 'supcon', 'circle', 'multi-similarity', 'batch-hard-triplet'])(
    '%s: the names of the labels do not matter',
    (name) => {
      const target = [0, 1, 0, 1, 2, 2];
      const renamed = target.map((y) => 1e9 - 7 * y);
      expect(rows(name, { embedding: view1, target: renamed })).toEqual(rows(name, { embedding: view1, target }));
    },
  );

  it.each([
    ['nt-xent', { view1, view2 }],
    ['siglip', { query: view1, key: view2 }],
    ['vicreg', { view1, view2 }],
    ['barlow-twins', { view1, view2 }],
    ...['nt-xent', 'supcon', 'circle', 'multi-similarity', 'batch-hard-triplet'].map(
      (name) => [name, { embedding: view1, target: [0, 1, 0, 1, 2, 2] }] as const,
    ),
  ] as const)('%s gives the same bits for any order of the rows', (name, inputs) => {
    const many = Object.fromEntries(
      Object.entries(inputs as Columns).map(([role, cells]) => [
        role,
        [0, 1, 2, 3].flatMap((k) => cells.map((cell) => (typeof cell === 'number' ? cell : cell.map((x) => x + 0.37 * k * k)))),
      ]),
    );
    const count = 4 * n;
    const each = (given: Columns) => (named(name).kind === 'fold' ? [value(name, given)] : rows(name, given));
    const inOrder = each(many);
    for (const step of [5, 7, count - 1]) {
      const order = Array.from({ length: count }, (_, i) => (i * step) % count);
      const shuffled = each(Object.fromEntries(Object.entries(many).map(([role, cells]) => [role, order.map((i) => cells[i])])));
      expect(shuffled).toEqual(inOrder.length === 1 ? inOrder : order.map((i) => inOrder[i]));
    }
  });

  it('vicreg of its first term alone is mse; equal, spread and uncorrelated views cost nothing', () => {
    const alone = { simCoeff: 1, stdCoeff: 0, covCoeff: 0 };
    expectSame([value('vicreg', { view1, view2 }, alone)], [value('mse', { target: view1, pred: view2 })]);
    const square = [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ];
    expect(value('vicreg', { view1: square, view2: square })).toBe(0);
  });

  it('barlow-twins does not see the scale or place of a dimension', () => {
    const other = view2.map((row) => row.map((x, j) => x * 2 ** (10 * j) + 16));
    expectSame(
      [value('barlow-twins', { view1, view2: other }, { eps: 0 })],
      [value('barlow-twins', { view1, view2 }, { eps: 0 })],
      1e-9,
    );
  });
});

describe('margins and codes', () => {
  const logits = wave(6, 4, 0.2);
  const target = [0, 3, 1, 2, 0, 2];

  it('arcface and cosface without margin are cross-entropy of scaled cosines', () => {
    const scaled = logits.map((row) => row.map((c) => 16 * c));
    const expected = rows('cross-entropy', { target, logits: scaled });
    for (const name of ['arcface', 'cosface'])
      expectSame(rows(name, { target, logits }, { margin: 0, scale: 16 }), expected, 1e-12);
  });

  it('cosface is cross-entropy with the margin taken off', () => {
    const lowered = logits.map((row, i) => row.map((c, j) => 8 * (c - (j === target[i] ? 0.35 : 0))));
    expectSame(rows('cosface', { target, logits }, { scale: 8 }), rows('cross-entropy', { target, logits: lowered }), 1e-12);
  });

  it('gaussian-kl with a prior is that of the code in units of the prior', () => {
    const [mu, logvar, mu2, logvar2] = [wave(5, 3, 0), wave(5, 3, 1), wave(5, 3, 2), wave(5, 3, 3)];
    const scaled = mu.map((row, i) => row.map((x, j) => (x - mu2[i][j]) * Math.exp(-logvar2[i][j] / 2)));
    const relative = logvar.map((row, i) => row.map((x, j) => x - logvar2[i][j]));
    expectSame(rows('gaussian-kl', { mu, logvar, mu2, logvar2 }), rows('gaussian-kl', { mu: scaled, logvar: relative }));
    expectSame(rows('gaussian-kl', { mu, logvar, mu2: mu, logvar2: logvar }), [0, 0, 0, 0, 0], 0);
  });
});
