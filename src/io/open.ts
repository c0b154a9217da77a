import type { Table } from './batch.ts';
import { compressionOf, uncompressedPath } from './bytes/compressions.ts';
import { fileBytes, streamBytes } from './bytes/file.ts';
import { fileRandom, heldRandom } from './bytes/random.ts';
import { ByteReader } from './bytes/reader.ts';
import { utf16Bytes, utf16Encoding } from './bytes/utf16.ts';
import { escapeText, Fault, quote } from './fault.ts';
import { foreignFault, foreignFormat } from './foreign.ts';
import { FORMATS, type Format, MAGIC_LENGTH } from './formats.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
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
  /** JSON may hold NaN and Infinity, as Python writes them. */
  readonly lenientJson?: boolean;
  readonly limits?: Limits;
}

/** Opens a table of whatever format and reads just enough to know its columns. */
export async function open(source: Source, options: OpenOptions): Promise<Table> {
  const { name, stream } = source;
  const { header, delimiter, lenientJson = false, limits = DEFAULT_LIMITS } = options;
  const file = stream ? null : fileBytes(name);
  const raw = new ByteReader(file ?? streamBytes(name, stream as NodeJS.ReadableStream));
  let bytes = raw;
  let inOrder = true;
  try {
    let path = name;
    let plain = file?.plain;
    const compression = compressionOf(await bytes.peek(4));
    if (compression) {
      bytes = new ByteReader(await compression.decompress(name, bytes, limits));
      path = uncompressedPath(name, compression);
      plain = null; // what lies in the file is not what is read
    }
    const encoding = utf16Encoding(await bytes.peek(4));
    if (encoding) {
      bytes = new ByteReader(utf16Bytes(name, bytes, encoding));
      plain = null;
    }
    const head = await bytes.peek(MAGIC_LENGTH);
    if (head.length === 0) throw new Fault(`${escapeText(name)}: is empty`, 'it needs at least a line with column names');
    const byExtension = formatOfPath(path);
    const format = options.format === undefined ? await detect(name, byExtension, bytes, head) : byName(options.format);
    const guessed = options.format === undefined && byExtension === undefined;
    const openTable = await format.load();
    const table = await openTable({
      name,
      bytes,
      file: plain ?? null,
      random: async () => {
        inOrder = false;
        return plain ? fileRandom(plain) : heldRandom(name, bytes, limits);
      },
      format: format.name,
      guessed,
      header,
      delimiter,
      lenientJson,
      limits,
    });
    return inOrder ? { progress: () => ({ bytes: raw.consumed, total: file?.plain?.size }), ...table } : table;
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
  const padded = Buffer.concat([head], MAGIC_LENGTH); // of a shorter source with zeros
  const marked = FORMATS.find(({ magic }) => magic?.(padded));
  if (marked) return marked;
  const foreign = foreignFormat(head);
  if (foreign) throw foreignFault(name, foreign);
  if (byExtension?.magic) return byExtension; // damaged: its reader says how
  return byName(await sniffText(name, bytes, byExtension?.name));
}
