import { Worker } from 'node:worker_threads';
import { builtFile } from '../built.ts';
import { escapeText, Fault } from '../fault.ts';
import { type Answer, type Decoded, type Decoder, type Question, REWRITE, read } from './answer.ts';

/** Heap of the thread. Typed arrays lie outside of it: what hostile bytes may allocate of those, the decoder itself bounds. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

/** Waiting that every call may take, and what is added for each byte that it works on. */
const PATIENCE = 5_000;
const PER_BYTE = 1 / 1024;
const TICK = 100;

export interface GuardOptions extends Decoded {
  /** Which decoder, as `serve` knows it. */
  readonly task: string;
  /** For tests: another script, less patience. */
  readonly script?: string;
  readonly patience?: number;
}

/**
 * A decoder in a thread of its own, for libraries that hostile bytes can make crash, hang or throw where nobody waits. Whatever
 * happens there is a fault here. One call at a time.
 *
 * A thread is no perfect wall: when one allocation alone exceeds the heap's limit, V8 ends the whole process. A decoder must check
 * counts before it makes arrays of them.
 */
export class Guard implements Decoder {
  readonly #options: GuardOptions;
  readonly #worker: Worker;
  #ended: Fault | undefined;
  #settle: { resolve(answer: Answer): void; reject(fault: Fault): void } | undefined;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#worker = new Worker(options.script ?? builtFile('decode.cjs'), {
      workerData: options.task,
      resourceLimits: LIMITS,
      env: {},
      execArgv: [],
      stdout: true, // what a library prints is not for the user
      stderr: true,
    });
    this.#worker.unref(); // only a call keeps the process alive
    this.#worker.on('message', (answer: Answer) => this.#settle?.resolve(answer));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => this.#end(reason(error)));
    this.#worker.on('exit', () => this.#end('its decoder ended'));
  }

  /** Asks the decoder. `bytes` decides how long it may take. */
  async call<T>(operation: string, request: unknown, bytes = 0, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    if (this.#ended) throw this.#ended;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    const deadline = this.#deadline((this.#options.patience ?? PATIENCE) + bytes * PER_BYTE);
    this.#worker.ref();
    try {
      this.#worker.postMessage({ operation, request } satisfies Question, transfer);
      return read<T>(await answer, this.#options);
    } finally {
      this.#settle = undefined;
      clearInterval(deadline);
      this.#worker.unref();
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Counted in ticks, not by the clock: a process that was stopped, or was busy with other things, has not waited meanwhile. */
  #deadline(milliseconds: number): NodeJS.Timeout {
    let left = Math.ceil(milliseconds / TICK);
    return setInterval(() => {
      if (--left > 0) return;
      this.#end(`no answer after ${Math.ceil(milliseconds / 1000)} s`);
      void this.#worker.terminate();
    }, TICK);
  }

  #end(how: string): void {
    const { name, what } = this.#options;
    this.#ended ??= new Fault(`${escapeText(name)}: cannot be decoded as ${what}: ${how}`, `it may be damaged: ${REWRITE}`);
    this.#settle?.reject(this.#ended);
  }
}

function reason(error: NodeJS.ErrnoException): string {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return `that takes more than ${LIMITS.maxOldGenerationSizeMb} MB`;
  return escapeText(String(error?.message ?? error).slice(0, 400)); // what is thrown need not be an error
}
