import { escapeText, Fault } from '../fault.ts';

/** Why data is not read, said where the file is not known; `located` names it. */
export class Refusal extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

const REWRITE = 'write it again; a stream or file must be closed by the program that writes it';

export function damage(what: string): Refusal {
  return new Refusal(`damaged Arrow data: ${what}`, REWRITE);
}

export function cutShort(at: number, what: string): Refusal {
  return new Refusal(`the Arrow data is cut short at byte ${at}: ${what} is missing`, REWRITE);
}

/** Reads metadata: past its end, a `DataView` throws a RangeError. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof RangeError ? damage('metadata that points outside itself') : error;
  }
}

/** A refusal with the name of its file. */
export function located(name: string, error: unknown): unknown {
  return error instanceof Refusal ? new Fault(`${escapeText(name)}: ${error.message}`, error.hint) : error;
}
