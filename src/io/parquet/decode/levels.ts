import { readHybrid } from './hybrid.ts';

/** How deep each entry of a page is defined or repeated. */
export function readLevels(bytes: Uint8Array, highest: number, count: number): Uint8Array {
  const levels = new Uint8Array(count);
  readHybrid(bytes, 32 - Math.clz32(highest), levels);
  for (let i = 0; i < count; i++) {
    if ((levels[i] as number) > highest) throw new Error(`a level of ${levels[i]}, where ${highest} is the highest`);
  }
  return levels;
}

/** How many entries have this level. */
export function countLevel(levels: Uint8Array, level: number): number {
  let count = 0;
  for (let i = 0; i < levels.length; i++) if (levels[i] === level) count++;
  return count;
}
