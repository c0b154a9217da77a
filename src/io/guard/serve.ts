/** The other side of the guard: what runs in the thread. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Fault } from '../fault.ts';

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

/** Answers every question to the decoder that this thread was started for. */
export function serve(decoders: Readonly<Record<string, () => Operations>>): void {
  const port = parentPort as MessagePort;
  const operations = (decoders[workerData as string] as () => Operations)();
  port.on('message', async ({ operation, request }: Question) => {
    try {
      const work = operations[operation] as (request: unknown) => Given | Promise<Given>;
      const { value, transfer } = await work(request);
      port.postMessage({ value } satisfies Answer, transfer);
    } catch (error) {
      port.postMessage(refusal(error));
    }
  });
}

function refusal(error: unknown): Answer {
  if (error instanceof Fault) return { fault: { message: error.message, hint: error.hint } };
  return { damage: error instanceof Error ? error.message : String(error) };
}
