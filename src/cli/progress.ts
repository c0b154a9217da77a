/** How far a run is, on a terminal's standard error, once it takes over a second. */
import type { World } from './world.ts';

const FIRST_AFTER_MS = 1000;
const EVERY_MS = 200;

export interface Progress {
  /** Rows read so far. */
  show(rows: number): void;
  /** What is being done. */
  tell(text: string): void;
  /** Wipes the line. */
  clear(): void;
}

export function openProgress({ env, stderr }: World, options: { readonly progress: boolean; readonly quiet?: boolean }): Progress {
  const wanted = options.progress && !options.quiet && stderr.isTTY === true && !env.CI;
  const started = performance.now();
  let next = started + FIRST_AFTER_MS;
  let shown = false;
  const tell = (text: (now: number) => string) => {
    const now = performance.now();
    if (!wanted || now < next) return;
    next = now + EVERY_MS;
    shown = true;
    stderr.write(`\r${text(now)}\x1b[K`);
  };
  return {
    show(rows) {
      tell((now) => {
        const rate = Math.round((rows / (now - started)) * 1000);
        return `${rows.toLocaleString('en')} rows, ${rate.toLocaleString('en')} a second`;
      });
    },
    tell: (text) => tell(() => text),
    clear() {
      if (shown) stderr.write('\r\x1b[K');
    },
  };
}
