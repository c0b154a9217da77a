/** What the file system says, in the user's words. */
import { escapeText, Fault } from '../fault.ts';

/** A fault passes through unchanged. */
export function readFault(path: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const name = escapeText(path);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new Fault(`${name}: no such file`, 'check the path; a relative one starts from the current folder');
  if (code === 'EISDIR') return new Fault(`${name}: is a directory`, 'name the files in it');
  if (code === 'EACCES' || code === 'EPERM') return new Fault(`${name}: no permission to read it`);
  return new Fault(`${name}: cannot be read: ${escapeText(code ?? message)}`);
}

/** Says that something else writes to the file. */
export function changedFault(
  path: string,
  before: { readonly size: number },
  after: { readonly size: number },
  read: number,
): Fault {
  return new Fault(
    `${escapeText(path)}: the file changed while it was read (${before.size} bytes at first, ${after.size} now, ${read} read)`,
    'run again when nothing writes to it any more',
  );
}
