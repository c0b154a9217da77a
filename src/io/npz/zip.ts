/** The members of a zip archive. yauzl reads its directory; what it leaves unchecked is checked here. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import type { RandomBytes } from '../bytes/random.ts';
import { ByteReader, type Bytes } from '../bytes/reader.ts';
import { escapeText, Fault, quote } from '../fault.ts';
import { type Limits, limitFault, limitText } from '../limits.ts';

export interface Member {
  /** Its path in the archive. */
  readonly name: string;
  /** Length of what it holds, decompressed. */
  readonly size: number;
  /** Decompressed, with its length and checksum verified at the end. */
  open(): Promise<ByteReader>;
}

const CHUNK = 256 * 1024;
const WINDOW = 64 * 1024;
const STORED = 0;
const DEFLATED = 8;
const END_RECORD = 22;
/** Of an archive in the zip64 form, between the directory and the end record. */
const ZIP64_RECORDS = 56 + 20;

const REWRITE = 'copy or write the file again';

/** Reads the directory. Members in it share no bytes, and nothing follows them that it does not list. */
export async function zipMembers(name: string, source: RandomBytes, limits: Limits): Promise<Member[]> {
  const shown = escapeText(name);
  const yauzl = await import('yauzl');
  const reader = readerOf(yauzl, source);
  const zip = await guard(shown, () => yauzl.fromRandomAccessReaderPromise(reader, source.size, { autoClose: false }));
  const entries = await guard(shown, () => entriesOf(shown, zip, limits));
  checkExtents(shown, zip, entries, source.size);
  return entries
    .filter((entry) => !entry.fileName.endsWith('/'))
    .map((entry) => ({
      name: entry.fileName,
      size: entry.uncompressedSize,
      open: async () => new ByteReader(await openMember(`${shown}: member ${quote(entry.fileName)}`, zip, entry, source)),
    }));
}

/** yauzl asks for a few bytes at a time: they come from a window of many. */
function readerOf(yauzl: typeof import('yauzl'), source: RandomBytes) {
  let held: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };

  async function bytesAt(start: number, length: number): Promise<Buffer> {
    let window = held;
    if (start < window.start || start + length > window.start + window.bytes.length) {
      window = { start, bytes: await source.read(start, Math.max(length, Math.min(WINDOW, source.size - start))) };
      held = window;
    }
    return window.bytes.subarray(start - window.start, start - window.start + length);
  }

  class Reader extends yauzl.RandomAccessReader {
    override read(buffer: Buffer, offset: number, length: number, position: number, done: (error: Error | null) => void) {
      bytesAt(position, length).then(
        (bytes) => {
          buffer.set(bytes, offset);
          done(null);
        },
        (error: Error) => done(error),
      );
    }
  }
  return new Reader();
}

async function entriesOf(shown: string, zip: ZipFile, limits: Limits): Promise<Entry[]> {
  const entries: Entry[] = [];
  const names = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    if (names.has(entry.fileName))
      throw new Fault(`${shown}: damaged zip: two members are named ${quote(entry.fileName)}`, REWRITE);
    names.add(entry.fileName);
    if (entries.push(entry) <= limits.columns) continue;
    throw limitFault(`${shown}: more members than ${limitText('columns', limits)}`, 'columns', limits);
  }
  return entries;
}

/** Members that overlap are how a small archive becomes petabytes, and how two readers see two archives. */
function checkExtents(shown: string, zip: ZipFile, entries: readonly Entry[], size: number): void {
  const directoryEnd = Number(zip.readEntryCursor); // declared as boolean, and a position
  const end = size - END_RECORD - zip.comment.length;
  if (directoryEnd !== end && directoryEnd !== end - ZIP64_RECORDS) {
    throw new Fault(`${shown}: damaged zip: its directory ends at byte ${directoryEnd}, and not before its end record`, REWRITE);
  }
  let before = 0;
  for (const entry of [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader < before) {
      throw new Fault(`${shown}: damaged zip: member ${quote(entry.fileName)} overlaps another`, REWRITE);
    }
    before = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize;
  }
  if (before > directoryEnd) throw new Fault(`${shown}: damaged zip: a member reaches into the directory`, REWRITE);
}

async function openMember(place: string, zip: ZipFile, entry: Entry, source: RandomBytes): Promise<Bytes> {
  if (entry.isEncrypted()) throw new Fault(`${place}: is encrypted`, 'write it again without a password');
  const method = entry.compressionMethod;
  if (method !== STORED && method !== DEFLATED) {
    throw new Fault(
      `${place}: zip compression method ${method} is not read`,
      'numpy.savez and numpy.savez_compressed write what is read',
    );
  }
  const local = await guard(place, () => zip.readLocalFileHeaderPromise(entry));
  if (!local.fileName.equals(entry.fileNameRaw))
    throw new Fault(`${place}: damaged zip: the member itself has another name`, REWRITE);
  const raw = range(source, local.fileDataStart, local.fileDataStart + entry.compressedSize);
  if (method === STORED) return { chunks: checked(place, entry, raw, source), close: async () => {} };
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  // The pipeline destroys `inflate` with the error, so that reading its output throws it: nothing is swallowed here.
  pipeline(Readable.from(raw, { objectMode: false }), inflate).catch(() => {});
  return {
    chunks: checked(place, entry, inflated(place, entry, inflate), source),
    close: async () => {
      inflate.destroy();
    },
  };
}

async function* range(source: RandomBytes, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += CHUNK) yield await source.read(at, Math.min(CHUNK, end - at));
}

async function* inflated(place: string, entry: Entry, inflate: ReturnType<typeof createInflateRaw>): AsyncGenerator<Buffer> {
  try {
    yield* inflate as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(`${place}: damaged zip: ${escapeText((error as Error).message)}`, REWRITE);
  }
  if (inflate.bytesWritten !== entry.compressedSize) throw sizeFault(place);
}

/** Counted as they come: what a member inflates to may be far more than it declares. */
async function* checked(place: string, entry: Entry, chunks: AsyncIterable<Buffer>, source: RandomBytes): AsyncGenerator<Buffer> {
  let length = 0;
  let sum = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > entry.uncompressedSize) break;
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (length !== entry.uncompressedSize) throw sizeFault(place);
  if (sum !== entry.crc32) throw new Fault(`${place}: its checksum differs: the data is damaged`, REWRITE);
  await source.verify(); // the directory may be that of another file by now
}

function sizeFault(place: string): Fault {
  return new Fault(`${place}: damaged zip: it holds more or less than it declares`, REWRITE);
}

/** Errors of yauzl are about the data, not about lossctl. */
async function guard<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault) throw error;
    const { message } = error as Error;
    if (/^End of central directory/.test(message)) throw new Fault(`${place}: is cut short: the zip archive has no end`, REWRITE);
    throw new Fault(`${place}: damaged zip: ${escapeText(message)}`, REWRITE);
  }
}
