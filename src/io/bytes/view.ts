/** A typed array over bytes; a copy where they do not lie at a multiple of its size. */
export function viewOf<T>(
  array: { new (buffer: ArrayBufferLike, offset: number, length: number): T; readonly BYTES_PER_ELEMENT: number },
  bytes: Uint8Array,
  length: number,
): T {
  // Not `slice`, which for a Buffer is no copy.
  const aligned = bytes.byteOffset % array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new array(aligned.buffer, aligned.byteOffset, length);
}
