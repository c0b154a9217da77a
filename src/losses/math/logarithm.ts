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

/** 1/3, 1/5, 1/7 ...: atanh(v) = v + v^3 / 3 + v^5 / 5 ... */
const ATANH = [1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15, 1 / 17];

/** x - ln(1 + x) for x > -1: at least 0. Near 0, where the two cancel, from ln(1 + x) = 2 atanh(v) with v = x / (2 + x). */
export function minusLog1p(x: number): number {
  const v = x / (2 + x);
  if (!(Math.abs(v) < 0.12)) return x - Math.log1p(x);
  const square = v * v;
  let series = 0;
  for (let k = ATANH.length - 1; k >= 0; k--) series = series * square + ATANH[k];
  return 2 * square * (1 / (1 - v) - v * series);
}

/** e^x - 1 - x: at least 0, and keeps its digits near 0, where the three cancel. */
export function minusExpm1(x: number): number {
  return Math.abs(x) < 0.25 ? minusLog1p(Math.expm1(x)) : Math.expm1(x) - Math.min(x, 1e300); // infinity less something finite
}
