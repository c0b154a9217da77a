/** The program in this process: a command line and standard input in, what it wrote and its exit code out. */
import { Readable, Writable } from 'node:stream';
import { main } from '../../src/cli/main.ts';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

function collector(): { stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

export async function lossctl(
  args: readonly string[],
  stdin: string | Uint8Array = '',
  env: Record<string, string> = {},
): Promise<Outcome> {
  const [stdout, stderr] = [collector(), collector()];
  const world = {
    argv: ['node', 'lossctl', ...args],
    env,
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
  };
  const code = await main(world);
  return { stdout: stdout.text(), stderr: stderr.text(), code };
}

/** Splits a command as a shell does: spaces, single and double quotes. */
export function words(command: string): string[] {
  return [...command.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, a, b) => a ?? b),
  );
}
