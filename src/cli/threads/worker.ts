/** What runs in a thread: pieces in, parts of the sums out. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Found, Job } from '../../engine/threads.ts';
import type { Piece } from '../../io/batch.ts';
import { type Assignment, evaluatePiece } from './assignment.ts';

/** The job comes before the first piece. */
export type Order = { readonly job: Job } | { readonly piece: Piece };

/** First `ready`; then answers come in the order of the pieces. `bug`: something that must not happen, with where. */
export type Answer =
  | { readonly ready: true }
  | { readonly found: Found }
  | { readonly bug: { readonly message: string; readonly stack: string | undefined } };

export function work(): void {
  const port = parentPort as MessagePort;
  let job: Job | undefined;
  let before = Promise.resolve();
  port.postMessage({ ready: true } satisfies Answer);
  port.on('message', (order: Order) => {
    if ('job' in order) job = order.job;
    else before = before.then(() => answer(port, job as Job, order.piece));
  });
}

async function answer(port: MessagePort, job: Job, piece: Piece): Promise<void> {
  try {
    const found = await evaluatePiece(workerData as Assignment, job, piece);
    port.postMessage({ found } satisfies Answer);
  } catch (error) {
    const { message, stack } = error as Error;
    port.postMessage({ bug: { message, stack } } satisfies Answer);
  }
}
