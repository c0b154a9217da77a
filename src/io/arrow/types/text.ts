import { constants, isUtf8 } from 'node:buffer';
import { viewOf } from '../../bytes/view.ts';
import { isValid, type Type } from '../field.ts';
import { damage } from '../refusal.ts';
import { checkedOffsets, offsetSize } from './offsets.ts';

/** `large` counts bytes in 64 bits. */
export function textType(large: boolean): Type {
  return {
    name: large ? 'large_string' : 'string',
    validity: true,
    buffers: [offsetSize(large), () => undefined],
    children: [],
    read({ rows, valid, buffers: [offsetBytes, bytes] }) {
      const text = asBuffer(bytes as Uint8Array);
      const offsets = checkedOffsets(offsetBytes as Uint8Array, rows, large, text.length);
      const checked = isUtf8(text.subarray(offsets[0], offsets[rows]));
      return {
        rows,
        cell: (row) => (isValid(valid, row) ? decode(text, offsets[row] as number, offsets[row + 1] as number, checked) : null),
      };
    },
  };
}

const VIEW = 16;
/** Longest text that stands in the view itself. */
const INLINE = 12;

/** 16 bytes a row: the length; then the text, or where it is long, its first four bytes, its buffer and its place in there. */
export const TEXT_VIEW: Type = {
  name: 'string_view',
  validity: true,
  buffers: [(rows) => VIEW * rows],
  variadic: true,
  children: [],
  read({ rows, valid, buffers: [bytes, ...others] }) {
    const views = asBuffer(bytes as Uint8Array);
    const words = viewOf(Int32Array, views, (VIEW / 4) * rows);
    const word = (row: number, k: number) => words[(VIEW / 4) * row + k] as number;
    const texts = others.map((other) => ({ text: asBuffer(other), checked: isUtf8(other) }));
    return {
      rows,
      // Many views may show the same text.
      size(start, end) {
        let size = 0;
        for (let row = start; row < end; row++) if (isValid(valid, row)) size += Math.max(0, word(row, 0));
        return size;
      },
      cell(row) {
        if (!isValid(valid, row)) return null;
        const length = word(row, 0);
        const begin = VIEW * row + 4;
        if (length >= 0 && length <= INLINE) return decode(views, begin, begin + length, false);
        const shown = texts[word(row, 2)];
        const offset = word(row, 3);
        if (!shown || length < 0 || offset < 0 || offset + length > shown.text.length)
          throw damage('a text behind the end of its values');
        return decode(shown.text, offset, offset + length, shown.checked);
      },
    };
  },
};

/** No string can be longer. */
const LONGEST = constants.MAX_STRING_LENGTH;

/** A piece of valid text is valid where it neither begins nor ends inside a character; `checked` spares looking at all of it. */
function decode(text: Buffer, start: number, end: number, checked: boolean): string {
  if (end - start > LONGEST) throw damage(`a text of ${end - start} bytes`);
  const known = checked && !isContinuation(text[start]) && !isContinuation(text[end]);
  if (!known && !isUtf8(text.subarray(start, end))) throw damage('text that is not valid UTF-8');
  return text.toString('utf8', start, end);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
