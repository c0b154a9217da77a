import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutput, parseOutput, writeFileAtomic } from '../../src/cli/output.ts';
import { RENDERERS } from '../../src/cli/render/index.ts';
import { Fault } from '../../src/io/fault.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-output-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('parseOutput', () => {
  it.each([
    ['out.json', 'json', 'out.json'],
    ['out.JSONL', 'ndjson', 'out.JSONL'],
    ['a/b.md', 'markdown', 'a/b.md'],
    ['table:out.txt', 'table', 'out.txt'],
    ['JSON:x', 'json', 'x'],
    ['csv:a:b.json', 'csv', 'a:b.json'],
    ['C:\\out.json', 'json', 'C:\\out.json'],
    ['./json:x.csv', 'csv', './json:x.csv'],
    ['xml:out.csv', 'csv', 'xml:out.csv'],
    [':x.csv', 'csv', ':x.csv'],
  ])('%s is %s to %s', (text, format, path) => {
    expect(parseOutput(text, RENDERERS)).toEqual({ format, path });
  });

  it.each(['out.txt', 'out', 'xml:out', '.json'])('refuses %s and lists the formats', (text) => {
    const hint = 'formats: table, json (.json), ndjson (.ndjson .jsonl), csv (.csv), tsv (.tsv), markdown (.md .markdown)';
    expect(() => parseOutput(text, RENDERERS)).toThrow(
      expect.objectContaining({ name: 'Fault', hint: expect.stringContaining(hint) }),
    );
  });

  it.each(['', '-', 'json:', 'json:-'])('refuses %j, which is no file', (text) => {
    expect(() => parseOutput(text, RENDERERS)).toThrow('names no file');
  });
});

describe('writeFileAtomic', () => {
  it('makes a file, and leaves nothing beside it', async () => {
    await writeFileAtomic(at('new.json'), 'text\n', []);
    expect(readFileSync(at('new.json'), 'utf8')).toBe('text\n');
    expect(readdirSync(folder)).toEqual(['new.json']);
  });

  it('replaces a file and keeps its mode', async () => {
    writeFileSync(at('old'), 'old');
    chmodSync(at('old'), 0o600);
    await writeFileAtomic(at('old'), 'new', []);
    expect(readFileSync(at('old'), 'utf8')).toBe('new');
    expect(statSync(at('old')).mode & 0o777).toBe(0o600);
  });

  it('writes through a link, which stays one', async () => {
    mkdirSync(at('there'));
    writeFileSync(at('there/file'), 'old');
    symlinkSync(at('there/file'), at('link'));
    await writeFileAtomic(at('link'), 'new', []);
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('there/file'), 'utf8')).toBe('new');
  });

  it.each(['input.csv', './input.csv', 'hard', 'soft'])('refuses an input under the name %s', async (name) => {
    writeFileSync(at('input.csv'), 'data');
    linkSync(at('input.csv'), at('hard'));
    symlinkSync(at('input.csv'), at('soft'));
    const error = await writeFileAtomic(`${folder}/${name}`, 'new', ['missing', at('input.csv')]).catch((e) => e);
    expect(error).toBeInstanceOf(Fault);
    expect(error.message).toContain('is one of the inputs');
    expect(readFileSync(at('input.csv'), 'utf8')).toBe('data');
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('writes into a pipe instead of replacing it', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const read = new Promise<string>((resolve) => {
      import('node:fs/promises').then(({ readFile }) => resolve(readFile(at('pipe'), 'utf8')));
    });
    await writeFileAtomic(at('pipe'), 'through', []);
    expect(await read).toBe('through');
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
  });

  it.each([
    ['no/such/place', 'its directory does not exist'],
    ['.', 'it is a directory'],
    ['file/x', 'its directory is a file'],
  ])('says why %s cannot be written', async (name, reason) => {
    writeFileSync(at('file'), '');
    const error = await writeFileAtomic(`${folder}/${name}`, 'x', []).catch((e) => e);
    expect(error).toBeInstanceOf(Fault);
    expect(error.message).toContain(reason);
  });
});

describe('createOutput', () => {
  it('shows nothing before commit, and everything after', async () => {
    writeFileSync(at('rows.csv'), 'old');
    const file = await createOutput(at('rows.csv'), []);
    await file.write('one\n');
    await file.write('two\n');
    expect(readFileSync(at('rows.csv'), 'utf8')).toBe('old');
    await file.commit();
    expect(readFileSync(at('rows.csv'), 'utf8')).toBe('one\ntwo\n');
  });

  it('leaves the old file and no trace when discarded', async () => {
    writeFileSync(at('rows.csv'), 'old');
    const file = await createOutput(at('rows.csv'), []);
    await file.write('new');
    await file.discard();
    expect(readFileSync(at('rows.csv'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['rows.csv']);
  });

  it('cleans up after a failed rename', async () => {
    const file = await createOutput(at('out'), []);
    await file.write('new');
    mkdirSync(at('out/inside'), { recursive: true });
    await expect(file.commit()).rejects.toThrow(Fault);
    expect(readdirSync(folder)).toEqual(['out']);
  });
});
