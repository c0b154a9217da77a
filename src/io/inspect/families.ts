/** Columns that differ by a number only, `logit_0` to `logit_9`, seen as one vector. */

export interface Family {
  /** As it is selected: `logit_*`. */
  readonly name: string;
  /** Positions of its columns, in the order of their numbers. */
  readonly columns: readonly number[];
}

/** Families whose numbers have no gap. Two columns are one only when they count from 0: `x1` and `x2` may be the sides of a box. */
export function familiesOf(columns: readonly string[]): Family[] {
  const stems = new Map<string, { column: number; number: number }[]>();
  columns.forEach((name, column) => {
    const [, stem, digits] = /^(.*?)(\d+)$/s.exec(name) ?? [];
    if (stem === undefined || stem === '' || stem === '#' || digits === undefined) return;
    const members = stems.get(stem) ?? [];
    members.push({ column, number: Number(digits) });
    stems.set(stem, members);
  });
  return [...stems].flatMap(([stem, members]) => {
    const sorted = members.sort((a, b) => a.number - b.number);
    const gapless = sorted.every(({ number }, k) => number === (sorted[0]?.number ?? 0) + k);
    return gapless && (sorted.length > 2 || (sorted.length === 2 && sorted[0]?.number === 0))
      ? [{ name: `${stem}*`, columns: sorted.map(({ column }) => column) }]
      : [];
  });
}
