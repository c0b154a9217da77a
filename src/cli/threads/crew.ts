/** Threads that evaluate pieces of a table: this one, and others beside it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { sendable } from '../../engine/batch-pieces.ts';
import type { Crew, Crews, Found, Job } from '../../engine/threads.ts';
import type { Piece } from '../../io/batch.ts';
import { type Assignment, evaluatePiece } from './assignment.ts';
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

/** Pieces that another thread may have at a time: one in work, and one that it goes on with. */
const AHEAD = 2;
/** Pieces that may wait for those before them: a thread takes long for its first ones, until its code is compiled. */
const WAITING = 4;

interface Member {
  isReady: boolean;
  /** How many pieces it was given and has not answered, and how many it may be given. */
  readonly load: number;
  readonly most: number;
  begin(job: Job): void;
  evaluate(piece: Piece): Promise<Found>;
  close(): Promise<void>;
}

class Thread implements Member {
  isReady = false;
  readonly most = AHEAD;
  readonly #waiting: { resolve(found: Found): void; reject(error: Error): void }[] = [];
  /** Why it takes no piece any more. */
  #ended: Error | undefined;
  readonly #worker: Worker;

  constructor(assignment: Assignment) {
    this.#worker = new Worker(script(), { workerData: assignment, env: {}, execArgv: [], resourceLimits: LIMITS });
    this.#worker.on('message', (answer: Answer) => {
      this.isReady = true;
      if ('ready' in answer) return;
      const { resolve, reject } = this.#waiting.shift() as { resolve(found: Found): void; reject(error: Error): void };
      if ('bug' in answer) reject(Object.assign(new Error(answer.bug.message), { stack: answer.bug.stack }));
      else resolve(answer.found);
    });
    const fail = (error: Error) => {
      this.#ended ??= error;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    };
    this.#worker.on('error', fail);
    this.#worker.on('exit', () => fail(new Error('a thread ended before its work was done')));
  }

  get load(): number {
    return this.#waiting.length;
  }

  begin(job: Job): void {
    this.#send({ job });
  }

  async evaluate(piece: Piece): Promise<Found> {
    if (this.#ended) throw this.#ended;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#send({ piece: sendable(piece) });
    });
  }

  async close(): Promise<void> {
    this.#worker.removeAllListeners('exit');
    await this.#worker.terminate();
  }

  #send(order: Order): void {
    this.#worker.postMessage(order);
  }
}

/** This thread has started, and compiled what it runs: it is worth as much as another one. */
class Here implements Member {
  readonly isReady = true;
  readonly most = 1;
  load = 0;
  readonly #assignment: Assignment;
  #job: Job | undefined;

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
  }

  begin(job: Job): void {
    this.#job = job;
  }

  async evaluate(piece: Piece): Promise<Found> {
    this.load++;
    await setImmediate(); // what others have answered is heard first
    try {
      return await evaluatePiece(this.#assignment, this.#job as Job, sendable(piece));
    } finally {
      this.load--;
    }
  }

  async close(): Promise<void> {}
}

/** Starting on a piece of this size costs nothing against reading it. */
const PIECE_BYTES = 4 * 1024 * 1024;

export function crewsOf(threads: number, assignment: Assignment): Crews {
  return { pieceBytes: PIECE_BYTES, start: () => startCrew(threads, assignment), now: () => performance.now() };
}

function startCrew(threads: number, assignment: Assignment): Crew {
  const others = Array.from({ length: threads - 1 }, () => new Thread(assignment));
  const crew: Member[] = [...others, new Here(assignment)]; // others first: this thread goes to work at once when it is given a piece
  return {
    async isReady() {
      await setImmediate();
      return crew.every(({ isReady }) => isReady);
    },
    get isFree() {
      return crew.some(({ load, most }) => load < most);
    },
    room: AHEAD * others.length + 1 + WAITING,
    begin(job) {
      for (const member of crew) member.begin(job);
    },
    evaluate: (piece) =>
      crew.reduce((idlest, one) => (one.load / one.most < idlest.load / idlest.most ? one : idlest)).evaluate(piece),
    async close() {
      await Promise.all(crew.map((member) => member.close()));
    },
  };
}
