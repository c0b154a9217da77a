import type { Data } from 'apache-arrow';

type Arrow = typeof import('apache-arrow');

/**
 * What is wrong with a column that apache-arrow made, or `undefined`. It takes buffers as they come: one that is too short
 * reads as `undefined` or 0 behind its end, and an offset that points outside gives an empty text.
 */
export function columnDamage(arrow: Arrow, data: Data): string | undefined {
  const { length, nullCount, nullBitmap } = data;
  const { Type } = arrow;
  if (nullCount > 0 && data.typeId !== Type.Null && nullBitmap.length * 8 < length) return 'a validity bitmap that is too short';
  switch (data.typeId) {
    case Type.Null:
      return undefined;
    case Type.Bool:
      return data.values.length * 8 < length ? 'a buffer that is too short' : undefined;
    case Type.Utf8:
    case Type.LargeUtf8:
      return offsetDamage(data, data.values.length);
    case Type.List:
    case Type.LargeList:
      return offsetDamage(data, childOf(data).length) ?? columnDamage(arrow, childOf(data));
    case Type.FixedSizeList:
      if (childOf(data).length < length * data.stride) return 'a list without its values';
      return columnDamage(arrow, childOf(data));
    case Type.Dictionary:
      return data.values.length < length ? 'a buffer that is too short' : dictionaryDamage(arrow, data);
    default:
      return data.values !== undefined && data.values.length < length * data.stride ? 'a buffer that is too short' : undefined;
  }
}

/** The values of a list column, all rows one behind the other. */
export function childOf(data: Data): Data {
  return data.children[0] as Data;
}

function offsetDamage({ valueOffsets, length }: Data, end: number): string | undefined {
  if (length === 0) return undefined;
  if (valueOffsets.length < length + 1) return 'an offset buffer that is too short';
  let before = 0;
  for (let i = 0; i <= length; i++) {
    const offset = Number(valueOffsets[i]); // of 64 bits in the large types
    if (offset < before) return 'offsets that go backwards';
    before = offset;
  }
  return before > end ? 'an offset behind the end of its values' : undefined;
}

function dictionaryDamage(arrow: Arrow, data: Data): string | undefined {
  const dictionary = data.dictionary;
  if (!dictionary) return 'a dictionary that is missing';
  for (let i = 0; i < data.length; i++) {
    const index = Number(data.values[i]);
    if (data.getValid(i) && !(index >= 0 && index < dictionary.length)) return 'an index outside its dictionary';
  }
  for (const chunk of dictionary.data) {
    const damage = columnDamage(arrow, chunk);
    if (damage !== undefined) return damage;
  }
  return undefined;
}
