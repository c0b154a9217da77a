/** `check --watch`: runs again whenever something that was read has changed. */
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '../../io/fault.ts';
import { EXIT, endingOf } from '../errors.ts';
import { type World, writeIfRead } from '../world.ts';
import { matching } from './source.ts';

/**
 * Files are looked at by their times and sizes: that also sees files that are replaced or appear, on any file system, in places that
 * notifications do not cover. What is still being written is waited for.
 */
const EVERY_MS = 200;

const CLEAR = '\x1b[2J\x1b[H';

/** A suite that has been read, and not evaluated yet. */
interface Job {
  /** Everything it reads, globs as they are. */
  readonly sources: readonly string[];
  run(): Promise<unknown>;
}

/** `first`: where the suite is read from. Returns the exit code, once interrupted or with nobody left who reads. */
export async function watched(
  world: World,
  first: readonly string[],
  prepare: () => Promise<Job>,
  debug: boolean,
): Promise<number> {
  let over = false;
  world.once?.('SIGINT', () => {
    over = true;
  });
  const gone = () => over || world.stdout.destroyed;
  for (let sources = first; !gone(); ) {
    // stamps are taken before what they are of is read: what changes meanwhile has another one afterwards
    const unread = await stamps(sources);
    const job = await attempt(world, prepare, debug);
    sources = job?.sources ?? sources;
    const read = new Map(Array.from(await stamps(sources), ([file, stamp]) => [file, unread.get(file) ?? stamp]));
    await attempt(world, async () => job?.run(), debug);
    await writeIfRead(world.stderr, 'watching: Ctrl-C ends\n');
    for (
      let last: Stamps = read, now: Stamps = read;
      !gone() && (same(now, read) || !same(now, last));
      now = await stamps(sources)
    ) {
      last = now;
      await delay(EVERY_MS);
    }
    if (world.stdout.isTTY) await writeIfRead(world.stdout, CLEAR);
  }
  return EXIT.interrupted;
}

/** What is wrong may be mended while we watch. */
async function attempt<T>(world: World, action: () => Promise<T>, debug: boolean): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await writeIfRead(world.stderr, endingOf(error, debug).text);
    return undefined;
  }
}

type Stamps = ReadonlyMap<string, string>;

async function stamps(sources: readonly string[]): Promise<Stamps> {
  const files = (await Promise.all(sources.map(matching))).flat();
  return new Map(await Promise.all(files.map(async (file) => [file, await stampOf(file)] as const)));
}

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found ? `${found.mtimeMs} ${found.size}` : 'none';
}

function same(a: Stamps, b: Stamps): boolean {
  return a.size === b.size && [...a].every(([file, stamp]) => b.get(file) === stamp);
}
