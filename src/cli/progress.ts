/** How far a run is, on a terminal's standard error, once it takes over a second. */
import type { Table } from '../io/batch.ts';
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

export function openProgress(
  { env, stderr }: World,
  options: { readonly progress: boolean; readonly quiet?: boolean },
  table: Pick<Table, 'progress'> = {},
): Progress {
  const wanted = options.progress && !options.quiet && stderr.isTTY === true && !env.CI;
  const started = performance.now();
  const before = table.progress?.()?.bytes ?? 0; // the header; of JSON the whole file
  let next = started + FIRST_AFTER_MS;
  let shown = false;

  function rowsText(rows: number, seconds: number): string {
    const read = `${rows.toLocaleString('en')} rows`;
    const { bytes = 0, total } = table.progress?.() ?? {};
    const rate = (bytes - before) / seconds;
    if (!(rate > 0)) return `${read}, ${Math.round(rows / seconds).toLocaleString('en')} a second`;
    const speed = `${(rate / 1e6).toLocaleString('en', { maximumSignificantDigits: 3 })} MB/s`;
    if (total === undefined || bytes > total) return `${read}, ${speed}`;
    return `${read}, ${Math.floor((100 * bytes) / total)} %, ${speed}, ${clock((total - bytes) / rate)} left`;
  }

  const tell = (text: (seconds: number) => string) => {
    const now = performance.now();
    if (!wanted || now < next) return;
    next = now + EVERY_MS;
    shown = true;
    stderr.write(`\r${text((now - started) / 1000)}\x1b[K`);
  };
  return {
    show(rows) {
      tell((seconds) => rowsText(rows, seconds));
    },
    tell: (text) => tell(() => text),
    clear() {
      if (shown) stderr.write('\r\x1b[K');
    },
  };
}

/** `0:07`, and from an hour on `1:02:07`. */
function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, two(whole % 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
