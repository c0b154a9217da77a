import { Byte, LOWER_CASE } from './byte.ts';
import { EXACT_POWERS, LARGEST_POWER, LEAST_POWER, PARTS, partsOf } from './powers.ts';

/** How numbers are taken apart. In an enum for the same reason as bytes. */
enum Digits {
  /** Taken at a time: as a whole number they fit 30 bits. */
  AtOnce = 9,
  /** Of which every whole number is a float64. */
  Exact = 15,
}

const LARGEST_EXACT_POWER = EXACT_POWERS.length - 1;
/** Of the exponents beyond, all give infinity or zero. */
const LARGEST_EXPONENT = 100_000;

/** Bound of what `nearest` loses, relative to the number. */
const LOST = 2 ** -75;

/**
 * Reads decimal numbers from bytes, without a string: bit for bit what `Number(text)` gives, for every text that `parseNumber` in
 * cells.ts takes, the spelt infinities excepted.
 *
 * Whole numbers of up to 15 digits and powers of ten up to 22 are float64s, whose product or quotient is rounded once (Clinger 1990).
 * Other numbers are computed with 22 more bits than a float64 has; where a bound of the error leaves the choice between two
 * float64s, as it does near the middle between them, `Number` reads the text.
 */
export class NumberScanner {
  /** Where the last number ended. */
  end = 0;
  readonly #longest: number;
  readonly #short: number;
  /** Index behind the decimal point, 0 as long as there was none. */
  #point = 0;
  /** Digits that were taken last. */
  #taken = 0;

  /** `longest`: most bytes of a number. */
  constructor(longest: number) {
    this.#longest = longest;
    this.#short = Math.min(longest, LARGEST_EXACT_POWER);
  }

  /** The number that begins at `start`, NaN where none does. Behind it must come a byte that no number holds. */
  scan(bytes: Buffer, start: number): number {
    const sign = bytes[start];
    const unsigned = sign === Byte.Minus || sign === Byte.Plus ? start + 1 : start;
    let at = unsigned;
    while (bytes[at] === Byte.Zero) at++;
    const first = at;
    let head = 0; // overflows with the tenth digit: then the digits are taken again
    for (let digit = digitAt(bytes, at); digit < 10; digit = digitAt(bytes, ++at)) head = append(head, digit);
    const whole = at - first;
    let point = 0;
    let decimals = 0;
    if (bytes[at] === Byte.Point) {
      point = ++at;
      if (whole === 0) while (bytes[at] === Byte.Zero) at++;
      const stop = at + Digits.AtOnce - whole;
      for (let digit = digitAt(bytes, at); digit < 10 && at < stop; digit = digitAt(bytes, ++at)) head = append(head, digit);
      decimals = at - point;
    }
    this.end = at;
    if (whole > Digits.AtOnce || at - start > this.#short || goesOn(bytes[at])) {
      this.#point = point;
      const value = this.#long(bytes, start, unsigned, whole > Digits.AtOnce ? this.#restart(bytes, first) : head);
      return sign === Byte.Minus ? -value : value;
    }
    if (at === unsigned || (at === unsigned + 1 && point > 0)) return Number.NaN;
    const value = decimals === 0 ? head : head / EXACT_POWERS[decimals];
    return sign === Byte.Minus ? -value : value;
  }

  /** Magnitude of a number whose first digits, as many as are taken at a time if it has so many, end at `this.end`. */
  #long(bytes: Buffer, start: number, unsigned: number, head: number): number {
    let tail = this.#take(bytes);
    let digits = this.#taken;
    if (digits === Digits.AtOnce) {
      const more = this.#take(bytes);
      tail = tail * EXACT_POWERS[this.#taken] + more;
      digits += this.#taken;
    }
    let cut = 0;
    while (this.#taken === Digits.AtOnce) {
      this.#take(bytes);
      cut += this.#taken;
    }
    if (this.end === unsigned || (this.end === unsigned + 1 && this.#point > 0)) return Number.NaN;
    let exponent = this.#point > 0 ? cut - (this.end - this.#point) : cut;
    if ((bytes[this.end] | LOWER_CASE) === Byte.LowerE) exponent += this.#exponent(bytes, this.end + 1);
    if (Number.isNaN(exponent) || this.end - start > this.#longest) return Number.NaN;
    if (head === 0) return 0;
    if (digits <= Digits.Exact - Digits.AtOnce && Math.abs(exponent) <= LARGEST_EXACT_POWER) {
      const mantissa = head * EXACT_POWERS[digits] + tail;
      return exponent < 0 ? mantissa / EXACT_POWERS[-exponent] : mantissa * EXACT_POWERS[exponent];
    }
    const value = nearest(head, tail, digits, exponent);
    return Number.isNaN(value) ? Number(bytes.toString('latin1', unsigned, this.end)) : value;
  }

  #restart(bytes: Buffer, first: number): number {
    this.end = first;
    this.#point = 0;
    return this.#take(bytes);
  }

  /** The next digits as a whole number, on both sides of the decimal point. */
  #take(bytes: Buffer): number {
    let at = this.end;
    let digits = 0;
    let taken = 0;
    for (;;) {
      const digit = digitAt(bytes, at);
      if (digit < 10) {
        if (taken === Digits.AtOnce) break;
        digits = append(digits, digit);
        taken++;
      } else if (bytes[at] === Byte.Point && this.#point === 0) this.#point = at + 1;
      else break;
      at++;
    }
    this.end = at;
    this.#taken = taken;
    return digits;
  }

  /** The exponent that begins at `start`; NaN where there is no digit. */
  #exponent(bytes: Buffer, start: number): number {
    const sign = bytes[start];
    const unsigned = sign === Byte.Minus || sign === Byte.Plus ? start + 1 : start;
    let exponent = 0;
    let at = unsigned;
    for (let digit = digitAt(bytes, at); digit < 10; digit = digitAt(bytes, ++at)) {
      exponent = Math.min(LARGEST_EXPONENT, 10 * exponent + digit);
    }
    this.end = at;
    if (at === unsigned) return Number.NaN;
    return sign === Byte.Minus ? -exponent : exponent;
  }
}

/**
 * The float64 nearest to (head * 10^digits + tail) * 10^exponent, where `tail` has `digits` digits and more may have been cut off
 * behind 18 of them; NaN where it cannot be told. `head` has 30 bits, and nine digits where there is a tail.
 *
 * The products with the two leading parts of the power are exact, as is what rounding takes from their sum. Relative to
 * the number, all else is below 2^-26 and rounded no more than eight times to 53 bits, the low part and the digits that were cut
 * off are good to 2^-86: together less than 2^-75.
 */
function nearest(head: number, tail: number, digits: number, exponent: number): number {
  if (exponent < LEAST_POWER || exponent + digits > LARGEST_POWER) return Number.NaN;
  const power = partsOf(exponent + digits);
  const high = head * PARTS[power + 1];
  const middle = head * PARTS[power + 2];
  const sum = high + middle;
  const rest = middle - (sum - high) + (head * PARTS[power + 3] + tail * PARTS[partsOf(exponent)]);
  const lost = sum * LOST;
  const value = sum + (rest - lost);
  return value === sum + (rest + lost) ? value : Number.NaN;
}

function digitAt(bytes: Buffer, at: number): number {
  return (bytes[at] - Byte.Zero) >>> 0;
}

/** 10 * digits + digit, as V8 computes it fastest. */
function append(digits: number, digit: number): number {
  return (((digits + (digits << 2)) << 1) + digit) | 0;
}

function goesOn(byte: number): boolean {
  return (byte - Byte.Zero) >>> 0 < 10 || (byte | LOWER_CASE) === Byte.LowerE;
}
