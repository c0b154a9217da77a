/** Output files: complete or not there, and never on top of what was read. */

import { fstatSync, rmSync } from 'node:fs';
import { appendFile, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Fault, quote } from '../io/fault.ts';

interface OutputFormat {
  readonly name: string;
  readonly extensions: readonly string[];
}

export interface OutputTarget {
  readonly format: string;
  readonly path: string;
}

/** Reads `-o [FORMAT:]PATH`. What stands before a colon and is no format belongs to the path: `C:\out.json`. */
export function parseOutput(text: string, formats: readonly OutputFormat[]): OutputTarget {
  const colon = text.indexOf(':');
  const named = formats.find(({ name }) => name === text.slice(0, colon).toLowerCase());
  const path = named ? text.slice(colon + 1) : text;
  if (path === '' || path === '-')
    throw new Fault(`--output ${quote(text)} names no file`, 'standard output takes --format; -o takes [FORMAT:]PATH');
  const extension = extname(path).toLowerCase();
  const format = named ?? formats.find(({ extensions }) => extensions.includes(extension));
  if (format) return { format: format.name, path };
  const known = formats.map(({ name, extensions }) => (extensions.length ? `${name} (${extensions.join(' ')})` : name));
  throw new Fault(
    `the name of --output ${quote(text)} tells no format`,
    `formats: ${known.join(', ')}; or write it in front: -o json:PATH`,
  );
}

export interface OutputFile {
  write(text: string): Promise<void>;
  /** Makes the file appear under its name. */
  commit(): Promise<void>;
  /** Leaves no trace. Safe after a failure. */
  discard(): Promise<void>;
}

export async function writeFileAtomic(path: string, text: string, inputs: readonly string[]): Promise<void> {
  const file = await createOutput(path, inputs);
  await file.write(text);
  await file.commit();
}

/** Adds to a file that others write as well, so in its place. `text` is given the bytes it has, 0 for one that is not there. */
export async function appendToFile(path: string, text: (size: number) => string, inputs: readonly string[]): Promise<void> {
  const old = await stat(path).catch(() => null);
  if (old && (await isInput(old, inputs))) throw new Fault(`${quote(path)} is one of the inputs: nothing is added to it`);
  await attempt(path, () => appendFile(path, text(old?.size ?? 0)));
}

/** A file that is written beside its place and renamed: whatever happens, the place holds the old content or all of the new. */
export async function createOutput(path: string, inputs: readonly string[]): Promise<OutputFile> {
  const old = await stat(path).catch(() => null);
  if (old?.isDirectory()) throw new Fault(`cannot write ${quote(path)}: it is a directory`);
  if (old && (await isInput(old, inputs))) throw new Fault(`--output ${quote(path)} is one of the inputs`, 'choose another name');
  // A pipe or a device has no place beside it, and must not be replaced by a file.
  if (old && !old.isFile()) return outputTo(path, path, await attempt(path, () => open(path, 'w')));
  const place = old ? await realpath(path) : path; // through a link: the link stays one
  const temporary = join(dirname(place), `.${basename(place)}.${process.pid.toString(36)}${Date.now().toString(36)}.tmp`);
  return outputTo(place, temporary, await attempt(path, () => open(temporary, 'wx', old?.mode)));
}

/** The same file under any name: through links, or as the file that standard input was redirected from. */
async function isInput(file: { dev: number; ino: number }, inputs: readonly string[]): Promise<boolean> {
  for (const input of inputs) {
    const other = input === '-' ? fstatSync(0) : await stat(input).catch(() => null);
    if (other && other.dev === file.dev && other.ino === file.ino) return true;
  }
  return false;
}

/** Files that stand beside their place and are not whole yet. */
const unfinished = new Set<string>();

/** For the end of an interrupted run: at once, because no promise is waited for any more. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}

function outputTo(place: string, written: string, handle: FileHandle): OutputFile {
  const beside = written !== place;
  if (beside) unfinished.add(written);
  async function discard(): Promise<void> {
    await handle.close().catch(() => {});
    if (beside) await rm(written, { force: true }).catch(() => {});
    unfinished.delete(written);
  }
  async function step(action: () => Promise<unknown>): Promise<void> {
    await attempt(place, action, discard);
  }
  return {
    write: (text) => step(() => handle.writeFile(text)),
    commit: () =>
      step(async () => {
        if (beside) await handle.sync();
        await handle.close();
        if (beside) await rename(written, place);
        unfinished.delete(written);
      }),
    discard,
  };
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOENT', 'its directory does not exist'],
  ['ENOTDIR', 'its directory is a file'],
  ['EISDIR', 'it is a directory'],
]);

async function attempt<T>(path: string, action: () => Promise<T>, undo?: () => Promise<void>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    await undo?.();
    const code = String((error as NodeJS.ErrnoException).code);
    throw new Fault(`cannot write ${quote(path)}: ${REASONS.get(code) ?? code}`);
  }
}
