/** How clearly an answer was preferred, and what that costs: the parts of which losses of preferences are made. */
import { softplus } from './softplus.ts';

/** -ln sigmoid(x) where the preference is right, and that of -x for the share of preferences that is flipped. */
export function preferenceCost(x: number, flipped: number): number {
  return flipped === 0 ? softplus(-x) : (1 - flipped) * softplus(-x) + flipped * softplus(x);
}

/** (1 - e^(-alpha a)) / alpha - (1 - e^(-alpha b)) / alpha, which for alpha to 0 becomes a - b. */
export function powerGap(a: number, b: number, alpha: number): number {
  if (alpha === 0) return a - b;
  const [x, y] = [-alpha * a, -alpha * b];
  if (x === y) return 0;
  return (y > x ? -Math.exp(y) * Math.expm1(x - y) : Math.exp(x) * Math.expm1(y - x)) / alpha;
}

/** ln(1 - e^x) for x <= 0. */
export function log1mexp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}

/** Why one length without the other makes no sense. */
export function bothLengths(roles: readonly string[]): string | undefined {
  return roles.includes('chosenLength') === roles.includes('rejectedLength')
    ? undefined
    : 'one length without the other: --chosen-length and --rejected-length go together';
}
