/** A curve as a small picture in plain ASCII, so that it looks the same in every terminal, log and browser. */
import { shortDigits } from './numbers.ts';

export type Point = readonly [x: number, y: number];

/** A point stands at the top, in the middle or at the foot of its line: three times the height a line has. */
const THIRDS = "'-.";

/** Where a point lies outside the picture. */
const ABOVE = '^';
const BELOW = 'v';

/** Lines between the lowest tick and the highest, about. */
const HEIGHT = 8;

/** Differences of larger numbers would overflow. */
const LARGEST = 1e300;

/** A column for each point, in the order of x; `xLabel` says what x is. Points that are not finite are left out. */
export function plot(points: readonly Point[], xLabel: string): string {
  const { lowest, highest, step } = ticks(points.map(([, y]) => y).filter((y) => Math.abs(y) < LARGEST));
  const linesPerTick = Math.round(HEIGHT / (highest - lowest));
  const last = (highest - lowest) * linesPerTick;
  const lines = Array.from({ length: last + 1 }, () => new Array<string>(points.length).fill(' '));
  points.forEach(([, y], column) => {
    if (!Number.isFinite(y)) return;
    const third = Math.round(3 * (highest - y / step) * linesPerTick) + 1;
    const line = Math.floor(third / 3);
    if (line < 0) lines[0][column] = ABOVE;
    else if (line > last) lines[last][column] = BELOW;
    else lines[line][column] = THIRDS[third - 3 * line];
  });
  // Adding 0 makes 0 of -0.
  const labels = lines.map((_, line) => (line % linesPerTick ? '' : shortDigits((highest - line / linesPerTick) * step + 0)));
  const margin = Math.max(...labels.map((label) => label.length));
  const picture = lines.map((line, i) => `${labels[i].padStart(margin)} ${labels[i] ? '+' : '|'}${line.join('')}`);
  return [...picture, ...xAxis(points, xLabel, margin + 2)].map((line) => line.trimEnd()).join('\n');
}

/** Ticks stand at multiples of `step`: from `lowest` of them to `highest`, four steps at most. */
interface Ticks {
  readonly lowest: number;
  readonly highest: number;
  readonly step: number;
}

function ticks(values: readonly number[]): Ticks {
  const [low, high] = range(values);
  for (let power = Math.floor(Math.log10(high - low)) - 1; ; power++) {
    for (const factor of [1, 2, 2.5, 4, 5]) {
      const step = factor * 10 ** power;
      // A value that rounding put beside its tick does not ask for another one.
      const lowest = Math.floor(low / step + 1e-9);
      const highest = Math.ceil(high / step - 1e-9);
      if (highest - lowest <= 4) return { lowest, highest, step };
    }
  }
}

/** A curve that changes by less, relative to its values, is flat: what is left is rounding, and ticks could not tell it. */
const FLAT = 1e-4;

/** How many times the range of its middle half a curve may take. What lies farther out would press the rest of it flat. */
const REACH = 8;

function range(values: readonly number[]): [low: number, high: number] {
  const quarter = Math.floor(values.length / 4);
  const middle = values.slice(quarter, values.length - quarter);
  const [from, to] = [Math.min(...middle), Math.max(...middle)];
  const reach = to > from ? REACH * (to - from) : Number.POSITIVE_INFINITY;
  const shown = values.filter((value) => value >= to - reach && value <= from + reach);
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  if (high - low > FLAT * Math.max(Math.abs(low), Math.abs(high))) return [low, high];
  const value = shown[0] ?? 0; // of none: an empty picture
  return value === 0 ? [-1, 1] : [Math.min(0, 2 * value), Math.max(0, 2 * value)];
}

/** The axis with five ticks, their values, and what x is. */
function xAxis(points: readonly Point[], xLabel: string, margin: number): string[] {
  const columns = [...new Set([0, 1, 2, 3, 4].map((quarter) => Math.round((quarter * (points.length - 1)) / 4)))];
  const axis = points.map((_, column) => (columns.includes(column) ? '+' : '-')).join('');
  const values = columns.reduce((line, column) => {
    const value = shortDigits(points[column][0]);
    return `${line.padEnd(margin + column - Math.floor(value.length / 2))}${value}`;
  }, '');
  const center = margin + Math.floor((points.length - xLabel.length) / 2);
  return [' '.repeat(margin) + axis, values, ' '.repeat(Math.max(0, center)) + xLabel];
}
