/** Files of arrays, right and wrong, written byte by byte. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

export const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../../fixtures/formats', name));

/** What fixtures/formats/make_npy.py kept of each array: its shape and the bits of its values. */
export const FIXTURES: Readonly<Record<string, Readonly<Record<string, { shape: string; bits: string }>>>> = JSON.parse(
  fixture('arrays.json').toString(),
);

/** Numbers as the bytes that numpy writes on a little-endian machine. */
export const doubles = (values: readonly number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);

/** An .npy file with a header as numpy writes it, or with another one. */
export function npy(descr: string, shape: readonly number[], data: Uint8Array, { fortran = false, header = '' } = {}): Buffer {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const dict = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  const text = header || `${dict.padEnd(117)}\n`;
  const head = Buffer.from('\x93NUMPY\x01\x00..', 'latin1');
  head.writeUInt16LE(text.length, 8);
  return Buffer.concat([head, Buffer.from(text, 'latin1'), data]);
}

export interface MemberParts {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflate?: boolean;
  /** What the headers say, where it is not true. */
  readonly size?: number;
  readonly packedSize?: number;
  readonly crc?: number;
  readonly method?: number;
  readonly flags?: number;
  readonly localName?: string;
  /** Compressed bytes, where they are others than those of `data`. */
  readonly packed?: Uint8Array;
  /** Where the directory says that it begins. */
  readonly offset?: number;
}

export interface ZipParts {
  readonly comment?: string;
  /** Bytes between the members and the directory, and behind the directory. */
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
  /** Members that the end record counts. */
  readonly count?: number;
  /** With the records and fields of the zip64 form. */
  readonly zip64?: boolean;
}

export function zip(members: readonly MemberParts[], parts: ZipParts = {}): Buffer {
  const { comment = '', before = Buffer.alloc(0), after = Buffer.alloc(0), count = members.length, zip64 = false } = parts;
  const chunks: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const member of members) {
    const { name, data, deflate = false, localName = name } = member;
    const packed = member.packed ?? (deflate ? deflateRawSync(data) : data);
    const { size = data.length, packedSize = packed.length, crc = crc32(data), method = deflate ? 8 : 0, flags = 0 } = member;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(zip64 ? 0xffffffff : packedSize, 14);
    common.writeUInt32LE(zip64 ? 0xffffffff : size, 18);
    const field = Buffer.alloc(zip64 ? 20 : 0);
    if (zip64) {
      field.writeUInt16LE(1, 0);
      field.writeUInt16LE(16, 2);
      field.writeBigUInt64LE(BigInt(size), 4);
      field.writeBigUInt64LE(BigInt(packedSize), 12);
    }
    common.writeUInt16LE(field.length, 24);
    const named = (text: string) => {
      const copy = Buffer.from(common);
      copy.writeUInt16LE(Buffer.byteLength(text), 22);
      return copy;
    };
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(member.offset ?? at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), named(name), tail, Buffer.from(name), field);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), named(localName), Buffer.from(localName), field, packed]);
    chunks.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const start = at + before.length;
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : start, 16);
  end.writeUInt16LE(comment.length, 20);
  const records = zip64 ? [zip64Records(count, central.length, start)] : [];
  return Buffer.concat([...chunks, before, central, after, ...records, end, Buffer.from(comment, 'latin1')]);
}

function zip64Records(count: number, length: number, start: number): Buffer {
  const record = Buffer.alloc(76);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(length), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  record.write('PK\x06\x07', 56, 'latin1');
  record.writeBigUInt64LE(BigInt(start + length), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

/** A safetensors file with a header as given. */
export function safetensors(header: string | object, data: Uint8Array = Buffer.alloc(0), length?: bigint): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(length ?? BigInt(text.length));
  return Buffer.concat([head, text, data]);
}

/** Every beginning of a file that is a multiple of 97 bytes long, and its last ones. */
export function cuts(bytes: Buffer): Buffer[] {
  const lengths = Array.from({ length: Math.ceil(bytes.length / 97) }, (_, k) => 97 * k).filter((length) => length > 0);
  return [1, 6, 7, ...lengths, bytes.length - 1].map((length) => bytes.subarray(0, length));
}
