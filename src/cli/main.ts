import { EXIT, endingOf } from './errors.ts';
import { removeUnfinished } from './output.ts';
import { createProgram } from './program.ts';
import type { World } from './world.ts';

/** Runs the command line in `world.argv` and gives the exit code. Ends the process itself only when interrupted. */
export async function main(world: World): Promise<number> {
  const debug = world.argv.includes('--debug');
  world.stdout.on('error', () => {}); // every write reports its own error; without a listener Node would throw it again
  world.once?.('SIGINT', () => {
    removeUnfinished();
    world.exit?.(EXIT.interrupted); // results are written in one piece at the end: none is cut
  });
  let code: number = EXIT.pass;
  const program = createProgram(world, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync([...world.argv]);
    return code;
  } catch (error) {
    const ending = endingOf(error, debug);
    world.stderr.write(ending.text);
    return ending.code;
  }
}

export { work } from './threads/worker.ts';
