import { type ArrayColumn, arrayTable } from '../arrays/table.ts';
import type { Table } from '../batch.ts';
import { heldRandom } from '../bytes/random.ts';
import { escapeText, Fault, quote } from '../fault.ts';
import { foreignFault, zippedFormat } from '../foreign.ts';
import type { Input } from '../formats.ts';
import type { Limits } from '../limits.ts';
import { openNpyArray } from '../npy/array.ts';
import { type Member, zipMembers } from './zip.ts';

const NPY = '.npy';

/** Opens an .npz archive: each member is a column, of the name that numpy gives it. Members in Fortran order are held in memory. */
export async function openNpz({ name, bytes, random, format, limits }: Input): Promise<Table> {
  const source = await random();
  const members = await zipMembers(name, source, limits);
  refuseOthers(
    name,
    members.map((member) => member.name),
  );
  return arrayTable({
    name,
    format,
    limits,
    columns: members.map((member) => column(name, member, limits)),
    close: () => bytes.close(),
  });
}

/** Other files that are zip archives as well. */
function refuseOthers(name: string, members: readonly string[]): void {
  const foreign = zippedFormat(members);
  if (foreign) throw foreignFault(name, foreign);
  if (members.some((member) => member.endsWith(NPY))) return;
  const [only, ...more] = members;
  throw new Fault(
    `${escapeText(name)}: is a zip archive without .npy arrays`,
    `take a file out of it: unzip -p ${escapeText(name)} ${only === undefined || more.length > 0 ? 'MEMBER' : escapeText(only)} | lossctl eval -`,
  );
}

function column(name: string, member: Member, limits: Limits): ArrayColumn {
  const isArray = member.name.endsWith(NPY);
  const place = `${escapeText(name)}: member ${quote(member.name)}`;
  return {
    name: isArray ? member.name.slice(0, -NPY.length) : member.name,
    async open() {
      if (!isArray) throw new Fault(`${place}: is no .npy array`, 'numpy.savez and numpy.savez_compressed write what is read');
      const bytes = await member.open();
      try {
        const random = () => heldRandom(name, bytes, limits);
        return await openNpyArray(place, { bytes, random, file: null }, limits);
      } catch (error) {
        await bytes.close();
        throw error;
      }
    },
  };
}
