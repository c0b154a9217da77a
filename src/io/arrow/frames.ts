import type { ByteReader } from '../bytes/reader.ts';
import { escapeText } from '../fault.ts';
import { FlatTable } from './flatbuffer.ts';
import { FrameCheck, MAGIC, SCHEMA } from './frame-check.ts';

const CONTINUATION = -1;
/** A schema of 100,000 columns takes about 10 MB. */
const LONGEST_METADATA = 256 * 1024 * 1024;

/**
 * The messages of an Arrow stream, each checked before apache-arrow sees it: that reader takes big-endian numbers as
 * little-endian ones, and missing bytes as zeros or NaN. A file holds the same messages between its magic and its footer, so it
 * is read as a stream as well, and the footer then says whether all of them were there.
 */
export async function* frames(name: string, bytes: ByteReader): AsyncGenerator<Uint8Array> {
  const isFile = (await bytes.peek(MAGIC.length)).toString('latin1') === MAGIC;
  const check = new FrameCheck(escapeText(name), await schemaInFooter(bytes));
  if (isFile) await check.read(bytes, 8, 'its magic');
  for (;;) {
    const start = bytes.consumed;
    const prefix = await check.read(bytes, 8, 'the next message or the end-of-stream marker');
    if (prefix.readInt32LE(0) !== CONTINUATION) throw check.damaged(`no message begins at byte ${start + 1}`);
    const metadataLength = prefix.readInt32LE(4);
    if (metadataLength === 0) {
      yield prefix;
      break;
    }
    if (metadataLength < 0 || metadataLength > LONGEST_METADATA) throw check.damaged(`metadata of ${metadataLength} bytes`);
    const metadata = await check.read(bytes, metadataLength, 'the metadata of a message');
    const bodyLength = check.message(metadata, start);
    const body = await check.read(bytes, bodyLength, 'the body of a message');
    yield aligned(prefix, metadata, body);
  }
  if (isFile) check.footer(await readAll(bytes));
  else if ((await bytes.peek(1)).length > 0)
    throw check.damaged(`bytes after the end of the stream, at byte ${bytes.consumed + 1}`);
}

/** Whether a file holds its schema in the footer only: apache-arrow's own writer leaves out the message that others write. */
export async function schemaInFooter(bytes: ByteReader): Promise<boolean> {
  const head = await bytes.peek(16);
  if (head.length < 16 || head.toString('latin1', 0, MAGIC.length) !== MAGIC) return false;
  const metadataLength = head.readInt32LE(12);
  if (metadataLength === 0) return true; // no messages at all
  if (metadataLength < 0 || metadataLength > LONGEST_METADATA) return false;
  try {
    return FlatTable.root((await bytes.peek(16 + metadataLength)).subarray(16)).int8(1) !== SCHEMA;
  } catch {
    return false; // named where the message is read
  }
}

/** In memory of its own, so that numbers lie at multiples of their size and apache-arrow need not copy them. */
function aligned(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** All bytes that are left. */
export async function readAll(bytes: ByteReader): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let chunk = await bytes.next(); chunk; chunk = await bytes.next()) parts.push(chunk);
  return Buffer.concat(parts);
}
