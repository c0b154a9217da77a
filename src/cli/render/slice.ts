import type { SliceKey } from '../../engine/result.ts';

/** A result as a gate names it: `huber{region=eu}`, and the loss alone for all rows. */
export function subjectText(id: string, slice: SliceKey | null): string {
  return slice ? `${id}{${sliceText(slice)}}` : id;
}

/** A slice in one text, as a gate names it: `region=eu,sex=F`. Parts that would be ambiguous are quoted as JSON strings. */
export function sliceText(slice: SliceKey): string {
  return Array.from(slice, ([column, value]) => `${part(column)}=${part(value)}`).join(',');
}

function part(text: string): string {
  return text === '' || /[,={}"]|^\s|\s$/.test(text) ? JSON.stringify(text) : text;
}
