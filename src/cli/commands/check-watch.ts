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

/** `sources`: what the last run read, globs as they are. Returns the exit code, once interrupted or with nobody left who reads. */
export async function watched(
  world: World,
  sources: () => readonly string[],
  run: () => Promise<unknown>,
  debug: boolean,
): Promise<number> {
  let over = false;
  world.once?.('SIGINT', () => {
    over = true;
  });
  const state = async () => {
    const files = (await Promise.all(sources().map(matching))).flat();
    return (await Promise.all(files.map(stampOf))).join('\n');
  };
  const gone = () => over || world.stdout.destroyed;
  while (!gone()) {
    const before = await state();
    await attempt(world, run, debug);
    await writeIfRead(world.stderr, 'watching: Ctrl-C ends\n');
    for (let last = before, now = before; !gone() && (now === before || now !== last); now = await state()) {
      last = now;
      await delay(EVERY_MS);
    }
    if (world.stdout.isTTY) await writeIfRead(world.stdout, CLEAR);
  }
  return EXIT.interrupted;
}

/** What is wrong may be mended while we watch. */
async function attempt(world: World, run: () => Promise<unknown>, debug: boolean): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await writeIfRead(world.stderr, endingOf(error, debug).text);
  }
}

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return `${file} ${found ? `${found.mtimeMs} ${found.size}` : 'none'}`;
}
