/** Numbers read from bytes must be, bit for bit, what `Number(text)` is. */
import { describe, expect, test } from 'vitest';
import { parseNumber } from '../../src/io/cells.ts';
import { NumberScanner } from '../../src/io/csv/fast/number.ts';
import { drawn, generator, HARD } from './number-texts.ts';
import { hex } from './read.ts';

const scanner = new NumberScanner(4096);

/** The number that the whole text is; NaN when it is none. */
function scanned(text: string): number {
  const value = scanner.scan(Buffer.from(`(${text}\n`), 1);
  return scanner.end === text.length + 1 ? value : Number.NaN;
}

/** Texts of which `read` gives another number than `Number`. */
function differing(texts: readonly string[], read: (text: string) => number): string[] {
  return texts.filter((text) => hex(read(text)) !== hex(Number(text)));
}

/** What a reader does that multiplies by a power of ten in float64. */
function naive(text: string): number {
  const [, sign, whole = '', decimals = '', exponent = '0'] = /^([+-]?)(\d*)\.?(\d*)(?:[eE](.+))?$/.exec(text) ?? [];
  const magnitude = Number(whole + decimals) * 10 ** (Number(exponent) - decimals.length);
  return sign === '-' ? -magnitude : magnitude;
}

describe('a number from bytes is what Number gives', () => {
  test('for hard cases', () => {
    expect(differing(HARD, scanned)).toEqual([]);
    const negative = HARD.filter((text) => /^[\d.]/.test(text)).map((text) => `-${text}`);
    expect(negative.length).toBeGreaterThan(100);
    expect(differing(negative, scanned)).toEqual([]);
  });

  test('for texts of many shapes', () => {
    const random = generator(1);
    const texts = Array.from({ length: 3000 }, () => drawn(random)).flat();
    expect(texts.length).toBe(51_000);
    expect(differing(texts, scanned)).toEqual([]);
  });

  test('and these would show a reader that is off by one bit', () => {
    const random = generator(1);
    expect(differing(HARD, naive).length).toBeGreaterThan(20);
    expect(differing(Array.from({ length: 100 }, () => drawn(random)).flat(), naive).length).toBeGreaterThan(200);
  });

  test('for every text of up to six of the characters of numbers, or it is none in both', () => {
    let texts = [''];
    for (let length = 1; length <= 6; length++) {
      texts = texts.flatMap((text) => ['0', '7', '.', 'e', '-', '+'].map((character) => text + character));
      const wrong = texts.filter((text) => hex(scanned(text)) !== hex(parseNumber(text) ?? Number.NaN));
      expect(wrong).toEqual([]);
    }
  });

  test('up to the limit of its length', () => {
    const short = new NumberScanner(5);
    const read = (text: string) => short.scan(Buffer.from(`${text}\n`), 0);
    expect(['12345', '1.234', '1e-05', '-1234'].map(read)).toEqual([12345, 1.234, 1e-5, -1234]);
    expect(['123456', '1.2345', '1e-005', '-12345', '000001'].map(read)).toEqual(Array(5).fill(Number.NaN));
  });
});
