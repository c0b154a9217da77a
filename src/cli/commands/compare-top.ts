/** `--top`: the rows whose loss grew most, with what stands in them on both sides. */
import type { Pairs } from '../../engine/compare/align.ts';
import type { Comparison, WorsePair } from '../../engine/compare/result.ts';
import { type WorsePairValues, worsePairs } from '../../engine/compare/top.ts';
import { cellsOf, columnsToShow } from '../../engine/top.ts';
import type { BaseSide, Evaluated } from './compare-side.ts';

/** The comparisons of all rows with their worst pairs. */
export async function withWorsePairs(
  comparisons: readonly Comparison[],
  pairs: ReadonlyMap<string, Pairs>,
  base: BaseSide,
  candidate: Evaluated,
  count: number,
  batchRows: number,
): Promise<Comparison[]> {
  const { keys } = candidate.side.identity;
  const worst = new Map([...pairs].map(([id, some]) => [id, worsePairs(some, count, keys)]));
  const all = [...worst.values()].flat();
  const baseCells = base.evaluated && (await cells(base.evaluated, all, ({ baseRow }) => baseRow, batchRows));
  const candidateCells = await cells(candidate, all, ({ candidateRow }) => candidateRow, batchRows);
  const none = new Map<string, string>();
  return comparisons.map((comparison) => {
    const found = comparison.slice ? undefined : worst.get(comparison.id);
    if (!found) return comparison;
    const top = found.map(
      (pair): WorsePair => ({
        ...pair,
        ...(!base.evaluated && { baseRow: null }),
        baseCells: baseCells?.get(pair.baseRow as number) ?? none,
        candidateCells: candidateCells?.get(pair.candidateRow) ?? none,
      }),
    );
    return { ...comparison, top };
  });
}

function cells(
  { again, read }: Evaluated,
  pairs: readonly WorsePairValues[],
  rowOf: (pair: WorsePairValues) => number | null,
  batchRows: number,
) {
  const rows = new Set(pairs.map(rowOf).filter((row) => row !== null));
  return again((table) => cellsOf(table, rows, columnsToShow(table.columns, read), batchRows));
}
