/** `lossctl schema`: what the files of lossctl look like, as JSON Schema, from the shapes that check them. */
import type { Command } from 'commander';
import { BASELINE } from '../../engine/baseline.ts';
import { jsonSchema, type Shape } from '../../engine/shape.ts';
import { STATE } from '../../engine/state/decode.ts';
import type { Loss } from '../../losses/define.ts';
import { configShape } from '../config/shape.ts';
import type { Declared } from '../flags.ts';
import { RESULT } from '../result-shape.ts';
import { type World, writeIfRead } from '../world.ts';

interface Described {
  readonly title: string;
  readonly shape: (losses: readonly Loss[], declared: Declared) => Shape;
}

export const SCHEMAS = {
  config: { title: 'lossctl.yaml: the suite of lossctl check', shape: configShape },
  result: { title: 'lossctl.result/v1: what lossctl eval, merge and check print as JSON', shape: () => RESULT },
  state: { title: 'lossctl.state/v1: what lossctl eval --state-out writes', shape: () => STATE },
  baseline: { title: 'lossctl.baseline/v1: what lossctl baseline write writes', shape: () => BASELINE },
} as const satisfies Readonly<Record<string, Described>>;

export function addSchema(program: Command, world: World, losses: readonly Loss[], declared: Declared): void {
  program
    .command('schema')
    .description('the JSON Schema of a file that lossctl reads or writes')
    .addArgument(program.createArgument('<what>', 'which file').choices(Object.keys(SCHEMAS)))
    .action(async (what: keyof typeof SCHEMAS) => {
      const { title, shape } = SCHEMAS[what];
      await writeIfRead(world.stdout, `${JSON.stringify(jsonSchema(shape(losses, declared), title), null, 2)}\n`);
    });
}
