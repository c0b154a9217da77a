/** Where a configuration is: the file that was named, or one of the usual names in the current folder. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isObject } from '../../engine/shape.ts';
import { escapeText, Fault } from '../../io/fault.ts';
import { type ConfigDocument, parseConfig } from './document.ts';

const MANIFEST = 'package.json';
/** Of a manifest. */
const KEY = 'lossctl';

const NAMES = ['lossctl.yaml', 'lossctl.yml', 'lossctl.json'];

export const CONFIG_NAMES: readonly string[] = [...NAMES, MANIFEST];

/** Nobody writes more: a table of predictions was named. */
const MOST_BYTES = 2 ** 20;

export interface FoundConfig extends ConfigDocument {
  readonly file: string;
}

export async function findConfig(named: string | undefined): Promise<FoundConfig> {
  if (named !== undefined) return readConfig(named);
  const present = NAMES.filter((name) => existsSync(name));
  if (existsSync(MANIFEST) && (await hasKey(MANIFEST))) present.push(MANIFEST);
  const [file, other] = present;
  if (other !== undefined) throw new Fault(`there are two configurations: ${file} and ${other}`, `name one: --config ${file}`);
  if (file !== undefined) return readConfig(file);
  throw new Fault(
    `there is no configuration here: none of ${[...NAMES, `${MANIFEST} with the key "${KEY}"`].join(', ')}`,
    'lossctl init PREDICTIONS writes one; --config FILE names one elsewhere',
  );
}

async function readConfig(file: string): Promise<FoundConfig> {
  const content = await read(file);
  const below = basename(file) === MANIFEST ? [KEY] : [];
  if (below.length && !(await hasKey(file)))
    throw new Fault(`${escapeText(file)} has no key "${KEY}"`, 'lossctl init PREDICTIONS writes a configuration');
  return { file, ...(await parseConfig(file, content, below)) };
}

/** A manifest that is damaged is not ours to report, unless it was named. */
async function hasKey(file: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await read(file));
    return isObject(manifest) && Object.hasOwn(manifest, KEY);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

async function read(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > MOST_BYTES) throw new Fault(`${escapeText(file)} is too large for a configuration`, 'at most 1 MiB');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof TypeError) throw new Fault(`${escapeText(file)} is not text in UTF-8`);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Fault(`${escapeText(file)}: no such file`, 'lossctl init PREDICTIONS writes a configuration');
    throw new Fault(`${escapeText(file)}: cannot be read: ${escapeText(code ?? message)}`);
  }
}
