/**
 * What a test looks for. Differences are candidate less base: `greater` is evidence that the candidate's losses are larger (a
 * regression), `less` that they are smaller, `two-sided` that they differ. A p-value is the probability of data at least as extreme where
 * base and candidate are alike.
 */
export type Alternative = 'two-sided' | 'less' | 'greater';

/** The same of the negated differences. */
export const MIRRORED: { readonly [A in Alternative]: Alternative } = {
  'two-sided': 'two-sided',
  less: 'greater',
  greater: 'less',
};
