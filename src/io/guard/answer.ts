/** What is asked of a decoder, in whatever thread it is, and what it answers. */
import { escapeText, Fault } from '../fault.ts';

export interface Question {
  readonly operation: string;
  readonly request: unknown;
}

/** `fault` for what is not read, `damage` for bytes that cannot be right. */
export type Answer =
  | { readonly value: unknown }
  | { readonly fault: { readonly message: string; readonly hint: string | undefined } }
  | { readonly damage: string };

/** What an operation gives, with the memory that moves to the other side. */
export interface Given {
  readonly value: unknown;
  readonly transfer?: readonly ArrayBuffer[];
}

/** The operations of one decoder, which may keep state between calls. */
export type Operations = Readonly<Record<string, (request: never) => Given | Promise<Given>>>;

export interface Decoder {
  /** `transfer` may be gone afterwards; `bytes` is what it has to work on. */
  call<T>(operation: string, request: unknown, bytes?: number, transfer?: readonly ArrayBuffer[]): Promise<T>;
  close(): Promise<void>;
}

/** Whose bytes are decoded, for messages. */
export interface Decoded {
  /** Name of the source. */
  readonly name: string;
  /** The format. */
  readonly what: string;
}

export const REWRITE = 'copy or write the file again';

/** The answer to what ended with an error. */
export function refusal(error: unknown): Answer {
  if (error instanceof Fault) return { fault: { message: error.message, hint: error.hint } };
  return { damage: error instanceof Error ? error.message : String(error) };
}

/** The value of an answer, or its fault. */
export function read<T>(given: Answer, { name, what }: Decoded): T {
  if ('value' in given) return given.value as T;
  if ('fault' in given) throw new Fault(`${escapeText(name)}: ${given.fault.message}`, given.fault.hint);
  throw new Fault(`${escapeText(name)}: damaged ${what} data: ${escapeText(given.damage.slice(0, 400))}`, REWRITE);
}

/** A decoder in this thread: for what takes no more time and memory than the bytes that are there allow. */
export function unguarded(operations: Operations, decoded: Decoded): Decoder {
  return {
    async call<T>(operation: string, request: unknown) {
      try {
        const work = operations[operation] as (request: unknown) => Given | Promise<Given>;
        return (await work(request)).value as T;
      } catch (error) {
        return read<T>(refusal(error), decoded);
      }
    },
    async close() {},
  };
}
