import type { Table } from './batch.ts';
import type { ByteReader } from './bytes/reader.ts';

/** What a format gets to work with. */
export interface Input {
  /** How messages name the source. */
  readonly name: string;
  /** Decompressed, from the first byte. */
  readonly bytes: ByteReader;
  /** Name of the format that was chosen: one module may read several. */
  readonly format: string;
  /** Neither the user nor the name of the file said which format it is. */
  readonly guessed: boolean;
  readonly header: boolean;
  readonly delimiter: string | undefined;
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

/** Bytes that `magic` gets to see, when the source has as many. */
export const MAGIC_LENGTH = 8;

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
    name: 'arrow',
    extensions: ['.arrow', '.feather', '.ipc', '.arrows'],
    help: 'Arrow IPC, as a file or as a stream (Hugging Face datasets), without compressed buffers',
    magic: (head) => head.toString('latin1', 0, 6) === 'ARROW1' || head.readUInt32LE(0) === 0xffffffff,
    load: async () => (await import('./arrow/table.ts')).openArrow,
  },
];
