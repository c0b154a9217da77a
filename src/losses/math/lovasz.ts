/**
 * Lovász extension of the Jaccard loss (Berman, Triki and Blaschko 2018): the errors of all pixels, each weighted by what being
 * wrong there adds to the Jaccard loss once all worse pixels are wrong. Errors below 0 cost nothing.
 */
export function lovaszExtension(errors: Float64Array, inside: Uint8Array): number {
  // Equal errors in either order give the same sum but for its last digits: true pixels go first, so that rows may be shuffled.
  const order = Uint32Array.from(errors, (_, i) => i);
  order.sort((a, b) => errors[b] - errors[a] || inside[b] - inside[a]);
  let union = 0; // of the true pixels and those wrongly taken in
  for (const pixel of inside) union += pixel;
  let left = union; // true pixels not yet wrong
  let sum = 0;
  for (const at of order) {
    const cost = Math.max(0, errors[at]);
    if (inside[at]) {
      sum += cost / union;
      left--;
    } else {
      sum += union === 0 ? cost : (cost * left) / (union * (union + 1)); // without foreground the first one counts fully
      union++;
    }
  }
  return sum;
}
