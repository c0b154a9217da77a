/** Values of a configuration as flags take them. */

/** `{ huber: { delta: 2 } }` as `--loss` takes it: `huber:delta=2`. */
export function specOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [name, params] = Object.entries(value as Readonly<Record<string, object | null>>)[0];
  const pairs = Object.entries(params ?? {}).map(([key, one]) => `${key}=${textOf(one)}`);
  return pairs.length ? `${name}:${pairs.join(',')}` : name;
}

export function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}
