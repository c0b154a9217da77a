import type { ByteReader } from '../bytes/reader.ts';
import type { Limits } from '../limits.ts';
import { type Message, readMessage } from './message.ts';
import { cutShort, damage, Refusal } from './refusal.ts';
import { schemaFields } from './schema.ts';
import type { Source } from './source.ts';

const CONTINUATION = -1;
/** A schema of 100,000 columns takes about 10 MB. */
export const LONGEST_METADATA = 64 * 1024 * 1024;
const SKIP = 1024 * 1024;

/** Opens an Arrow IPC stream: a schema, then messages up to a mark that all of them were there. */
export async function openStream(bytes: ByteReader, limits: Limits): Promise<Source> {
  const first = await nextMessage(bytes);
  if (first?.kind !== 'schema') throw damage('it does not begin with a schema');
  const fields = schemaFields(first.schema, limits);

  async function* messages(): ReturnType<Source['messages']> {
    for (let message = await nextMessage(bytes); message; message = await nextMessage(bytes)) {
      const start = bytes.consumed;
      const read = async (offset: number, length: number) => {
        await skip(bytes, start + offset - bytes.consumed);
        return exactly(bytes, length, 'the body of a message');
      };
      yield { message, body: { read, inOrder: true } };
      await skip(bytes, start + message.bodyLength - bytes.consumed);
    }
    if ((await bytes.peek(1)).length > 0) throw damage(`bytes after the end of the stream, at byte ${bytes.consumed + 1}`);
  }

  return { fields, messages };
}

/** `undefined` at the mark of the end. */
async function nextMessage(bytes: ByteReader): Promise<Message | undefined> {
  const at = bytes.consumed;
  const prefix = await exactly(bytes, 8, 'the next message or the end-of-stream marker');
  const length = metadataLength(prefix, at);
  return length === 0 ? undefined : readMessage(await exactly(bytes, length, 'the metadata of a message'));
}

/** Every message begins with a mark and the length of its metadata. */
export function metadataLength(prefix: Buffer, at: number): number {
  if (prefix.readInt32LE(0) !== CONTINUATION) {
    const old = at === 0 || at === 8 ? 'data from before Arrow 0.15 (2019) must be written again' : undefined;
    throw old === undefined
      ? damage(`no message begins at byte ${at + 1}`)
      : new Refusal(`damaged Arrow data: no message begins at byte ${at + 1}`, old);
  }
  const length = prefix.readInt32LE(4);
  if (length < 0 || length > LONGEST_METADATA || length % 8 !== 0) throw damage(`metadata of ${length} bytes`);
  return length;
}

async function exactly(bytes: ByteReader, length: number, what: string): Promise<Buffer> {
  const part = await bytes.read(length);
  if (part.length < length) throw cutShort(bytes.consumed, what);
  return part;
}

async function skip(bytes: ByteReader, length: number): Promise<void> {
  for (let left = length; left > 0; left -= Math.min(left, SKIP))
    await exactly(bytes, Math.min(left, SKIP), 'the body of a message');
}
