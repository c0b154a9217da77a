/** A field of the metadata, where anything may stand: a whole number from 0 to 2^53, or an error. */
export function whole(value: unknown, field: string): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(typeof number === 'number' ? `${field} is ${number}` : `${field} is not there, or no number`);
}
