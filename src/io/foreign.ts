/** Formats that people hand over and lossctl does not read: recognised so that the message can name them. */
interface Foreign {
  readonly name: string;
  readonly magic: string;
  /** How to get a file that is read. `IN` stands for the file. */
  readonly convert: string;
}

const FOREIGN: readonly Foreign[] = [
  { name: 'Parquet', magic: 'PAR1', convert: pandas("read_parquet('IN')") },
  {
    name: 'npy (numpy)',
    magic: '\x93NUMPY',
    convert: `python -c "import numpy; numpy.savetxt('out.txt', numpy.load('IN'), fmt='%.17g')"`,
  },
  {
    name: 'zip (npz, PyTorch .pt)',
    magic: 'PK\x03\x04',
    convert: `python -c "import numpy; numpy.savetxt('out.txt', numpy.load('IN')['NAME'], fmt='%.17g')", or unzip it first`,
  },
  { name: 'HDF5', magic: '\x89HDF', convert: pandas("read_hdf('IN')") },
  { name: 'zstd', magic: '\x28\xb5\x2f\xfd', convert: 'zstd -dc IN | lossctl eval -' },
  { name: 'bzip2', magic: 'BZh', convert: 'bzip2 -dc IN | lossctl eval -' },
  { name: 'xz', magic: '\xfd7zXZ\x00', convert: 'xz -dc IN | lossctl eval -' },
  { name: 'Feather version 1', magic: 'FEA1', convert: pandas("read_feather('IN')") },
  // Protocols 2 to 5; older pickles have no mark. Unpickling runs code from the file, so it is never read.
  ...['\x02', '\x03', '\x04', '\x05'].map((version) => ({
    name: 'pickle',
    magic: `\x80${version}`,
    convert: `${pandas("read_pickle('IN')")} (only a file you trust: unpickling runs code from it)`,
  })),
];

function pandas(read: string): string {
  return `python -c "import pandas; pandas.${read}.to_csv('out.csv', index=False)"`;
}

/** The unread format that the first bytes announce. */
export function foreignFormat(head: Buffer): Foreign | undefined {
  return FOREIGN.find(({ magic }) => head.toString('latin1', 0, magic.length) === magic);
}
