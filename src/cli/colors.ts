import { Chalk, type ChalkInstance } from 'chalk';
import type { World } from './world.ts';

/** Decoration for standard output: `auto` asks NO_COLOR, FORCE_COLOR and whether it is a terminal, in this order. */
export function colorsFor(when: 'auto' | 'always' | 'never', { env, stdout }: World): ChalkInstance {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const wanted = when === 'always' || (when === 'auto' && !env.NO_COLOR && (forced || stdout.isTTY === true));
  return new Chalk({ level: wanted ? 1 : 0 });
}
