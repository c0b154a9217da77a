/** Checks of JSON that came from a file: each says by its path what does not fit. */

/** Says whether a value has a shape; `path` leads to the part that has not. */
export type Shape = (value: unknown, path: string) => string | null;

export const when =
  (holds: (value: unknown) => boolean, what: string): Shape =>
  (value, path) =>
    holds(value) ? null : `${path} is not ${what}`;

export const text = when((value) => typeof value === 'string', 'a text');
export const count = when((value) => Number.isSafeInteger(value) && Number(value) >= 0, 'a count');
export const truth = when((value) => typeof value === 'boolean', 'true or false');
export const oneOf = (options: readonly unknown[]) => when((value) => options.includes(value), `one of ${options.join(', ')}`);

export const list =
  (item: Shape): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return `${path} is not a list`;
    for (const [k, one] of value.entries()) {
      const wrong = item(one, `${path}[${k}]`);
      if (wrong) return wrong;
    }
    return null;
  };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const record =
  (item: Shape): Shape =>
  (value, path) =>
    isObject(value)
      ? firstWrong(Object.entries(value).map(([key, one]) => item(one, `${path}.${key}`)))
      : `${path} is not an object`;

export const fields =
  (shapes: { readonly [key: string]: Shape }): Shape =>
  (value, path) => {
    if (!isObject(value)) return `${path} is not an object`;
    return firstWrong(Object.entries(shapes).map(([key, shape]) => shape(value[key], `${path}.${key}`)));
  };

export const orNull =
  (shape: Shape): Shape =>
  (value, path) =>
    value === null ? null : shape(value, path);

/** A field that need not be there. */
export const maybe =
  (shape: Shape): Shape =>
  (value, path) =>
    value === undefined ? null : shape(value, path);

export const either =
  (a: Shape, b: Shape): Shape =>
  (value, path) =>
    a(value, path) && b(value, path);

function firstWrong(found: readonly (string | null)[]): string | null {
  return found.find((one) => one !== null) ?? null;
}
