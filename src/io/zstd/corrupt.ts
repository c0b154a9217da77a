/** Thrown where zstd data contradicts its format; the reader of the file adds the place. */
export class CorruptZstd extends Error {}

/** Data that the format forbids: `what` completes "damaged zstd data: ...". */
export function corrupt(what: string): never {
  throw new CorruptZstd(what);
}
