/** The header of an .npy file: a Python dict as text, read by its grammar and never evaluated. */
import type { Layout } from '../arrays/layout.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { Fault, quote } from '../fault.ts';
import { type Limits, limitFault, limitText } from '../limits.ts';
import { elementType, FIELDS } from './descr.ts';

/** How a file begins. */
const NPY_MAGIC = '\x93NUMPY';
const REWRITE = 'write it again with numpy.save';

export interface Header {
  readonly layout: Layout;
  /** Where the array begins. */
  readonly length: number;
}

/** Looks at the header and leaves the bytes where they are. `place` says which array it is, for messages. */
export async function npyHeader(place: string, bytes: ByteReader, limits: Limits): Promise<Header> {
  const head = await bytes.peek(12);
  if (!NPY_MAGIC.startsWith(head.toString('latin1', 0, NPY_MAGIC.length))) {
    throw new Fault(`${place}: is no .npy array: it does not begin as one`, REWRITE);
  }
  if (head.length < 12) throw shortFault(place);
  const [major, minor] = [head[6] as number, head[7]];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new Fault(`${place}: version ${major}.${minor} of the npy format is not known`, `known are 1.0, 2.0 and 3.0: ${REWRITE}`);
  }
  const [start, length] = major === 1 ? [10, head.readUInt16LE(8)] : [12, head.readUInt32LE(8)];
  if (length > limits['npy-header']) {
    const what = `${place}: an npy header of ${length} bytes, more than ${limitText('npy-header', limits)}`;
    throw limitFault(what, 'npy-header', limits, REWRITE);
  }
  const whole = await bytes.peek(start + length);
  if (whole.length < start + length) throw shortFault(place);
  return { layout: parseHeader(place, whole.toString('latin1', start)), length: start + length };
}

function shortFault(place: string): Fault {
  return new Fault(`${place}: is cut short: the npy header does not end`, 'copy or write the file again');
}

const TEXT = /'[^'\\]*'|"[^"\\]*"/;
/** Python 2 wrote sizes as `10L`. A tuple of one has a comma. */
const SIZE = '(?:0|[1-9]\\d*)L?';
const TUPLE = new RegExp(`\\(\\s*(?:${SIZE}\\s*,\\s*(?:${SIZE}\\s*,\\s*)*(?:${SIZE}\\s*)?)?\\)`);

const VALUES = new Map([
  ['descr', /'[^'\\]*'|"[^"\\]*"|[[(]/], // a bracket begins the fields of records
  ['fortran_order', /True|False/],
  ['shape', TUPLE],
]);

function parseHeader(place: string, text: string): Layout {
  const found = new Map<string, string>();
  let at = 0;
  const accept = (pattern: RegExp): string | undefined => {
    const match = new RegExp(`\\s*(${pattern.source})`, 'y');
    match.lastIndex = at;
    const [all, token] = match.exec(text) ?? [];
    at += all?.length ?? 0;
    return token;
  };
  const expect = (pattern: RegExp, what: string): string => {
    const token = accept(pattern);
    if (token === undefined) throw damaged(place, `${quote(text.slice(at).trim())} where ${what} is expected`);
    return token;
  };

  expect(/\{/, 'a "{"');
  while (accept(/\}/) === undefined) {
    const key = expect(TEXT, 'a key').slice(1, -1);
    const value = VALUES.get(key);
    if (!value) throw damaged(place, `an unknown key ${quote(key)}`);
    if (found.has(key)) throw damaged(place, `the key ${quote(key)} stands twice`);
    expect(/:/, 'a ":"');
    const token = expect(value, `the value of ${quote(key)}`);
    if (token === '[' || token === '(') elementType(place, FIELDS);
    found.set(key, token);
    if (accept(/,/) !== undefined) continue;
    expect(/\}/, 'a "," or a "}"');
    break;
  }
  expect(/\s*$/, 'nothing more');

  const value = (key: string): string => {
    const token = found.get(key);
    if (token === undefined) throw damaged(place, `the key ${quote(key)} is missing`);
    return token;
  };
  const sizes = value('shape').match(/\d+/g) ?? [];
  return {
    ...elementType(place, value('descr').slice(1, -1)),
    shape: sizes.map(Number),
    fortran: value('fortran_order') === 'True',
  };
}

function damaged(place: string, what: string): Fault {
  return new Fault(`${place}: damaged npy header: ${what}`, REWRITE);
}
