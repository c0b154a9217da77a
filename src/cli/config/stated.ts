/** What a configuration says of one data set: its own word before that of the defaults, each with its place. */
import type { Path } from '../../engine/shape.ts';
import type { ConfigDocument } from './document.ts';

export type Mapping = Readonly<Record<string, unknown>>;

/** Something that is said. */
export interface Part {
  readonly path: Path;
  readonly value: unknown;
}

export class Stated {
  readonly config: ConfigDocument;
  readonly name: string;
  readonly #own: Mapping;
  readonly #defaults: Mapping;

  constructor(config: ConfigDocument, name: string, own: Mapping, defaults: Mapping) {
    this.config = config;
    this.name = name;
    this.#own = own;
    this.#defaults = defaults;
  }

  /** Of the data set as a whole. */
  get path(): Path {
    return ['data', this.name];
  }

  get(key: string): Part | undefined {
    if (Object.hasOwn(this.#own, key)) return { path: [...this.path, key], value: this.#own[key] };
    return Object.hasOwn(this.#defaults, key) ? { path: ['defaults', key], value: this.#defaults[key] } : undefined;
  }

  /** The items of a list; one that stands alone needs none. */
  items(key: string): Part[] {
    const part = this.get(key);
    return part ? itemsOf(part) : [];
  }

  /** The entries of a mapping: those of the defaults with those of the data set over them. */
  entries(key: string): Map<string, Part> {
    const of = (mapping: Mapping, base: Path) =>
      Object.entries((mapping[key] ?? {}) as Mapping).map(
        ([name, value]) => [name, { path: [...base, key, name], value }] as const,
      );
    return new Map([...of(this.#defaults, ['defaults']), ...of(this.#own, this.path)]);
  }
}

export function itemsOf({ path, value }: Part): Part[] {
  return Array.isArray(value) ? value.map((one, k) => ({ path: [...path, k], value: one })) : [{ path, value }];
}
