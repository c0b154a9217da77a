/** Labels whose rows belong together where they are equal: what they are called, and what type they have, changes no bit. */
import { describe, expect, test } from 'vitest';
import { LOSSES } from '../../src/losses/index.ts';
import { columnsOf, goldens, paramsOf, rolesOf } from '../support/goldens.ts';
import { type Cell, type Columns, evaluate } from '../support/memory-table.ts';

/** Loss, its input that is an identity, and a golden case that has it with labels that occur twice. */
const cases = LOSSES.flatMap((loss) =>
  Object.entries(loss.inputs).flatMap(([role, input]) => {
    if ('oneOf' in input || input.holds !== 'identity') return [];
    const all = goldens().find((golden) => golden.loss === loss.name)?.cases ?? [];
    const golden = all.find(({ inputs }) => role in inputs && new Set(inputs[role]).size > 2);
    if (!golden) throw new Error(`no case of ${loss.name} has --${role}`);
    return [[loss.name, role, golden] as const];
  }),
);

const renamings: readonly [string, (label: Cell) => Cell][] = [
  ['texts', (label) => `person ${label}`],
  ['texts that look like numbers', (label) => `0${label}`],
  ['int64 that differ in the last digit', (label) => String(9223372036854775800n + BigInt(Number(label)))],
  ['numbers in another order', (label) => 1000 - 7 * Number(label)],
];

describe.each(cases)('%s, --%s', (loss, role, golden) => {
  const columns = columnsOf(golden);
  const run = (given: Columns, batchRows = 7) =>
    evaluate(given, { loss, params: paramsOf(golden), columnsOf: rolesOf(golden), batchRows });
  const renamed = (rename: (label: Cell) => Cell): Columns => ({ ...columns, [role]: columns[role].map(rename) });

  test.each(renamings)('%s', async (_, rename) => {
    expect(await run(renamed(rename))).toEqual(await run(columns));
  });

  test('and the order in which they are met', async () => {
    const turned = Object.fromEntries(
      Object.entries(renamed((label) => `${label}!`)).map(([name, cells]) => [name, cells.toReversed()]),
    );
    expect(await run(turned, 3)).toEqual(await run(columns));
  });

  test('but two labels that become one show', async () => {
    const [first, second] = new Set(columns[role]);
    expect(await run(renamed((label) => (label === second ? first : label)))).not.toEqual(await run(columns));
  });
});

test('all losses of labelled embeddings are among them', () => {
  const names = ['nt-xent', 'supcon', 'circle', 'multi-similarity', 'batch-hard-triplet'];
  expect(cases.map(([name]) => name)).toEqual(expect.arrayContaining(names));
});
