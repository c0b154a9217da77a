/** Values as YAML, on one line. */
import { jsonString } from '../render/tojson.ts';

export type Scalar = string | number | boolean;

/** What no YAML, new or old, takes for something else; other text stands in quotes, escaped as in JSON. */
const PLAIN = /^[A-Za-z_][\w./-]*$/;
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

export function yamlText(value: Scalar | readonly Scalar[]): string {
  if (typeof value === 'object') return value.length === 1 ? yamlText(value[0]) : `[${value.map(yamlText).join(', ')}]`;
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && !RESERVED.test(value) ? value : jsonString(value);
}
