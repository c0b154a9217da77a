import type { Warning } from '../../engine/result.ts';

/** For a reader of the run: also where it shows first. Not escaped: the caller knows for what. */
export function messageText({ data, message, first }: Warning): string {
  return `${data === undefined ? '' : `${data}: `}${message}${first ? `; first at ${first}` : ''}`;
}
