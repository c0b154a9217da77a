/** The other side of the guard: what runs in the thread. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type Answer, type Given, type Operations, type Question, refusal } from './answer.ts';

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
