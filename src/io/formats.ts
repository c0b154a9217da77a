import type { Table } from './batch.ts';
import type { PlainFile } from './bytes/plain.ts';
import type { RandomBytes } from './bytes/random.ts';
import type { ByteReader } from './bytes/reader.ts';
import type { Limits } from './limits.ts';

/** What a format gets to work with. */
export interface Input {
  /** How messages name the source. */
  readonly name: string;
  /** Decompressed, from the first byte. */
  readonly bytes: ByteReader;
  /** Where the same bytes lie as they are, in a plain file. */
  readonly file: PlainFile | null;
  /** The same bytes in any order, in place of `bytes`: a plain file where it lies, anything else held in memory. */
  readonly random: () => Promise<RandomBytes>;
  /** Name of the format that was chosen: one module may read several. */
  readonly format: string;
  /** Neither the user nor the name of the file said which format it is. */
  readonly guessed: boolean;
  readonly header: boolean;
  readonly delimiter: string | undefined;
  /** JSON may hold NaN and Infinity, as Python writes them. */
  readonly lenientJson: boolean;
  readonly limits: Limits;
}

/** Reads just enough to know the columns. The table takes over the bytes and closes them. */
export type OpenTable = (input: Input) => Promise<Table>;

export interface Format {
  readonly name: string;
  /** Lower case, with the dot; the suffix of a compression is taken off before. */
  readonly extensions: readonly string[];
  readonly help: string;
  /** Whether the first bytes can only be this format. */
  readonly magic?: (head: Buffer) => boolean;
  readonly load: () => Promise<OpenTable>;
}

/** Bytes that `magic` gets to see; zeros behind the end of a shorter source. */
export const MAGIC_LENGTH = 9;

/** Every format, in the order in which `list formats` shows them. */
export const FORMATS: readonly Format[] = [
  {
    name: 'csv',
    extensions: ['.csv', '.txt', '.dat'],
    help: 'delimited text: commas, semicolons, pipes, tabs or spaces, found out from the first lines; --delimiter overrides',
    load: async () => (await import('./csv/table.ts')).openCsv,
  },
  {
    name: 'tsv',
    extensions: ['.tsv', '.tab'],
    help: 'delimited text that prefers tabs',
    load: async () => (await import('./csv/table.ts')).openCsv,
  },
  {
    name: 'json',
    extensions: ['.json'],
    help: 'a list of records, columns of values, or a pandas orient: records, split, columns, index, values, table',
    load: async () => (await import('./json/table.ts')).openJson,
  },
  {
    name: 'ndjson',
    extensions: ['.ndjson', '.jsonl', '.jsonlines'],
    help: 'one JSON record on each line',
    load: async () => (await import('./json/ndjson.ts')).openNdjson,
  },
  {
    name: 'trec-run',
    extensions: ['.run'],
    help: 'what trec_eval reads: query Q0 doc rank score tag; columns query, doc, rank, score ...',
    load: async () => (await import('./csv/trec.ts')).openTrecRun,
  },
  {
    name: 'trec-qrels',
    extensions: ['.qrels'],
    help: 'judgements for trec_eval: query 0 doc relevance',
    load: async () => (await import('./csv/trec.ts')).openTrecQrels,
  },
  {
    name: 'coco',
    extensions: [],
    help: 'COCO annotations, a row for each; COCO results are a JSON list of records',
    load: async () => (await import('./json/coco.ts')).openCoco,
  },
  {
    name: 'arrow',
    extensions: ['.arrow', '.feather', '.ipc', '.arrows'],
    help: 'Arrow IPC, as a file (Feather) or as a stream (Hugging Face datasets), compressed with LZ4, zstd or not',
    magic: (head) => head.toString('latin1', 0, 6) === 'ARROW1' || head.readUInt32LE(0) === 0xffffffff,
    load: async () => (await import('./arrow/table.ts')).openArrow,
  },
  {
    name: 'parquet',
    extensions: ['.parquet', '.pq'],
    help: 'Parquet, in every compression but LZO: of a file only the columns that are used are read',
    magic: (head) => /^PAR[1E]/.test(head.toString('latin1')),
    load: async () => (await import('./parquet/table.ts')).openParquet,
  },
  {
    name: 'npy',
    extensions: ['.npy'],
    help: 'an array of numpy, a row for each index of its first axis: one column, named after the file',
    magic: (head) => head.toString('latin1', 0, 6) === '\x93NUMPY',
    load: async () => (await import('./npy/table.ts')).openNpy,
  },
  {
    name: 'npz',
    extensions: ['.npz'],
    help: 'arrays of numpy, compressed or not: each is a column',
    magic: (head) => ['PK\x03\x04', 'PK\x05\x06'].includes(head.toString('latin1', 0, 4)), // of an empty archive the second
    load: async () => (await import('./npz/table.ts')).openNpz,
  },
  {
    name: 'safetensors',
    extensions: ['.safetensors'],
    help: 'tensors, bfloat16 among them: each is a column',
    // The length of a header below 2^32 bytes, and its first character: there is no other mark.
    magic: (head) => head.readUInt32LE(4) === 0 && head[8] === 0x7b,
    load: async () => (await import('./safetensors/table.ts')).openSafetensors,
  },
];
