/** ln(1 + e^-|x|): what softplus adds to max(x, 0). At most ln 2, and NaN only for NaN. */
export function softplusTail(x: number): number {
  return Math.log1p(Math.exp(-Math.abs(x)));
}

/** 1 / (1 + e^-x), accurate to the last digits on both sides: neither end overflows or cancels. */
export function sigmoid(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

/** ln(1 + e^x), without overflow: x for large x, e^x for very negative ones. */
export function softplus(x: number): number {
  return Math.max(x, 0) + softplusTail(x);
}
