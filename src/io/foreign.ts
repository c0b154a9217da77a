/** Formats that people hand over and lossctl does not read: recognised so that the message can name them. */
import { escapeText, Fault } from './fault.ts';

interface Foreign {
  readonly name: string;
  /** How to get a file that is read. `IN` stands for the file. */
  readonly convert: string;
}

const FOREIGN: readonly (Foreign & { readonly magic: string })[] = [
  { name: 'HDF5', magic: '\x89HDF', convert: pandas("read_hdf('IN')") },
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

/** Formats that are zip archives, by a member that each of them has. */
const ZIPPED: readonly (Foreign & { readonly member: RegExp })[] = [
  {
    name: 'PyTorch (a pickle in a zip)',
    member: /(?:^|\/)data\.pkl$/,
    convert: `python -c "import torch, numpy; d = torch.load('IN', map_location='cpu', weights_only=True); numpy.savez('out.npz', **{k: v.detach().numpy() for k, v in (d if isinstance(d, dict) else {'pred': d}).items()})"`,
  },
  { name: 'an Excel workbook', member: /^xl\/workbook\.xml$/, convert: pandas("read_excel('IN')") },
];

/** The unread format that the first bytes announce. */
export function foreignFormat(head: Buffer): Foreign | undefined {
  return FOREIGN.find(({ magic }) => head.toString('latin1', 0, magic.length) === magic);
}

/** The unread format that the members of a zip archive announce. */
export function zippedFormat(members: readonly string[]): Foreign | undefined {
  return ZIPPED.find(({ member }) => members.some((name) => member.test(name)));
}

/** Names the format of a file, and how to convert it. */
export function foreignFault(name: string, { name: format, convert }: Foreign): Fault {
  const shown = escapeText(name);
  return new Fault(`${shown}: is ${format}, which lossctl does not read yet`, `convert it: ${convert.replace('IN', shown)}`);
}
