/** Who decodes a file: this thread, where its bytes bound the time and the memory that takes, or one behind the guard. */
import { type Decoder, unguarded } from '../guard/answer.ts';
import { Guard } from '../guard/guard.ts';
import { parquetDecoder } from './decode/decoder.ts';
import type { Choices, Contents, GroupPlan, Opening } from './protocol.ts';

const WHAT = 'Parquet';
/** Metadata of at most 10,000 column chunks; longer ones take a heap that the guard limits. */
const SHORT_METADATA = 1024 * 1024;

export interface Planned {
  readonly decoder: Decoder;
  readonly groups: readonly GroupPlan[];
  readonly isGuarded: boolean;
}

export class Decoders {
  readonly #name: string;
  readonly #opening: Opening;
  #here: Decoder | undefined;
  #guard: Guard | undefined;

  constructor(name: string, opening: Opening) {
    this.#name = name;
    this.#opening = opening;
  }

  async contents(): Promise<Contents> {
    const { footer } = this.#opening;
    if (footer.byteLength > SHORT_METADATA) return this.#open(this.#guarded());
    this.#here = unguarded(parquetDecoder(), { name: this.#name, what: WHAT });
    return this.#open(this.#here);
  }

  /** A guard starts once there is something to be guarded. */
  async plan(choices: Choices): Promise<Planned> {
    if (this.#here) {
      const groups = await this.#here.call<readonly GroupPlan[]>('plan', choices);
      if (groups.every(({ isPlain }) => isPlain)) return { decoder: this.#here, groups, isGuarded: false };
      this.#here = undefined;
      await this.#open(this.#guarded());
    }
    const decoder = this.#guarded();
    return { decoder, groups: await decoder.call('plan', { ...choices, lends: false } satisfies Choices), isGuarded: true };
  }

  async close(): Promise<void> {
    await this.#guard?.close();
  }

  #guarded(): Guard {
    this.#guard ??= new Guard({ name: this.#name, task: 'parquet', what: WHAT });
    return this.#guard;
  }

  #open(decoder: Decoder): Promise<Contents> {
    return decoder.call('open', this.#opening, this.#opening.footer.byteLength);
  }
}
