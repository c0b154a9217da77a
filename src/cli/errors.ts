/** What ends a run -> what is said and which exit code. */
import { CommanderError } from 'commander';
import type { Verdict } from '../engine/result.ts';
import { Fault } from '../io/fault.ts';
import { PipeClosed } from './world.ts';

export const EXIT = { pass: 0, fail: 1, fault: 2, inconclusive: 3, bug: 70, interrupted: 130 } as const;

/** `failCode` is what a failed gate gives instead of 1. */
export function exitCodeOf(verdict: Verdict, failCode: number = EXIT.fail): number {
  if (verdict === 'error') return EXIT.fault;
  if (verdict === 'fail') return failCode;
  return verdict === 'inconclusive' ? EXIT.inconclusive : EXIT.pass;
}

export interface Ending {
  readonly code: number;
  /** For stderr; empty when everything has been said. */
  readonly text: string;
}

/** `error D09: preds.csv: no rows` and its hint. */
export function faultText({ message, hint, code }: Pick<Fault, 'message'> & Partial<Pick<Fault, 'hint' | 'code'>>): string {
  return `error${code ? ` ${code}` : ''}: ${message}\n${hint ? `  hint: ${hint}\n` : ''}`;
}

export function endingOf(error: unknown, debug: boolean): Ending {
  if (error instanceof PipeClosed) return { code: EXIT.pass, text: '' };
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? EXIT.pass : EXIT.fault, text: '' };
  const stack = debug && error instanceof Error ? `${error.stack}\n` : '';
  if (error instanceof Fault) return { code: EXIT.fault, text: `${faultText(error)}${stack}` };
  const message = error instanceof Error ? error.message : String(error);
  return { code: EXIT.bug, text: `bug in lossctl: ${message}\n  hint: run again with --debug and report what it prints\n${stack}` };
}
