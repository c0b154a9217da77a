/** The element type of an .npy header, as numpy writes it: `<f8`, `|b1`. */
import type { Layout } from '../arrays/layout.ts';
import { type ElementType, TYPES } from '../arrays/types.ts';
import { Fault, quote } from '../fault.ts';

const BY_CODE = new Map<string, ElementType>([
  ['b1', TYPES.bool],
  ['i1', TYPES.int8],
  ['i2', TYPES.int16],
  ['i4', TYPES.int32],
  ['i8', TYPES.int64],
  ['u1', TYPES.uint8],
  ['u2', TYPES.uint16],
  ['u4', TYPES.uint32],
  ['u8', TYPES.uint64],
  ['f2', TYPES.float16],
  ['f4', TYPES.float32],
  ['f8', TYPES.float64],
]);

/** What is no number, by the first letter of its code, and how to get numbers of it. */
const REFUSED: readonly { readonly code: RegExp; readonly what: string; readonly hint: string }[] = [
  {
    code: /^O/,
    what: 'Python objects, which are pickled: reading them would run code from the file',
    hint: 'save numbers: numpy.save(path, numpy.array(a.tolist(), dtype=float))',
  },
  { code: /^c/, what: 'complex numbers', hint: 'save a real part of them: numpy.save(path, a.real), or numpy.abs(a)' },
  { code: /^f/, what: 'long doubles, which a float64 does not hold exactly', hint: "numpy.save(path, a.astype('float64'))" },
  { code: /^[USa]/, what: 'text', hint: 'save class indices: numpy.save(path, numpy.unique(a, return_inverse=True)[1])' },
  { code: /^[mM]/, what: 'dates or durations', hint: "numpy.save(path, a.astype('int64'))" },
  {
    code: /^V/,
    what: 'records or raw bytes',
    hint: "save each field: numpy.savez(path, **{name: a[name] for name in a.dtype.names}); bfloat16: a.astype('float32')",
  },
];

/** The code of records; a list of their fields stands for it in the header. */
export const FIELDS = '|V';

export function elementType(place: string, descr: string): Pick<Layout, 'type' | 'littleEndian'> {
  const [, order, code = ''] = /^([<>|]?)(.*)$/s.exec(descr) ?? [];
  const type = BY_CODE.get(code);
  if (type && (type.size === 1 || order === '<' || order === '>')) return { type, littleEndian: order !== '>' };
  const refused = REFUSED.find((one) => one.code.test(code));
  if (type || !refused)
    throw new Fault(`${place}: the element type ${quote(descr)} is not known`, 'write it again with numpy.save');
  throw new Fault(`${place}: holds ${refused.what}`, refused.hint);
}
