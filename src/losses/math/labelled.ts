/** The loss of a row that has nobody to be compared with: 0, or NaN where its label or its vector is NaN. */
export function nothingOf(label: number, element: number): number {
  return Number.isNaN(label + element) ? Number.NaN : 0;
}
