/** Arrays of numpy and safetensors. */
import { doubles, fixture, npy, safetensors, zip } from '../../io/array-files.ts';
import { npyReference, safetensorsReference } from '../reference-arrays.ts';
import type { Seed } from '../seed.ts';

const NUMBERS = doubles([0.1, -0, 5e-324, 1e10, 1 / 3, -2.5]);
const INTEGERS = Buffer.from(Int32Array.from([1, -1, 2147483647, 7, 5, 3]).buffer);

const npySeed = (name: string, bytes: Buffer, more: Partial<Seed> = {}): Seed => ({
  name,
  file: 'pred.npy',
  bytes,
  reference: npyReference,
  ...more,
});

export const npySeeds = (): Seed[] => [
  npySeed('doubles', npy('<f8', [6], NUMBERS)),
  npySeed('big-endian', npy('>i4', [3, 2], Buffer.from(INTEGERS).swap32())),
  npySeed('fortran', npy('<f8', [3, 2], NUMBERS, { fortran: true })),
  npySeed('version 2', fixture('numpy-v2.npy')),
  npySeed('version 3', fixture('numpy-v3.npy')),
  npySeed('flags', fixture('numpy-flags.npy'), { texts: ['pred'] }),
];

const MEMBERS = [
  { name: 'y.npy', data: npy('<f8', [6], NUMBERS) },
  { name: 'logits.npy', data: npy('<i4', [6, 1], INTEGERS) },
];

/** Nothing in an archive is without a checksum. */
export const npzSeeds = (): Seed[] => [
  { name: 'stored', file: 'preds.npz', bytes: zip(MEMBERS) },
  { name: 'deflated', file: 'preds.npz', bytes: zip(MEMBERS.map((member) => ({ ...member, deflate: true }))) },
  { name: 'zip64', file: 'preds.npz', bytes: zip(MEMBERS, { zip64: true }) },
  { name: 'numpy', file: 'preds.npz', bytes: fixture('numpy-shapes.npz') },
];

const TENSORS = {
  __metadata__: { format: 'pt' },
  y: { dtype: 'F64', shape: [6], data_offsets: [0, 48] },
  label: { dtype: 'I32', shape: [6], data_offsets: [48, 72] },
  pairs: { dtype: 'I16', shape: [6, 2], data_offsets: [72, 96] },
};

export const safetensorsSeeds = (): Seed[] => [
  {
    name: 'three',
    file: 'preds.safetensors',
    bytes: safetensors(TENSORS, Buffer.concat([NUMBERS, INTEGERS, INTEGERS])),
    reference: safetensorsReference,
  },
];
