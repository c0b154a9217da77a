/** The text of a configuration -> its value, and the place in the text of every part of it. JSON is YAML, and read as such. */
import type { Document, LineCounter, Node } from 'yaml';
import type { Flaw, Path } from '../../engine/shape.ts';
import { flawText } from '../../engine/shape.ts';
import { escapeText, Fault } from '../../io/fault.ts';

export interface ConfigDocument {
  readonly value: unknown;
  /** `lossctl.yaml:12:7`, of the nearest part that is there. */
  place(path: Path): string;
}

/** Aliases may repeat what an anchor names; more of them than this are made to fill the memory. */
const MOST_ALIASES = 100;

/**
 * YAML 1.2 with the core schema, whatever the text says: `no` is a text, a key that stands twice is an error, and no tag makes
 * anything but plain data. `below` leads to the configuration in a file that holds more.
 */
export async function parseConfig(file: string, content: string, below: Path = []): Promise<ConfigDocument> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(content, {
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  });
  refuseErrors(file, document, lines);
  const node = (path: Path) => nodeAt(yaml, document, [...below, ...path]);
  const place = (path: Path) => placeOf(file, lines, node(path));
  const value = below.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], plain(file, document));
  return { value, place };
}

function refuseErrors(file: string, { errors, warnings }: Document, lines: LineCounter): void {
  const [first] = [...errors, ...warnings]; // it warns of tags that it does not know, and reads on
  if (!first) return;
  const { line, col } = lines.linePos(first.pos[0]);
  const tooDeep = errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const wrong = tooDeep ? 'is nested too deeply' : first.message;
  const hint = first.code === 'TAG_RESOLVE_FAILED' ? 'a configuration is plain data: leave the tag out' : undefined;
  throw new Fault(`${escapeText(file)}:${line}:${col}: ${escapeText(wrong)}`, hint);
}

function plain(file: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new Fault(`${escapeText(file)}: ${escapeText(error.message)}`, 'an alias repeats what an anchor before it names');
  }
}

/** The key of a mapping, or the item of a list, that a path leads to; or the last one on the way that is there. */
function nodeAt({ isAlias, isMap, isScalar, isSeq }: typeof import('yaml'), document: Document, path: Path): Node | null {
  let found: Node | null = document.contents;
  let inside: unknown = document.contents;
  for (const key of path) {
    if (isAlias(inside)) inside = inside.resolve(document);
    if (isMap(inside)) {
      const pair = inside.items.find((one) => isScalar(one.key) && String(one.key.value) === String(key));
      if (!pair) break;
      found = pair.key as Node;
      inside = pair.value;
    } else if (isSeq(inside) && inside.items[Number(key)] !== undefined) {
      found = inside.items[Number(key)] as Node;
      inside = found;
    } else break;
  }
  return found;
}

function placeOf(file: string, lines: LineCounter, node: Node | null): string {
  const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
  return `${escapeText(file)}:${line}:${col}`;
}

/** What does not fit a shape, at its place. */
export function faultOf(document: ConfigDocument, flaw: Flaw): Fault {
  const hint = flaw.hint ?? (flaw.path.length ? undefined : 'lossctl init PREDICTIONS writes a configuration to begin with');
  return new Fault(`${document.place(flaw.path)}: ${escapeText(flawText('', flaw))}`, hint && escapeText(hint));
}

/** What goes wrong with a part is told with its place. */
export function placed<T>(document: ConfigDocument, path: Path, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Fault ? new Fault(`${document.place(path)}: ${error.message}`, error.hint, error.code) : error;
  }
}
