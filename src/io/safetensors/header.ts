/** The header of a safetensors file: JSON of one shape, read by that shape. JSON.parse would take the last of two equal keys. */
import { MOST_AXES, shapeText } from '../arrays/layout.ts';
import { Fault, quote } from '../fault.ts';
import { type Limits, limitFault, limitText } from '../limits.ts';

export interface Tensor {
  readonly name: string;
  /** As the file calls it: `F32`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Where its bytes begin and end, behind the header. */
  readonly start: number;
  readonly end: number;
}

const REWRITE = 'write it again with safetensors.numpy.save_file';
const METADATA = '__metadata__';

/** The types of the format, by the bits of an element. */
const TYPES: readonly (readonly [bits: number, names: readonly string[]])[] = [
  [4, ['F4']],
  [6, ['F6_E2M3', 'F6_E3M2']],
  [8, ['BOOL', 'U8', 'I8', 'F8_E5M2', 'F8_E4M3', 'F8_E8M0']],
  [16, ['U16', 'I16', 'F16', 'BF16']],
  [32, ['U32', 'I32', 'F32']],
  [64, ['U64', 'I64', 'F64', 'C64']],
];

/** Reads the tensors in the order of the header. `length`: bytes behind it, which they fill without a hole or an overlap. */
export function parseHeader(place: string, text: string, length: number, limits: Limits): Tensor[] {
  const tensors = new Parser(place, text, limits).tensors();
  let end = 0;
  for (const tensor of tensors.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const where = `tensor ${quote(tensor.name)}, bytes ${tensor.start} to ${tensor.end}`;
    if (tensor.start < end) throw damaged(place, `${where}, overlaps another`);
    if (tensor.start > end) throw damaged(place, `nothing fills the ${tensor.start - end} bytes before ${where}`);
    if (tensor.end > length)
      throw new Fault(`${place}: is cut short: ${where}, and ${length} are there`, 'copy or write the file again');
    checkSize(place, tensor);
    end = tensor.end;
  }
  if (end < length) throw damaged(place, `${length - end} bytes behind the last tensor`);
  return tensors;
}

function checkSize(place: string, { name, type, shape, start, end }: Tensor): void {
  const [bits] = TYPES.find(([, names]) => names.includes(type)) ?? [];
  if (bits === undefined) return; // refused where it is asked for
  const expected = (shape.reduce((product, size) => product * size, 1) * bits) / 8;
  if (end - start === expected) return;
  throw damaged(
    place,
    `tensor ${quote(name)}: shape ${shapeText(shape)} of ${type} takes ${expected} bytes, and it has ${end - start}`,
  );
}

class Parser {
  readonly #place: string;
  readonly #text: string;
  readonly #limits: Limits;
  #at = 0;

  constructor(place: string, text: string, limits: Limits) {
    this.#place = place;
    this.#text = text;
    this.#limits = limits;
  }

  tensors(): Tensor[] {
    const tensors: Tensor[] = [];
    this.#object('the names of tensors', (name) => {
      if (name === METADATA) this.#object('metadata', () => this.#string());
      else tensors.push(this.#tensor(name));
    });
    if (this.#token() !== undefined) throw this.#unexpected('nothing more');
    return tensors;
  }

  #tensor(name: string): Tensor {
    let type: string | undefined;
    let shape: number[] | undefined;
    let offsets: number[] | undefined;
    this.#object(`tensor ${quote(name)}`, (key) => {
      if (key === 'dtype') type = this.#string();
      else if (key === 'shape') shape = this.#sizes();
      else if (key === 'data_offsets') offsets = this.#sizes();
      else throw damaged(this.#place, `tensor ${quote(name)} has an unknown key ${quote(key)}`);
    });
    const [start, end, ...more] = offsets ?? [];
    if (type === undefined || !shape || start === undefined || end === undefined || more.length > 0 || start > end) {
      throw damaged(this.#place, `tensor ${quote(name)} needs a dtype, a shape, and two data_offsets in order`);
    }
    return { name, type, shape, start, end };
  }

  /** `{ "key": ... }`: calls `value` behind each key. */
  #object(what: string, value: (key: string) => void): void {
    const keys = new Set<string>();
    this.#series('{', '}', () => {
      const key = this.#string();
      if (keys.has(key)) throw damaged(this.#place, `${what}: the key ${quote(key)} stands twice`);
      if (keys.add(key).size > this.#limits.columns) {
        throw limitFault(`${this.#place}: more names than ${limitText('columns', this.#limits)}`, 'columns', this.#limits);
      }
      this.#mark(':');
      value(key);
    });
  }

  #sizes(): number[] {
    const sizes: number[] = [];
    this.#series('[', ']', () => {
      if (sizes.push(this.#size()) > MOST_AXES) throw damaged(this.#place, `more than ${MOST_AXES} sizes`);
    });
    return sizes;
  }

  /** Items between two marks, with commas between them. */
  #series(open: string, close: string, item: () => void): void {
    this.#mark(open);
    if (this.#token() !== close) item();
    while (this.#token() !== close) {
      this.#mark(',');
      item();
    }
    this.#mark(close);
  }

  #size(): number {
    this.#token();
    const pattern = /(?:0|[1-9]\d{0,15})(?![\d.eE])/y;
    pattern.lastIndex = this.#at;
    const [digits] = pattern.exec(this.#text) ?? [];
    if (digits === undefined || !Number.isSafeInteger(Number(digits))) throw this.#unexpected('a size');
    this.#at += digits.length;
    return Number(digits);
  }

  #string(): string {
    if (this.#token() !== '"') throw this.#unexpected('a text');
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    const literal = this.#text.slice(this.#at, end + 1);
    try {
      const text = JSON.parse(literal) as string;
      this.#at = end + 1;
      return text;
    } catch {
      throw this.#unexpected('a text');
    }
  }

  #mark(mark: string): void {
    if (this.#token() !== mark) throw this.#unexpected(`"${mark}"`);
    this.#at++;
  }

  /** The character that comes next; `undefined` at the end. */
  #token(): string | undefined {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? '-')) this.#at++;
    return this.#text[this.#at];
  }

  #unexpected(expected: string): Fault {
    const found = this.#at < this.#text.length ? quote(this.#text.slice(this.#at, this.#at + 200)) : 'its end';
    return damaged(this.#place, `${found} where ${expected} is expected`);
  }
}

function damaged(place: string, what: string): Fault {
  return new Fault(`${place}: damaged safetensors header: ${what}`, REWRITE);
}
