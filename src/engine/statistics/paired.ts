/** Pairs of losses, one by one. A difference is candidate less base: below 0 the candidate wins. */
import { moments } from './moments.ts';

export interface PairCounts {
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Differences that are NaN: of two losses that are not finite. */
  readonly undecided: number;
}

/** On how many pairs the candidate's loss is smaller, equal and larger. A tie is equality to the last bit. */
export function countPairs(differences: Float64Array): PairCounts {
  let wins = 0;
  let ties = 0;
  let losses = 0;
  for (let i = 0; i < differences.length; i++) {
    const d = differences[i];
    if (d < 0) wins++;
    else if (d > 0) losses++;
    else if (d === 0) ties++;
  }
  return { wins, ties, losses, undecided: differences.length - wins - ties - losses };
}

/**
 * Cohen's d of paired differences, d_z: their mean over their standard deviation (J. Cohen 1988). Does not grow with n; 0.2 is called
 * small, 0.5 medium, 0.8 large. 0 where nothing differs; infinite where all differ by the same; NaN for a single pair.
 */
export function effectSize(differences: Float64Array): number {
  const { mean, std } = moments(differences);
  return mean === 0 && std === 0 ? 0 : mean / std;
}
