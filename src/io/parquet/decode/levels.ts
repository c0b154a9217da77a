import { readHybrid } from './hybrid.ts';

/** How deep each entry of a page is defined or repeated; the highest level there may be is below 256. */
export function readLevels(bytes: Uint8Array, highest: number, count: number): Uint8Array {
  const levels = new Uint8Array(count);
  readHybrid(bytes, 32 - Math.clz32(highest), levels);
  for (let i = 0; i < count; i++) {
    if ((levels[i] as number) > highest) throw new Error(`a level of ${levels[i]}, where ${highest} is the highest`);
  }
  return levels;
}

/** How deep each entry is defined; `undefined` where all are there, which nearly all writers say by a single run. */
export function readDefined(bytes: Uint8Array, highest: number, count: number): Uint8Array | undefined {
  if (firstRun(bytes, highest) >= count) return undefined;
  const levels = readLevels(bytes, highest, count);
  return countLevel(levels, highest) === count ? undefined : levels;
}

/** How many entries the run has that comes first, if it is one of this level; 0 otherwise. */
function firstRun(bytes: Uint8Array, level: number): number {
  let head = 0;
  for (const [k, byte] of bytes.subarray(0, 5).entries()) {
    head += (byte & 0x7f) * 2 ** (7 * k);
    if (byte < 0x80) return head % 2 === 0 && bytes[k + 1] === level ? head / 2 : 0;
  }
  return 0;
}

/** How many entries have this level. */
export function countLevel(levels: Uint8Array, level: number): number {
  let count = 0;
  for (let i = 0; i < levels.length; i++) if (levels[i] === level) count++;
  return count;
}
