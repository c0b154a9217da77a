import type { Warning } from '../../engine/result.ts';

/** For a reader of the run: also where it shows first. Not escaped: the caller knows for what. */
export function messageText({ message, first }: Warning): string {
  return first ? `${message}; first at ${first}` : message;
}
