import type { RandomBytes } from '../bytes/random.ts';
import type { Limits } from '../limits.ts';
import type { Field } from './field.ts';
import { FlatTable } from './flatbuffer.ts';
import { checkVersion, type Message, readMessage } from './message.ts';
import { damage, parsed, Refusal } from './refusal.ts';
import { SCHEMA, schemaFields, signature } from './schema.ts';
import type { Body, Source } from './source.ts';
import { LONGEST_METADATA, metadataLength } from './stream.ts';

/** A table of `File.fbs`. */
const FOOTER = [2, 4, 4, 4, 4];

/** How a file begins and ends. */
export const MAGIC = 'ARROW1';
/** The magic, filled up. */
const HEAD = 8;
/** Length of the footer and the magic. */
const TAIL = 4 + MAGIC.length;
/** Behind the last message, as in a stream. */
const END_MARK = Buffer.from('ffffffff00000000', 'hex');
/** Mark and length, in front of the metadata. */
const PREFIX = 8;

/** A message as the footer lists it. */
interface Block {
  readonly kind: Message['kind'];
  readonly offset: number;
  readonly metadataLength: number;
  readonly bodyLength: number;
}

/** Opens an Arrow IPC file: messages as in a stream, and a footer that says where they are. Both must say the same. */
export async function openFile(bytes: RandomBytes, limits: Limits): Promise<Source> {
  const { footer, start } = await readFooter(bytes);
  parsed(() => checkVersion(footer.int16(0)));
  const fields = parsed(() => schemaFields(footer.table(1, SCHEMA), limits));
  const dictionaries = blocksOf('dictionary', footer, 2);
  const records = blocksOf('records', footer, 3);
  const inOrder = [...dictionaries, ...records].sort((a, b) => a.offset - b.offset);
  let end = await schemaEnd(bytes, inOrder[0]?.offset ?? start, start, fields, limits);
  let passed = end;
  // One behind the other, up to the footer: a byte too many or too few in the last one would shift its values.
  for (const block of inOrder) {
    checkNext(end, block.offset);
    end = block.offset + block.metadataLength + block.bodyLength;
  }
  checkNext(end, start - END_MARK.length);
  if (!(await bytes.read(end, END_MARK.length)).equals(END_MARK)) throw damage(`no end of the messages at byte ${end}`);

  async function* messages(): ReturnType<Source['messages']> {
    const begun = new Set<number>();
    for (const block of [...dictionaries, ...records]) {
      const bodyStart = block.offset + block.metadataLength;
      const read: Body['read'] = (offset, length, memory) => bytes.read(bodyStart + offset, length, memory);
      const message = await messageAt(bytes, block);
      // All dictionaries count for all record batches: a second one would change what the first ones hold.
      if (message.kind === 'dictionary' && !message.delta && begun.size === begun.add(message.id).size)
        throw damage(`a file with two dictionaries ${message.id}, which only a stream may have`);
      yield { message, body: { read, inOrder: false } };
      passed += block.metadataLength + block.bodyLength;
    }
    await bytes.verify();
  }

  return { fields, messages, progress: () => ({ bytes: passed, total: end }) };
}

async function readFooter(bytes: RandomBytes): Promise<{ footer: FlatTable; start: number }> {
  const tail = bytes.size < HEAD + TAIL ? Buffer.alloc(TAIL) : await bytes.read(bytes.size - TAIL, TAIL);
  const length = tail.readInt32LE(0);
  if (tail.toString('latin1', 4) !== MAGIC || length < 4 || length > Math.min(bytes.size - HEAD - TAIL, LONGEST_METADATA)) {
    throw new Refusal(
      'the Arrow file is cut short: its footer is missing or damaged',
      'write it again; a stream or file must be closed by the program that writes it',
    );
  }
  const start = bytes.size - TAIL - length;
  const all = await bytes.read(start, length);
  return { footer: parsed(() => FlatTable.root(all, FOOTER)), start };
}

function blocksOf(kind: Message['kind'], footer: FlatTable, field: number): readonly Block[] {
  return parsed(() => {
    const list = footer.structs(field, 24);
    return Array.from({ length: list.length }, (_, k) => {
      const block = { kind, offset: list.int64(k, 0), metadataLength: list.int32(k, 8), bodyLength: list.int64(k, 16) };
      if (block.metadataLength < PREFIX || block.metadataLength > LONGEST_METADATA || block.bodyLength < 0)
        throw damage(`a footer that lists a message of ${block.metadataLength} and ${block.bodyLength} bytes`);
      return block;
    });
  });
}

/** Where the schema ends that most writers put first, as in a stream; apache-arrow for JavaScript leaves it out. */
async function schemaEnd(
  bytes: RandomBytes,
  first: number,
  footer: number,
  fields: readonly Field[],
  limits: Limits,
): Promise<number> {
  if (first === HEAD || footer - HEAD < PREFIX) return HEAD;
  const length = metadataLength(await bytes.read(HEAD, PREFIX), HEAD);
  if (length === 0) return HEAD; // no messages at all
  const message = readMessage(await bytes.read(HEAD + PREFIX, length));
  if (message.kind !== 'schema') throw damage(`the footer lists its first message at byte ${first}, the file has one at ${HEAD}`);
  if (signature(schemaFields(message.schema, limits)) !== signature(fields))
    throw damage('the columns in the footer differ from those at the beginning');
  return HEAD + PREFIX + length;
}

function checkNext(end: number, next: number): void {
  if (next !== end) throw damage(`the footer lists no message from byte ${end} to ${next}`);
}

async function messageAt(bytes: RandomBytes, block: Block): Promise<Message> {
  const metadata = await bytes.read(block.offset, block.metadataLength);
  const length = metadataLength(metadata, block.offset);
  const odd = length !== block.metadataLength - PREFIX;
  const message = odd ? undefined : readMessage(metadata.subarray(PREFIX));
  if (message?.kind === block.kind && message.bodyLength === block.bodyLength) return message;
  throw damage(`the footer lists a message at byte ${block.offset}, where another one is`);
}
