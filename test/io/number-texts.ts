/** Texts of numbers that are hard to round, and random ones of many shapes. */

/** All digits of a float64, and of what lies just below and above: of the middle between two of them, for example. */
function around(digits: string): string[] {
  const point = digits.includes('.') ? digits : `${digits}.`;
  const below = point.replace(
    /([1-9])(0*\.?0*)$/,
    (_, digit: string, zeros: string) => String(Number(digit) - 1) + zeros.replaceAll('0', '9'),
  );
  return [digits, `${point}0`, `${point}${'0'.repeat(30)}`, `${point}${'0'.repeat(30)}1`, `${below}9`, `${below}${'9'.repeat(30)}`];
}

/** 2^-exponent in all its digits. */
function binaryFraction(factor: bigint, exponent: number): string {
  return `0.${(factor * 5n ** BigInt(exponent)).toString().padStart(exponent, '0')}`;
}

export const HARD: readonly string[] = [
  ...around('9007199254740993'), // 2^53 + 1, between two float64s
  ...around('9007199254740995'),
  ...around('18014398509481986'),
  ...around('4503599627370496.5'),
  ...around('4503599627370497.5'),
  ...around(binaryFraction(1n, 1075)), // half the smallest subnormal
  ...around(binaryFraction(3n, 1075)),
  ...around(binaryFraction(2n ** 53n - 1n, 1075)), // between the largest subnormal and the smallest normal
  ...around(binaryFraction(2n ** 53n + 1n, 53)), // 1 and a half ulp
  ...around(binaryFraction(2n ** 53n + 3n, 60)),
  ...around((2n ** 1024n - 2n ** 970n).toString()), // between the largest float64 and infinity
  ...['5e-324', '2.4703282292062327e-324', '2.4703282292062328e-324', '4.9406564584124654e-324', '2.2250738585072011e-308'],
  ...[
    '2.2250738585072014e-308',
    '1.7976931348623157e308',
    '1.7976931348623158e308',
    '1.7976931348623159e308',
    '179769313486231580793e289',
  ],
  ...[
    '1e22',
    '1e23',
    '8.5e22',
    '9.5e22',
    '1e-22',
    '1e-23',
    '123456789012345e22',
    '123456789012345e-22',
    '999999999999999e22',
    '1e15',
    '1e16',
  ],
  ...['3.1415926535897932', '3.14159265358979323', '3.141592653589793238', '3.1415926535897932384', '0.1', '0.30000000000000004'],
  ...[
    '123456789',
    '1234567890',
    '12345678901234567890',
    '123456789012345678901',
    '99999999999999999999',
    '999999999',
    '9999999999',
  ],
  ...['6929495644600919.5', '6929495644600920e0', '7.8459735791271921e65', '9.5367431640625e-7', '3.7455744005952583e15'],
  ...['1.00000000000000011102230246251565404236316680908203125', '1.00000000000000011102230246251565404236316680908203124'],
  ...['1.00000000000000011102230246251565404236316680908203126', '0.000000000000000000000000000000000000000123456789012345678'],
  ...[
    '1e400',
    '1e-400',
    '-1e400',
    '-1e-400',
    '0e400',
    '0e-400',
    '1e99999999999',
    '1e-99999999999',
    '0.0e99999999999',
    '1e308',
    '1e309',
  ],
  ...['1e-290', '1e-291', '1.234567890123456789e-290', '1.234567890123456789e-299', '1e280', '1e281', '1.234567890123456789e281'],
  ...[
    '0',
    '-0',
    '+0',
    '00',
    '-00.00',
    '0e0',
    '.5',
    '-.5',
    '5.',
    '-5.',
    '+5.e1',
    '.5e1',
    '1e+05',
    '1E5',
    '1e-05',
    '1e05',
    '01.5',
    '+1.5',
  ],
  ...[
    '00000000000000000000001',
    '0.00000000000000000000001',
    '000.00000000012345678912345678',
    '1.0000000000',
    '100000000000000000000000',
  ],
  `${'7'.repeat(800)}`,
  `0.${'3'.repeat(800)}`,
  `${'123'.repeat(200)}.${'456'.repeat(100)}e-600`,
  `${'0'.repeat(800)}1.5`,
  `0.${'0'.repeat(800)}15e800`,
  `1${'0'.repeat(800)}e-800`,
  `1.${'0'.repeat(800)}1`,
];

/** The same numbers everywhere: a 32-bit generator (mulberry32), two of whose numbers make all 53 bits. */
export function generator(seed: number): () => number {
  let state = seed;
  const bits = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return () => (bits() + bits() / 2 ** 32) / 2 ** 32;
}

/** One text of each of many shapes. */
export function drawn(random: () => number): string[] {
  const whole = (below: number) => Math.floor(random() * below);
  const digits = (n: number) => Array.from({ length: n }, () => whole(10)).join('');
  const bits = new DataView(new ArrayBuffer(8));
  bits.setUint32(0, whole(2 ** 32));
  bits.setUint32(4, whole(2 ** 32));
  const any = Number.isFinite(bits.getFloat64(0)) ? bits.getFloat64(0) : 1;
  const middle = 2n * BigInt(Math.floor(random() * 2 ** 53)) + 1n; // of 54 bits: halfway between two float64s, if it has them all
  return [
    (random() * 200 - 100).toFixed(6),
    String(random()),
    String(random() * 1e6),
    String(Math.fround(random())),
    random().toFixed(1 + whole(20)),
    String(any),
    any.toExponential(16),
    any.toExponential(whole(21)),
    `${digits(1 + whole(25))}.${digits(whole(25))}`,
    `${digits(1 + whole(4))}e${whole(640) - 330}`,
    `${digits(1 + whole(40))}e${whole(640) - 350}`,
    `-.${digits(1 + whole(60))}E+${whole(30)}`,
    `${whole(2) ? '+' : '-'}${'0'.repeat(whole(12))}${digits(whole(12))}${whole(2) ? '.' : ''}${digits(1 + whole(12))}`,
    middle.toString(),
    `${middle}${'0'.repeat(whole(8))}e-${whole(20)}`,
    binaryFraction(middle, whole(120)),
    `${binaryFraction(middle, whole(60))}${whole(2) ? '000000000000000000001' : ''}`,
  ];
}
