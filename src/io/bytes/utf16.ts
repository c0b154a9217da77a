import { escapeText, Fault } from '../fault.ts';
import type { ByteReader, Bytes } from './reader.ts';

type Utf16 = 'utf-16le' | 'utf-16be';

/** The encoding that a byte order mark announces. UTF-32 begins with the mark of UTF-16: it is told apart by the zeros behind. */
export function utf16Encoding(head: Buffer): Utf16 | undefined {
  const [first, second, third, fourth] = head;
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe && !(third === 0 && fourth === 0) ? 'utf-16le' : undefined;
}

/** UTF-16 text, as spreadsheets write it, as UTF-8. The byte order mark is dropped. */
export function utf16Bytes(name: string, source: ByteReader, encoding: Utf16): Bytes {
  return { chunks: decoded(name, source, encoding), close: () => source.close() };
}

async function* decoded(name: string, source: ByteReader, encoding: Utf16): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Buffer) => {
    const begin = source.consumed - (chunk?.length ?? 0);
    try {
      return Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }), 'utf8');
    } catch {
      throw new Fault(
        `${escapeText(name)}: is not valid UTF-16, ${chunk ? `at byte ${begin + 1} or behind it` : 'at its end'}`,
        'write it as UTF-8 instead',
      );
    }
  };
  for (let chunk = await source.next(); chunk; chunk = await source.next()) yield decode(chunk);
  yield decode();
}
