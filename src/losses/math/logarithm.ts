/** x y, where nothing of something infinite is nothing: 0 for x = 0 and any y but NaN. */
export function times(x: number, y: number): number {
  return x === 0 && !Number.isNaN(y) ? 0 : x * y;
}

/** ln(a / b) without the cancellation of ln a - ln b for close values, nor the overflow of a / b for distant ones. */
export function logRatio(a: number, b: number): number {
  const x = (a - b) / b;
  return Math.abs(x) < 0.5 ? Math.log1p(x) : Math.log(a) - Math.log(b);
}

/** ln((1 + a) / (1 + b)), likewise. */
export function log1pRatio(a: number, b: number): number {
  const x = (a - b) / (1 + b);
  return Math.abs(x) < 0.5 ? Math.log1p(x) : Math.log1p(a) - Math.log1p(b);
}
