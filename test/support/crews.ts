/** Threads without threads: pieces and parts are cloned as between threads, and evaluated here. */
import { sendable } from '../../src/engine/batch-pieces.ts';
import type { Part } from '../../src/engine/part.ts';
import type { Crews, Found, Job } from '../../src/engine/threads.ts';
import type { Piece } from '../../src/io/batch.ts';
import { Fault } from '../../src/io/fault.ts';

export function pretendedCrews(
  pieceBytes: number,
  evaluate: (piece: Piece, job: Job) => Promise<Found>,
  tamper: (part: Part) => Part = (part) => part,
): Crews {
  let time = 0;
  return {
    pieceBytes,
    now() {
      time = 3 * time + 1000; // faster and faster: seeing a piece takes longer than reading it did
      return time;
    },
    start() {
      let job: Job;
      return {
        isReady: async () => true,
        isFree: true,
        room: 4,
        begin(given) {
          job = structuredClone(given);
        },
        async evaluate(piece) {
          const { part, extent } = await evaluate(structuredClone(sendable(piece)), job).catch((error: unknown): Found => {
            if (error instanceof Fault) return { part: null };
            throw error;
          });
          return { part: part && tamper(structuredClone(part)), extent };
        },
        async close() {},
      };
    },
  };
}
