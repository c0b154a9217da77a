/** Width of an interval, plus 2 / alpha for each unit the target lies outside. */
export function intervalScore(y: number, lower: number, upper: number, alpha: number): number {
  return upper - lower + (2 / alpha) * (Math.max(0, lower - y) + Math.max(0, y - upper));
}
