import type { ReadOptions, Wanted } from '../batch.ts';
import type { Memory } from '../bytes/memory.ts';
import type { ColumnBuilder } from '../number-builder.ts';
import { type Leaf, piecesTo } from './columns.ts';
import type { Field } from './field.ts';
import { type Chunk, checkUse, inColumn } from './fill.ts';
import { layOut } from './layout.ts';
import { loadColumns } from './load.ts';
import type { Message } from './message.ts';
import { canBeCut, cut, type Part } from './parts.ts';
import { damage } from './refusal.ts';
import { dictionariesOf, signature } from './schema.ts';
import type { Body, Source } from './source.ts';
import { Dictionary } from './types/dictionary.ts';

/** Rows in one batch where they may be lists, or texts, of any length. */
const ROWS_OF_LISTS = 8192;

/** Goes through all messages; gives the wanted columns of each record batch, or of parts of it. */
export async function* recordBatches(
  source: Source,
  leaves: readonly Leaf[],
  wanted: readonly Wanted[],
  builders: readonly ColumnBuilder[],
  options: ReadOptions,
): AsyncGenerator<Pick<Part, 'rows' | 'batchRows'> & { chunks: readonly Chunk[] }> {
  const chosen = wanted.map(({ column }) => leaves[column] as Leaf);
  for (const [k, leaf] of chosen.entries()) checkUse(leaf, wanted[k] as Wanted);
  const known = dictionaryTypes(source.fields);
  const needed = new Set(chosen.flatMap(({ field }) => [...dictionariesOf(field)]).map(({ id }) => id));
  const dictionaries = new Map<number, Dictionary>();
  const memories: Memory[] = [];
  for await (const { message, body } of source.messages()) {
    if (message.kind === 'schema') throw damage('a second schema');
    if (message.kind === 'dictionary') {
      const values = known.get(message.id);
      if (!values) throw damage(`a dictionary ${message.id} that no column has`);
      await addDictionary(message, values, body, dictionaries, needed.has(message.id));
      continue;
    }
    const { records, bodyLength } = message;
    const pieces = layOut(source.fields, records, bodyLength);
    const batchRows = Math.min(options.batchRows, ROWS_OF_LISTS);
    const whole: Part = { batchRows, rows: records.rows, ways: chosen.map((leaf) => piecesTo(leaf, pieces)) };
    const isCut = !body.inOrder && !records.compression && canBeCut(whole.ways, wanted);
    for (const { rows, batchRows, ways } of isCut ? cut(whole, options) : [whole]) {
      const vectors = await loadColumns(ways, records, body, dictionaries, isCut && options.transient ? memories : undefined);
      const chunks = chosen.map((leaf, k) => ({
        leaf,
        wanted: wanted[k] as Wanted,
        vector: inColumn(leaf.name, vectors[k] as (typeof vectors)[number]),
        builder: builders[k] as ColumnBuilder,
      }));
      yield { rows, batchRows, chunks };
    }
  }
}

/** What the dictionaries of all columns hold, by their ids. Several columns may share one. */
function dictionaryTypes(fields: readonly Field[]): ReadonlyMap<number, Field> {
  const types = new Map<number, Field>();
  for (const { id, values } of fields.flatMap((field) => [...dictionariesOf(field)])) {
    const other = types.get(id);
    if (other && signature(other.type.children) + other.type.name !== signature(values.type.children) + values.type.name)
      throw damage(`a dictionary ${id} of ${other.type.name} and ${values.type.name}`);
    types.set(id, values);
  }
  return types;
}

/** Values that take the place of a dictionary, or come after those that it has. */
async function addDictionary(
  { id, delta, records, bodyLength }: Extract<Message, { kind: 'dictionary' }>,
  values: Field,
  body: Body,
  dictionaries: Map<number, Dictionary>,
  isNeeded: boolean,
): Promise<void> {
  const pieces = layOut([values], records, bodyLength);
  const grown = dictionaries.get(id);
  if (delta && !grown) throw damage(`more values for a dictionary ${id} that has none`);
  const dictionary = delta && grown ? grown : new Dictionary();
  dictionaries.set(id, dictionary);
  if (!isNeeded) return;
  const [vector] = await loadColumns([pieces], records, body, dictionaries);
  dictionary.append((vector as NonNullable<typeof vector>)());
}
