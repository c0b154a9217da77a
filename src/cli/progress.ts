/** Rows read so far, on a terminal's standard error, once a run takes over a second. */
import type { World } from './world.ts';

const FIRST_AFTER_MS = 1000;
const EVERY_MS = 200;

export interface Progress {
  show(rows: number): void;
  /** Wipes the line. */
  clear(): void;
}

export function openProgress({ env, stderr }: World, options: { readonly progress: boolean; readonly quiet?: boolean }): Progress {
  const wanted = options.progress && !options.quiet && stderr.isTTY === true && !env.CI;
  const started = performance.now();
  let next = started + FIRST_AFTER_MS;
  let shown = false;
  return {
    show(rows) {
      const now = performance.now();
      if (!wanted || now < next) return;
      next = now + EVERY_MS;
      shown = true;
      const rate = Math.round((rows / (now - started)) * 1000);
      stderr.write(`\r${rows.toLocaleString('en')} rows, ${rate.toLocaleString('en')} a second\x1b[K`);
    },
    clear() {
      if (shown) stderr.write('\r\x1b[K');
    },
  };
}
