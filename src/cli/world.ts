/** What the program needs of the process around it: a test hands in its own. */
import type { Readable, Writable } from 'node:stream';

export interface World {
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string | undefined };
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Absent where nothing can interrupt. */
  once?(event: 'SIGINT', listener: () => void): unknown;
  exit?(code: number): void;
}

/** The reader of our output has gone: nothing more to say, and nothing went wrong. */
export class PipeClosed extends Error {}

/** Writes all of the text; resolves when a slow reader has made room for more. */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stream.destroyed || stream.writableEnded) {
      reject(new PipeClosed());
      return;
    }
    stream.write(text, (error) => {
      if (!error) resolve();
      else reject((error as NodeJS.ErrnoException).code === 'EPIPE' ? new PipeClosed() : error);
    });
  });
}

/** For output that decides nothing: the verdict stands whether or not anyone reads it. */
export async function writeIfRead(stream: Writable, text: string): Promise<void> {
  await write(stream, text).catch((error: unknown) => {
    if (!(error instanceof PipeClosed)) throw error;
  });
}
