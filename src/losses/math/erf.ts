const TWO_OVER_ROOT_PI = 1.1283791670955126;

/** The error function. All terms of the series have one sign, so none cancel. */
export function erf(x: number): number {
  const r = Math.abs(x);
  if (r >= 6) return Math.sign(x); // 1 - erf(6) is 2e-17
  let term = r;
  let sum = r;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (2 * r * r) / (2 * k + 1);
    sum += term;
  }
  return Math.sign(x) * TWO_OVER_ROOT_PI * Math.exp(-r * r) * sum;
}
