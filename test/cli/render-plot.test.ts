import { describe, expect, it } from 'vitest';
import { plot } from '../../src/cli/render/plot.ts';

/** The picture of y over -10 to 10, without the three lines of its x axis. */
function picture(y: (x: number) => number): string[] {
  const points = Array.from({ length: 21 }, (_, i) => [i - 10, y(i - 10)] as const);
  return plot(points, 'x').split('\n').slice(0, -3);
}

/** The lines that hold points, without what stands left of the axis. */
function drawn(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^ *[-.e\d]* [+|]/, '')).filter((line) => line !== '');
}

/** Ticks as numbers, from the top. */
function ticksOf(lines: readonly string[]): number[] {
  return lines.flatMap((line) => /^ *(\S+) \+/.exec(line)?.[1] ?? []).map(Number);
}

describe('plot', () => {
  it('puts the ticks of both axes beside what they measure', () => {
    const points = Array.from({ length: 9 }, (_, i) => [i / 2, i] as const);
    expect(plot(points, 'x of something')).toBe(
      [
        '8 +        -',
        '  |       -',
        '6 +      -',
        '  |     -',
        '4 +    -',
        '  |   -',
        '2 +  -',
        '  | -',
        '0 +-',
        '   +-+-+-+-+',
        '   0 1 2 3 4',
        'x of something',
      ].join('\n'),
    );
  });

  it('tells three heights within a line apart', () => {
    expect(picture((x) => (x + 10) / 3).filter((line) => line.startsWith('4'))).toEqual(["4 +           .-'"]);
  });

  it.each([
    ['3', 3, [6, 4, 2, 0], "'".repeat(21)],
    ['-2e9', -2e9, [0, -1e9, -2e9, -3e9, -4e9], '-'.repeat(21)],
    ['0', 0, [1, 0.5, 0, -0.5, -1], '-'.repeat(21)],
  ])('draws a flat curve at %s as a line', (_, value, ticks, line) => {
    const lines = picture(() => value);
    expect(ticksOf(lines)).toEqual(ticks);
    expect(drawn(lines)).toEqual([line]);
  });

  it('draws what rounding makes of a flat curve as a line, and a slope of a thousandth as a slope', () => {
    expect(drawn(picture((x) => 1 + 1e-15 * x))).toHaveLength(1);
    expect(drawn(picture((x) => 1 + 1e-3 * x)).length).toBeGreaterThan(6);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('leaves a gap where a value is %s', (value) => {
    const line = `${'-'.repeat(10)} ${'-'.repeat(10)}`;
    expect(drawn(picture((x) => (x === 0 ? value : 1)))).toEqual([line]);
  });

  it('draws nothing where no value is finite', () => {
    expect(drawn(picture(() => Number.NaN))).toEqual([]);
  });

  it('measures a curve on one side by that side', () => {
    const lines = picture((x) => (x < 0 ? Number.POSITIVE_INFINITY : x));
    expect(ticksOf(lines)).toEqual([10, 7.5, 5, 2.5, 0]);
    expect(lines[0]).toBe(' 10 +                    -');
    expect(lines.at(-1)).toBe('  0 +          -');
  });

  it('marks what lies far outside the range of the middle, and keeps what lies near', () => {
    const far = picture((x) => (Math.abs(x) === 10 ? Math.sign(x) * 1000 : x));
    expect(ticksOf(far)).toEqual([10, 5, 0, -5, -10]);
    expect(far[0]).toMatch(/^ 10 \+ +\.\^$/);
    expect(far.at(-1)).toMatch(/^-10 \+v'$/);
    const near = picture((x) => (Math.abs(x) === 10 ? Math.sign(x) * 50 : x));
    expect(near.join('')).not.toMatch(/[v^]/);
  });

  it('survives the ends of float64', () => {
    expect(picture((x) => (x === 0 ? 0 : Math.sign(x) * Number.MAX_VALUE)).join('')).toContain('^'.repeat(10));
    expect(ticksOf(picture((x) => 5e-324 * x))).toHaveLength(5);
  });
});
