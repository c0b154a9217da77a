/** What a q-quantile costs that lies `below` the target (negative: above it): q for each unit below, 1 - q for each above. */
export function pinball(below: number, q: number): number {
  return Math.max(q * below, (q - 1) * below);
}
