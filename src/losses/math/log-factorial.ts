/** Coefficients of ln Gamma(2 + s): the first is 1 - Euler's constant, then (-1)^k (zeta(k) - 1) / k for k = 2, 3, ... */
const SERIES = [
  0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986, 0.0028905103307415234,
  -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5, -4.492623673813314e-5,
  2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6, 9.55141213040742e-7,
  -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8, -2.2711094608943164e-8,
  1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9, 5.731367241678862e-10,
  -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11,
];
const HALF_LOG_TWO_PI = 0.9189385332046728;
/** From here on Stirling's series is exact to the last digit with the terms below. */
const STIRLING_FROM = 9;

/** ln Gamma(2 + s) for |s| <= 1/2. Every term has the factor s, so its zero at s = 0 costs no digits. */
function logGammaNearTwo(s: number): number {
  let sum = 0;
  for (let k = SERIES.length - 1; k >= 0; k--) sum = sum * s + SERIES[k];
  return sum * s;
}

/** ln(y!) = ln Gamma(y + 1) for y >= 0, whole or not. */
export function logFactorial(y: number): number {
  if (y < 0.5) return logGammaNearTwo(y) - Math.log1p(y);
  if (y < STIRLING_FROM) {
    let product = 1;
    let rest = y;
    for (; rest >= 1.5; rest--) product *= rest;
    return Math.log(product) + logGammaNearTwo(rest - 1);
  }
  return y * (Math.log(y) - 1) + 0.5 * Math.log(y) + HALF_LOG_TWO_PI + stirlingSeries(y);
}

function stirlingSeries(y: number): number {
  const z = 1 / (y * y);
  return (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z / 156)))))) / y;
}

/** What Stirling's approximation lacks: ln(y!) - (y + 1/2) ln y + y - ln(2 pi) / 2, for y > 0. */
export function stirlingRest(y: number): number {
  if (!(y < STIRLING_FROM)) return stirlingSeries(y);
  return logFactorial(y) - (y + 0.5) * Math.log(y) + y - HALF_LOG_TWO_PI;
}
