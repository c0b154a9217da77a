import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Guard } from '../../src/io/guard/guard.ts';
import { failure } from './read.ts';

/** A decoder with everything that can go wrong in one, on the real other side of the guard. */
const FAULTY = `
import { Fault } from '${join(import.meta.dirname, '../../src/io/fault.ts')}';
import { serve } from '${join(import.meta.dirname, '../../src/io/guard/serve.ts')}';
let calls = 0;
serve({ faulty: () => ({
  echo: (bytes) => ({ value: { bytes, calls: ++calls }, transfer: [bytes] }),
  later: async (value) => { await new Promise((done) => setTimeout(done, 10)); return { value }; },
  refuse: () => { throw new Fault('is not read', 'write it otherwise'); },
  damage: () => { throw new RangeError('Offset is outside the bounds\\u202e'); },
  text: () => { throw 'a text'; },
  hang: () => { for (;;); },
  never: () => new Promise(() => {}),
  memory: () => { const all = []; for (;;) all.push({ n: all.length }); },
  exit: () => process.exit(0),
  outside: () => { setTimeout(() => { throw new Error('where nobody waits'); }); return new Promise(() => {}); },
  rejected: () => { Promise.reject(new Error('where nobody waits')); return new Promise(() => {}); },
  stack: () => { const deeper = (n) => deeper(n + 1) + 1; return { value: deeper(0) }; },
  print: () => { console.log('to be seen by nobody'); console.error('nor this'); return { value: 1 }; },
  environment: () => ({ value: Object.keys(process.env) }),
  uncloneable: () => ({ value: Symbol('x') }),
}) });
`;

let folder = '';
let script = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-guard-'));
  const entry = join(folder, 'faulty.ts');
  script = join(folder, 'faulty.cjs');
  writeFileSync(entry, FAULTY);
  await build({ entryPoints: [entry], outfile: script, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function guarded<T>(work: (guard: Guard) => Promise<T>, patience = 20_000): Promise<T> {
  const guard = new Guard({ name: 'x.bin', task: 'faulty', what: 'Faulty', script, patience });
  try {
    return await work(guard);
  } finally {
    await guard.close();
  }
}

describe('the guard', () => {
  test('moves memory there and back, and the decoder remembers', async () => {
    await guarded(async (guard) => {
      for (const calls of [1, 2]) {
        const { buffer } = new Uint8Array([1, 2, 3]);
        const answer = await guard.call<{ bytes: ArrayBuffer }>('echo', buffer, 0, [buffer]);
        expect(buffer.byteLength).toBe(0);
        expect(answer).toEqual({ bytes: new Uint8Array([1, 2, 3]).buffer, calls });
      }
      expect(await guard.call('later', 5)).toBe(5);
      expect(await guard.call('print', null)).toBe(1);
      expect(await guard.call('environment', null)).toEqual([]);
    });
  });

  test.each([
    ['refuse', 'x.bin: is not read', 'write it otherwise'],
    ['damage', 'x.bin: damaged Faulty data: Offset is outside the bounds\\u202e', 'copy or write the file again'],
    ['text', 'x.bin: damaged Faulty data: a text', 'copy or write the file again'],
    ['stack', 'x.bin: damaged Faulty data: Maximum call stack size exceeded', 'copy or write the file again'],
    ['uncloneable', 'x.bin: damaged Faulty data: Symbol(x) could not be cloned.', 'copy or write the file again'],
  ])('%s: an error in it is a fault, and the next call is answered', async (operation, message, hint) => {
    await guarded(async (guard) => {
      expect(await failure(() => guard.call(operation, null))).toEqual({ message, hint });
      expect(await guard.call('later', 1)).toBe(1);
    });
  });

  test.each([
    ['exit', 'x.bin: cannot be decoded as Faulty: its decoder ended'],
    ['memory', 'x.bin: cannot be decoded as Faulty: that takes more than 256 MB'],
    ['outside', 'x.bin: cannot be decoded as Faulty: where nobody waits'],
    ['rejected', 'x.bin: cannot be decoded as Faulty: where nobody waits'],
  ])('%s: its end is a fault, now and later', async (operation, message) => {
    const hint = 'it may be damaged: copy or write the file again';
    await guarded(async (guard) => {
      expect(await failure(() => guard.call(operation, null))).toEqual({ message, hint });
      expect(await failure(() => guard.call('later', 1))).toEqual({ message, hint });
    });
  });

  test.each(['hang', 'never'])('%s: it waits no longer than it is told to', async (operation) => {
    const begin = performance.now();
    await guarded(async (guard) => {
      expect((await failure(() => guard.call(operation, null))).message).toBe(
        'x.bin: cannot be decoded as Faulty: no answer after 1 s',
      );
    }, 600);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });

  test('time in which this thread is busy is not waiting', async () => {
    await guarded(async (guard) => {
      const answer = guard.call('later', 7);
      for (const begin = performance.now(); performance.now() - begin < 1000; );
      expect(await answer).toBe(7);
    }, 600);
  });

  test('a call that is under way ends when it is closed', async () => {
    const guard = new Guard({ name: 'x.bin', task: 'faulty', what: 'Faulty', script });
    const waiting = failure(() => guard.call('hang', null));
    await guard.close();
    expect((await waiting).message).toBe('x.bin: cannot be decoded as Faulty: its decoder ended');
  });
});
