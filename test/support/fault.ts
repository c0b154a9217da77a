import { expect } from 'vitest';
import { Fault } from '../../src/io/fault.ts';

/** What the user would be told. */
export interface Told {
  readonly message: string;
  readonly hint: string | undefined;
}

function told(error: unknown): Told {
  expect(error, String(error)).toBeInstanceOf(Fault);
  const { message, hint } = error as Fault;
  return { message, hint };
}

/** The fault that `action` ends with; fails when it does not. */
export function faultOf(action: () => unknown): Told {
  try {
    action();
  } catch (error) {
    return told(error);
  }
  throw new Error('no fault');
}

export async function faultIn(action: () => Promise<unknown>): Promise<Told> {
  try {
    await action();
  } catch (error) {
    return told(error);
  }
  throw new Error('no fault');
}
