/** Numbers as unevaluated sums of a high and a low float64, about 32 digits: for differences in which 16 would cancel (Dekker 1971). */
export interface Double {
  readonly high: number;
  readonly low: number;
}

const SPLITTER = 2 ** 27 + 1;

/** What rounding took from `product` = a * b: the two add up to the exact product. 0 where the halves would overflow. */
export function productRest(a: number, b: number, product: number): number {
  const [ca, cb] = [SPLITTER * a, SPLITTER * b];
  const aHigh = ca - (ca - a);
  const bHigh = cb - (cb - b);
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  const rest = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  return Number.isFinite(rest) ? rest : 0;
}

function sum(a: number, b: number, more: number): Double {
  const high = a + b;
  const part = high - a;
  const low = a - (high - part) + (b - part) + more;
  return { high: high + low, low: low - (high + low - high) };
}

function multiply(a: Double, b: Double): Double {
  const product = a.high * b.high;
  return sum(product, productRest(a.high, b.high, product), a.high * b.low + a.low * b.high);
}

function divide(a: Double, b: Double): Double {
  const quotient = a.high / b.high;
  const product = multiply({ high: quotient, low: 0 }, b);
  const left = sum(a.high, -product.high, a.low - product.low);
  return sum(quotient, left.high / b.high, 0);
}

/** A difference below this share of what it is taken from is rounding: of a constant column nothing is left. */
const ROUNDING = 2 ** -98;

/** sum(w (x - mean x) (y - mean y)) from sum(w), sum(w x), sum(w y) and sum(w x y): exact sums, so that the difference keeps its digits. */
export function centredProducts(weight: Double, x: Double, y: Double, products: Double): number {
  const ofMeans = divide(multiply(x, y), weight);
  const { high } = sum(products.high, -ofMeans.high, products.low - ofMeans.low);
  return Math.abs(high) <= ROUNDING * Math.abs(ofMeans.high) ? 0 : high;
}

/** The same of a column with itself: no less than 0. */
export function centredSquares(weight: Double, values: Double, squares: Double): number {
  return Math.max(0, centredProducts(weight, values, values, squares));
}
