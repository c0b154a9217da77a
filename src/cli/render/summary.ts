/** The job summary of GitHub Actions: markdown at the end of what the step has written so far. */

/**
 * Bytes of one step's summary. GitHub documents 1 MiB and drops everything where there is more; a summary just below it gets
 * lost as well, without a word (issue "GITHUB_STEP_SUMMARY content silently dropped when size approaches the limit"), and on
 * Windows the runner makes each line one byte longer.
 */
const LIMIT = 1_000_000;

/** Markdown that can be made shorter. */
export interface Shortenable {
  /** `most`: of its results and of its gates. */
  readonly markdown: (most?: number) => string;
  /** So many have it whole. */
  readonly most: number;
}

/** What to add to `size` bytes: shortened where there is no room for all, empty where there is none for the verdict. */
export function summaryText({ markdown, most: all }: Shortenable, size: number): string {
  // Text right above would become part of the table.
  const text = (most?: number) => `${size ? '\n' : ''}${markdown(most)}`;
  const fits = (most?: number) => size + new TextEncoder().encode(text(most)).length <= LIMIT;
  if (fits()) return text();
  if (!fits(0)) return '';
  let [most, tooMany] = [0, all];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(middle)) most = middle;
    else tooMany = middle;
  }
  return text(most);
}
