/** Threads that evaluate pieces of a table. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { sendable } from '../../engine/batch-pieces.ts';
import type { Part } from '../../engine/part.ts';
import type { Crew, Crews } from '../../engine/threads.ts';
import type { Piece } from '../../io/batch.ts';
import type { Assignment } from './assignment.ts';
import type { Answer, Order } from './worker.ts';

/** Where the script of a thread is: beside the bundled program, else in the package whose source runs. */
function script(): string {
  const places = ['../bin/thread.js', '../../../bin/thread.js'].map((path) => join(import.meta.dirname, path));
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new Error('there is no bin/thread.js');
  return found;
}

/** Batches die young, and a small room for the young does: 40 MB less for two threads, in the same time. */
const LIMITS = { maxYoungGenerationSizeMb: 4 };

/** Pieces that a thread may have at a time: one in work, and one that it goes on with. */
const AHEAD = 2;

class Thread {
  /** Pieces that were sent and not answered. */
  readonly waiting: { resolve(part: Part | null): void; reject(error: Error): void }[] = [];
  isReady = false;
  /** Why it takes no piece any more. */
  #ended: Error | undefined;
  readonly #worker: Worker;

  constructor(assignment: Assignment) {
    this.#worker = new Worker(script(), { workerData: assignment, env: {}, execArgv: [], resourceLimits: LIMITS });
    this.#worker.on('message', (answer: Answer) => {
      this.isReady = true;
      if ('ready' in answer) return;
      const { resolve, reject } = this.waiting.shift() as Thread['waiting'][number];
      if ('bug' in answer) reject(Object.assign(new Error(answer.bug.message), { stack: answer.bug.stack }));
      else resolve(answer.part);
    });
    const fail = (error: Error) => {
      this.#ended ??= error;
      for (const { reject } of this.waiting.splice(0)) reject(error);
    };
    this.#worker.on('error', fail);
    this.#worker.on('exit', () => fail(new Error('a thread ended before its work was done')));
  }

  send(order: Order): void {
    this.#worker.postMessage(order);
  }

  async evaluate(piece: Piece): Promise<Part | null> {
    if (this.#ended) throw this.#ended;
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.send({ piece: sendable(piece) });
    });
  }

  async close(): Promise<void> {
    this.#worker.removeAllListeners('exit');
    await this.#worker.terminate();
  }
}

/** Starting on a piece of this size costs nothing against reading it. */
const PIECE_BYTES = 4 * 1024 * 1024;

export function crewsOf(threads: number, assignment: Assignment): Crews {
  return { pieceBytes: PIECE_BYTES, start: () => startCrew(threads, assignment), now: () => performance.now() };
}

function startCrew(threads: number, assignment: Assignment): Crew {
  const crew = Array.from({ length: threads }, () => new Thread(assignment));
  return {
    get isReady() {
      return crew.every(({ isReady }) => isReady);
    },
    room: AHEAD * threads,
    begin(job) {
      for (const thread of crew) thread.send({ job });
    },
    evaluate: (piece) => crew.reduce((idlest, one) => (one.waiting.length < idlest.waiting.length ? one : idlest)).evaluate(piece),
    async close() {
      await Promise.all(crew.map((thread) => thread.close()));
    },
  };
}
