import { describe, expect, it } from 'vitest';
import { curveOf, sweepOf } from '../../src/cli/commands/explain-curve.ts';
import { plot } from '../../src/cli/render/plot.ts';
import { kebab, type Loss, type RowLoss } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { perRow, type Rows } from '../losses/kernel-run.ts';
import { evaluateRows } from '../support/memory-table.ts';

function lossNamed(name: string): Loss {
  return LOSSES.find((loss) => loss.name === name) as Loss;
}

function pictureOf(name: string): string {
  const curve = curveOf(lossNamed(name));
  return curve ? plot(curve.points, curve.x) : '';
}

const PLOTTED = LOSSES.flatMap((loss) => {
  const curve = curveOf(loss);
  return loss.kind === 'row' && curve ? [{ name: loss.name, loss, curve }] : [];
});

/** The rows at some of the points, in the roles a user names. */
function someRows(loss: RowLoss, xs: readonly number[]): { at: number[]; rows: Required<Pick<Rows, 'inputs' | 'params'>> } {
  const sweep = sweepOf(loss);
  if (!sweep) throw new Error(`${loss.name} has no sweep`);
  const at = xs.filter((x) => sweep.row(x));
  const cells = at.map((x) => sweep.row(x) ?? {});
  const roles = Object.keys(cells[0]);
  return {
    at,
    rows: { inputs: Object.fromEntries(roles.map((role) => [role, cells.map((row) => row[role])])), params: sweep.params },
  };
}

describe('the curve of a loss', () => {
  it('is there for every row loss but these', () => {
    const without = LOSSES.filter((loss) => loss.kind === 'row' && !curveOf(loss)).map(({ name }) => name);
    // Five best of two classes are always a hit; the other two have no row that suggests itself.
    expect(without).toEqual(['top-k-error', 'vae-elbo', 'ctc']);
    expect(PLOTTED.length).toBeGreaterThanOrEqual(91);
    expect(
      LOSSES.filter(({ kind }) => kind !== 'row')
        .map(curveOf)
        .filter(Boolean),
    ).toEqual([]);
  });

  it.each(PLOTTED)('$name: has points, and a picture that fits', ({ curve }) => {
    expect(curve.points.filter(([, y]) => Number.isFinite(y)).length).toBeGreaterThan(30);
    const lines = plot(curve.points, curve.x).split('\n');
    expect(lines.length).toBeLessThanOrEqual(13);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(62); // 64 in `explain`, which indents
    expect(lines.join('')).toMatch(/^[ -~]+$/);
  });

  it.each(PLOTTED)('$name: is what the kernel and the engine say of its rows', async ({ name, loss, curve }) => {
    const some = curve.points.filter((_, i) => i % 5 === 0);
    const { at, rows } = someRows(
      loss,
      some.map(([x]) => x),
    );
    const expected = at.map((x) => some.find(([other]) => other === x)?.[1]);
    expect(at.length).toBeGreaterThanOrEqual(5);
    expect(perRow(loss, rows)).toEqual(expected);

    const columns = Object.fromEntries(
      Object.entries(rows.inputs).map(([role, cells]) => [
        kebab(role),
        (cells as number[][]).map((cell) => (cell.length === 1 ? cell[0] : cell)),
      ]),
    );
    const lists = Object.entries(rows.params).filter(([, value]) => Array.isArray(value));
    const fromEngine = await evaluateRows(columns, {
      loss: name,
      params: Object.fromEntries(lists.map(([key, value]) => [kebab(key), String(value)])),
      columnsOf: Object.fromEntries(Object.keys(columns).map((role) => [role, role])),
      allowInf: true,
    });
    expect(fromEngine.map(({ values }) => (values[0] ?? Number.NaN) + 0)).toEqual(expected);
  });

  it('differs where the rows or the parameters do', () => {
    const huber = lossNamed('huber') as RowLoss;
    const { at, rows } = someRows(huber, [-3, 0, 2]);
    const ys = at.map((x) => curveOf(huber)?.points.find(([other]) => other === x)?.[1]);
    expect(perRow(huber, rows)).toEqual(ys);
    expect(perRow(huber, { ...rows, params: { delta: 2 } })).not.toEqual(ys);
  });

  it.each([
    ['mse', 'residual: pred - target'],
    ['mape', 'pred, at target 1'], // an error counts relative to the target
    ['poisson-deviance', 'pred, at target 1'],
    ['gaussian-nll', 'residual: pred - target, at var 1'],
    ['hinge', 'margin: target * pred'],
    ['focal', 'logits, at target 1'], // alpha weighs the two labels differently
    ['bce', 'probability of the true class'],
    ['hamming', 'probs, at target 1'], // the threshold itself is a no
    ['cross-entropy', 'logits of the true class - of the other'],
    ['ova-logloss', 'logits of the true class, the other at 0'], // each logit counts by itself
    ['balanced-softmax', 'logits of the true class - of the other, at class-counts 1 9'],
    ['cosine-distance', 'angle between target and pred in degrees'],
    ['contrastive', 'distance of x1 and x2, at target 0'],
    ['dpo', 'chosen - rejected, at ref-chosen -50, ref-rejected -50'],
    ['crps-quantile', 'target, at pred -1 1, quantiles 0.25 0.75'],
  ])('%s is drawn against %j', (name, x) => {
    expect(curveOf(lossNamed(name))?.x).toBe(x);
  });

  it('has nothing outside the domain', () => {
    const [first, second] = curveOf(lossNamed('gamma-deviance'))?.points ?? [];
    expect(first).toEqual([0, Number.NaN]);
    expect(second[1]).toBeCloseTo(2 * (Math.log(0.1) + 10 - 1), 12);
  });
});

/** Checked by hand: a line is half or a third of a tick, and a point stands in the third of its line that its value lies in. */
describe('the picture', () => {
  it('of mse is a parabola: 16 at 4, 4 at 2', () => {
    expect(pictureOf('mse')).toBe(
      [
        '16 +-                                       -',
        "   | '                                     '",
        "12 +  '.                                 .'",
        '   |    -                               -',
        " 8 +     '-                           -'",
        "   |       '-                       -'",
        " 4 +         '-.                 .-'",
        "   |            '-.           .-'",
        " 0 +               '''-----'''",
        '    +---------+---------+---------+---------+',
        '   -4        -2         0         2         4',
        '             residual: pred - target',
      ].join('\n'),
    );
  });

  it('of huber is a parabola to 0.5 at 1, and a line from there to 3.5 at 4', () => {
    expect(pictureOf('huber')).toBe(
      [
        '4 +',
        '  |-.                                     .-',
        "3 +  '.                                 .'",
        "  |    '-.                           .-'",
        "2 +       '.                       .'",
        "  |         '-.                 .-'",
        "1 +            '.             .'",
        "  |              '-.       .-'",
        "0 +                 '-----'",
        '   +---------+---------+---------+---------+',
        '  -4        -2         0         2         4',
        '            residual: pred - target',
      ].join('\n'),
    );
  });

  it('of hinge falls to 0 at 1', () => {
    expect(pictureOf('hinge')).toBe(
      [
        '6 +',
        '  |',
        "  |''-.",
        "4 +    '-.",
        "  |       '-.",
        "  |          ''-.",
        "2 +              '-.",
        "  |                 '-.",
        "  |                    ''-.",
        "0 +                        '----------------",
        '   +---------+---------+---------+---------+',
        '  -4        -2         0         2         4',
        '             margin: target * pred',
      ].join('\n'),
    );
  });
});
