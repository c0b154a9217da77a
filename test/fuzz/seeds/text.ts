/** Text, of which any byte may be a value: what other readers say of it decides. */
import { delimited, fields, json, jsonLines } from '../reference.ts';
import type { Seed } from '../seed.ts';

const Y = ['0.1', '-2.5', '1e3', '7', '', '-0', '3.25e-5', '1234567.125', '.5', '00012'];
const REGION = ['eu', 'us', 'a b', 'é', '010', 'x', 'NA', 'y-z', 'eu', 'us'];

const lines = (delimiter: string, newline = '\n', quote = (cell: string) => cell) =>
  ['id,y,pred,region', ...Y.map((y, i) => [i, y, i / 7, quote(REGION[i] as string)].join())]
    .map((line) => line.replaceAll(',', delimiter))
    .join(newline);

const TEXTS = ['region', 'name', '010', 'query', 'iteration', 'doc', 'tag'];

const text = (name: string, file: string, content: string | Buffer, reference: Seed['reference']): Seed[] => [
  { name, file, bytes: Buffer.from(content as string), texts: TEXTS, ...(reference && { reference }) },
];

export const csv = (): Seed[] => [
  ...text('plain', 'table.csv', `${lines(',')}\n`, delimited(',')),
  ...text(
    'quoted',
    'table.csv',
    lines(',', '\r\n', (cell) => `"${cell}, ""${cell}"""`),
    delimited(','),
  ),
  ...text('semicolons', 'table.csv', `\uFEFF${lines(';', '\r')}`, delimited(';')),
  ...text('one column', 'table.txt', `pred\n${Y.join('\n')}\n`, delimited(',')),
  ...text('utf-16', 'table.csv', Buffer.from(`\uFEFF${lines('\t', '\r\n')}`, 'utf16le'), delimited('\t', 'utf-16le')),
];

export const tsv = (): Seed[] => text('tabs', 'table.tsv', lines('\t'), delimited('\t'));

export const spaces = (): Seed[] => [
  ...text(
    'savetxt',
    'table.txt',
    `# y pred\n${Y.map((_, i) => `${(i / 3).toExponential(18)} ${i - 4.5}`).join('\n')}\n`,
    delimited(' '),
  ),
  ...text('aligned', 'table.dat', `  y   pred\n${Y.map((_, i) => `${i}   ${i / 3}`.padStart(24)).join('\n')}\n`, delimited(' ')),
];

export const trec = (): Seed[] => [
  ...text(
    'run',
    'bm25.run',
    Y.map((_, i) => `q${i >> 2} Q0 doc${i} ${(i & 3) + 1} ${9.5 - i / 3} bm25`).join('\n'),
    fields('query', 'iteration', 'doc', 'rank', 'score', 'tag'),
  ),
  ...text(
    'qrels',
    'judged.qrels',
    Y.map((_, i) => `q${i >> 2}\t0\tdoc${i}\t${i % 3}\n`).join(''),
    fields('query', 'iteration', 'doc', 'relevance'),
  ),
];

const record = (_: unknown, i: number) => ({
  id: i,
  y: i % 4 === 1 ? null : i / 7,
  name: REGION[i],
  '010': 'a"\\\n',
  __proto: -1e-7,
});
const records = Y.slice(0, 6).map(record);
type Rows = (typeof records)[number][];
type Lists = Record<string, unknown[]>;
type Split = { columns: string[]; data: unknown[][] };

const lists = Object.fromEntries(
  Object.keys(record(0, 0)).map((key) => [key, records.map((each) => (each as Record<string, unknown>)[key])]),
);
const fromLists = (each: Lists) =>
  (Object.values(each)[0] as unknown[]).map((_, i) =>
    Object.fromEntries(Object.entries(each).map(([key, list]) => [key, list[i]])),
  );

export const jsonSeeds = (): Seed[] => [
  ...text(
    'records',
    'table.json',
    JSON.stringify(records),
    json((rows: Rows) => rows),
  ),
  ...text(
    'indented',
    'table.json',
    JSON.stringify(records, null, 2),
    json((rows: Rows) => rows),
  ),
  ...text('lists', 'table.json', JSON.stringify(lists), json(fromLists)),
  ...text(
    'split',
    'table.json',
    JSON.stringify({
      columns: Object.keys(lists),
      index: records.map((_, i) => i),
      data: records.map((each) => Object.values(each)),
    }),
    json(({ columns, data }: Split) => data.map((row) => Object.fromEntries(columns.map((name, k) => [name, row[k]])))),
  ),
];

export const ndjson = (): Seed[] => [
  ...text('lines', 'table.ndjson', records.map((each) => JSON.stringify(each)).join('\n'), jsonLines),
  ...text('json lines', 'table.json', records.map((each) => `${JSON.stringify(each)}\r\n`).join(''), jsonLines),
];

export const coco = (): Seed[] => [
  ...text(
    'annotations',
    'instances.json',
    JSON.stringify({
      images: [{ id: 1, file_name: 'a.jpg' }],
      annotations: records.map((_, i) => ({ id: i, image_id: 1, category_id: i % 2, area: i / 3, iscrowd: 0 })),
      categories: [{ id: 0, name: 'a' }],
    }),
    json(({ annotations }: { annotations: Rows }) => annotations),
  ),
];
