import type { RandomBytes } from '../bytes/random.ts';
import { escapeText, Fault } from '../fault.ts';

const MAGIC = 'PAR1';
const ENCRYPTED = 'PARE';

/** The length of the metadata, and the magic. */
const TRAILER = 8;

/** Row groups times columns: at about 100 bytes each, these are 600,000 column chunks. */
const LONGEST_METADATA = 64 * 1024 * 1024;

/** The metadata of a file with what follows them, to its end. */
export async function readFooter(name: string, random: RandomBytes): Promise<Buffer> {
  const shown = escapeText(name);
  const { size } = random;
  const damaged = (what: string) =>
    new Fault(
      `${shown}: is cut short or damaged: ${what}`,
      'copy or write the file again; the program that writes it must close it, which writes the end',
    );
  if (size < MAGIC.length + TRAILER) throw damaged(`a Parquet file has at least ${MAGIC.length + TRAILER} bytes, this one ${size}`);
  const head = (await random.read(0, MAGIC.length)).toString('latin1');
  const trailer = await random.read(size - TRAILER, TRAILER);
  const tail = trailer.toString('latin1', TRAILER - MAGIC.length);
  if (head === ENCRYPTED || tail === ENCRYPTED)
    throw new Fault(`${shown}: is encrypted Parquet, which is not read`, 'write it without encryption');
  if (head !== MAGIC) throw damaged('it does not begin with PAR1');
  if (tail !== MAGIC) throw damaged('it does not end with PAR1');
  const length = trailer.readUInt32LE(0);
  if (length === 0 || length > size - MAGIC.length - TRAILER) throw damaged(`metadata of ${length} bytes in a file of ${size}`);
  if (length > LONGEST_METADATA) {
    throw new Fault(
      `${shown}: has metadata of ${length} bytes, more than the ${LONGEST_METADATA} that are read`,
      'write it with fewer columns or fewer row groups',
    );
  }
  return random.read(size - TRAILER - length, length + TRAILER);
}
