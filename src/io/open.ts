import type { Table } from './batch.ts';
import { fileBytes, streamBytes } from './bytes/file.ts';
import { gunzipBytes, isGzip } from './bytes/gzip.ts';
import { ByteReader } from './bytes/reader.ts';
import { escapeText, Fault, quote } from './fault.ts';
import { foreignFormat } from './foreign.ts';
import { FORMATS, type Format, MAGIC_LENGTH } from './formats.ts';
import { sniffText } from './sniff.ts';

/** Where bytes come from. */
export interface Source {
  /** A path; `<stdin>` beside a stream. */
  readonly name: string;
  /** Bytes that are open already, such as standard input. */
  readonly stream?: NodeJS.ReadableStream;
}

export interface OpenOptions {
  /** Name of a format in `FORMATS`. Without it the bytes decide, then the extension, then a look at the text. */
  readonly format?: string;
  /** Whether the first line of delimited text names the columns. */
  readonly header: boolean;
  /** What separates the cells of delimited text; without it, the first lines decide. */
  readonly delimiter?: string;
}

/** Opens a table of whatever format and reads just enough to know its columns. */
export async function open(source: Source, options: OpenOptions): Promise<Table> {
  const { name, stream } = source;
  let bytes = new ByteReader(stream ? streamBytes(name, stream) : await fileBytes(name));
  try {
    let path = name;
    if (isGzip(await bytes.peek(2))) {
      bytes = new ByteReader(gunzipBytes(name, bytes));
      path = name.replace(/\.gz$/i, '');
    }
    const head = await bytes.peek(MAGIC_LENGTH);
    if (head.length === 0) throw new Fault(`${escapeText(name)}: is empty`, 'it needs at least a line with column names');
    const byExtension = formatOfPath(path);
    const format = options.format === undefined ? await detect(name, byExtension, bytes, head) : byName(options.format);
    const guessed = options.format === undefined && byExtension === undefined;
    const openTable = await format.load();
    const { header, delimiter } = options;
    return await openTable({ name, bytes, format: format.name, guessed, header, delimiter });
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

function byName(name: string): Format {
  const format = FORMATS.find((each) => each.name === name);
  if (format) return format;
  throw new Fault(`unknown input format ${quote(name)}`, `choose one of: ${FORMATS.map((each) => each.name).join(', ')}`);
}

function formatOfPath(path: string): Format | undefined {
  const lower = path.toLowerCase();
  return FORMATS.find(({ extensions }) => extensions.some((extension) => lower.endsWith(extension)));
}

async function detect(name: string, byExtension: Format | undefined, bytes: ByteReader, head: Buffer): Promise<Format> {
  const marked = head.length >= MAGIC_LENGTH && FORMATS.find(({ magic }) => magic?.(head));
  if (marked) return marked;
  const foreign = foreignFormat(head);
  if (foreign) {
    const convert = foreign.convert.replace('IN', escapeText(name));
    throw new Fault(`${escapeText(name)}: is ${foreign.name}, which lossctl does not read yet`, `convert it: ${convert}`);
  }
  return byName(await sniffText(name, bytes, byExtension?.name));
}
