/** The process that reads the mutants, and may die of one: `child.ts FOLDER TASKS`. Says for each task that it begins, then an `Answer` for each mutant. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Table } from '../../src/io/batch.ts';
import { open, type Source } from '../../src/io/open.ts';
import { judge, type Known, OUTCOMES, type Verdict } from './judge.ts';
import { type Mutant, mutate } from './mutate.ts';
import { Random } from './random.ts';
import { type Asked, read } from './read.ts';
import type { Seed } from './seed.ts';
import { FAULTY, SEEDS } from './seeds/index.ts';

export interface Task {
  readonly format: string;
  readonly seed: number;
  /** Numbers of mutants, the last one not included. */
  readonly from: number;
  readonly to: number;
}

export interface Answer extends Verdict {
  readonly format: string;
  readonly mutant: number;
  readonly seed: string;
  readonly how: string;
}

/** Most that the memory of the process may grow with one mutant. */
const MEMORY = 200 * 1024 * 1024;

const [folder, tasks] = [process.argv[2] as string, JSON.parse(process.argv[3] as string) as readonly Task[]];
let stray: unknown;
process.on('warning', (warning) => {
  stray = warning;
});
process.on('unhandledRejection', (error) => {
  stray = error;
});
process.on('disconnect', () => process.exit()); // the parent is gone

async function work(task: Task): Promise<void> {
  const family = await familyOf(task.format);
  process.send?.('begin');
  for (let mutant = task.from; mutant < task.to; mutant++) process.send?.(await examine(task, family, mutant));
}

/** Which mutant this is follows from its number alone, and from the seed of the run. */
async function examine({ format, seed }: Task, family: readonly Member[], mutant: number): Promise<Answer> {
  const random = new Random(`${format} ${seed} ${mutant}`);
  const own = family[mutant % family.length] as Member;
  const others = family.map((member) => member.seed);
  const { bytes, how }: Mutant = mutate(own.seed, others, random);
  const columns = chosen(own, random);
  const as = own.texts && random.chance(0.25) ? 'texts' : 'cells';
  const asked = columns.map((name): Asked => ({ name, as: as === 'texts' || own.seed.texts?.includes(name) ? 'text' : 'number' }));
  const known = [own, ...family].map((member): Known => ({ ...member, cells: columns.map((name) => member[as]?.get(name) ?? []) }));
  const batchRows = random.pick([1, 4, 1000]);
  const answer = (verdict: Verdict): Answer => ({ format, mutant, seed: own.seed.name, how, ...verdict });

  const before = { memory: peak(), files: openFiles() };
  stray = undefined;
  const verdicts: Verdict[] = [];
  for (const source of sources(own.seed, random)) {
    const readBytes = (some: Buffer) => read(() => source(some), asked, batchRows);
    try {
      verdicts.push(await judge(known, bytes, asked, await readBytes(bytes), readBytes));
    } catch (error) {
      verdicts.push({ outcome: 'crash', detail: String((error as Error)?.stack ?? error) });
    }
  }
  await new Promise(setImmediate); // what was left behind comes up
  const grown = peak() - before.memory;
  if (stray !== undefined) verdicts.push({ outcome: 'crash', detail: `where nobody waits: ${stray}` });
  else if (openFiles() > before.files) verdicts.push({ outcome: 'crash', detail: 'a file is left open' });
  else if (grown > MEMORY) verdicts.push({ outcome: 'crash', detail: `${Math.round(grown / 2 ** 20)} MB of memory` });
  return answer(
    verdicts.reduce((worst, next) => (OUTCOMES.indexOf(next.outcome) > OUTCOMES.indexOf(worst.outcome) ? next : worst)),
  );
}

/** All columns, or some of them: what is not asked for is not looked at. */
function chosen({ cells }: Member, random: Random): readonly string[] {
  const names = [...cells.keys()];
  const some = random.chance(0.5) ? names : names.filter(() => random.chance(0.4));
  return some.length > 0 ? some : [random.pick(names)];
}

/** From a file that lies there, and from a stream in pieces of any size, sometimes without an extension: then the bytes alone decide. */
function sources({ file, open: openSeed = openTable }: Seed, random: Random): readonly ((bytes: Buffer) => Promise<Table>)[] {
  const path = join(folder, file);
  const name = random.chance(0.25) ? file.slice(0, file.indexOf('.')) : file;
  const longest = random.pick([3, 100, 100_000]);
  return [
    (bytes) => {
      writeFileSync(path, bytes);
      return openSeed({ name: path });
    },
    (bytes) => openSeed({ name, stream: Readable.from(pieces(bytes, longest, random)) }),
  ];
}

function pieces(bytes: Buffer, longest: number, random: Random): Buffer[] {
  const all: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += all.at(-1)?.length ?? 0) all.push(bytes.subarray(at, at + 1 + random.below(longest)));
  return all;
}

function openTable(source: Source): Promise<Table> {
  return open(source, { header: true });
}

const peak = () => process.resourceUsage().maxRSS * 1024;
const openFiles = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);

/** A seed, and what its columns hold by their names. */
interface Member {
  readonly seed: Seed;
  readonly cells: Columns;
  /** All columns as text; absent where some number has no exact one. */
  readonly texts: Columns | undefined;
}

type Columns = ReadonlyMap<string, readonly string[]>;

async function familyOf(format: string): Promise<readonly Member[]> {
  const load = { ...SEEDS, ...FAULTY }[format];
  if (!load) throw new Error(`no seeds of ${format}`);
  const family: Member[] = [];
  for (const seed of await load()) family.push(await untouched(seed));
  return family;
}

async function untouched(seed: Seed): Promise<Member> {
  const [openFile] = sources(seed, new Random(''));
  const openSeed = () => (openFile as NonNullable<typeof openFile>)(seed.bytes);
  const table = await openSeed();
  await table.close();
  const columns = async (as: (name: string) => Asked['as']) => {
    const reading = await read(
      openSeed,
      table.columns.map((name) => ({ name, as: as(name) })),
      1000,
    );
    return 'fault' in reading
      ? reading.fault
      : new Map(table.columns.map((name, k) => [name, reading.cells[k] as readonly string[]]));
  };
  const cells = await columns((name) => (seed.texts?.includes(name) ? 'text' : 'number'));
  if (typeof cells === 'string') throw new Error(`${seed.name}: ${cells}`);
  const texts = await columns(() => 'text');
  return { seed, cells, texts: typeof texts === 'string' ? undefined : texts };
}

for (const task of tasks) await work(task);
