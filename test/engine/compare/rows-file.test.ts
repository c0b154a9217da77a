/** Files of rows: what is written is read again, and what is damaged is refused with its line. */
import { describe, expect, it, test } from 'vitest';
import { KeyNumbers } from '../../../src/engine/compare/keys.ts';
import { beginsRowsFile, RowsFileReader, rowsFileLines } from '../../../src/engine/compare/rows-file.ts';
import type { Side } from '../../../src/engine/compare/side.ts';
import { resolve } from '../../../src/engine/resolve.ts';
import { LOSSES } from '../../../src/losses/index.ts';
import { faultOf } from '../../support/fault.ts';
import { type Rows, side } from '../../support/sides.ts';

const chosen = (spec: string) => resolve(LOSSES, { specs: [spec], flags: new Map(), reduction: undefined });
const MAE = chosen('mae');

const KEYED: Rows = {
  losses: [0.1 + 0.2, 5e-324, -1.7976931348623157e308, 7],
  weight: [1, 2, 1, 0.5],
  targets: [1, -2, 2 ** 31 - 1, 4],
  keys: ['a', '["x","y"]', '\u202e"\n', '__proto__'],
  skipped: [3],
};

function lines(rows: Rows, group: string | null = null): string[] {
  const one = side('base.csv', new KeyNumbers(), rows);
  const groups = group === null ? null : rows.losses.map((_, row) => `g${row % 2}`);
  const about = { version: '0.1.0', files: ['base.csv'], on: rows.keys ? 'id' : null, group };
  return [...rowsFileLines({ ...one, identity: { ...one.identity, groups } }, MAE, about)];
}

function read([first = '', ...rest]: readonly string[], bytes = 1e6, asked = MAE): Side {
  const reader = new RowsFileReader('base.rows', bytes, first, new KeyNumbers());
  for (const line of rest) reader.row(line);
  return reader.finish(asked);
}

describe('a file of rows', () => {
  test.each<[string, Rows, string | null]>([
    ['keys, weights and a row that was skipped', KEYED, null],
    ['no keys', { losses: [1, 2, 3] }, null],
    ['groups', KEYED, 'query'],
  ])('with %s is read as it was written', (_, rows, group) => {
    const given = side('base.rows', new KeyNumbers(), rows);
    const back = read(lines(rows, group));
    expect([back.rows, back.identity.hashes]).toEqual([given.rows, given.identity.hashes]);
    expect(back.identity.keys?.names.texts()).toEqual(given.identity.keys?.names.texts());
    expect(back.identity.groups).toEqual(group === null ? null : rows.losses.map((_, row) => `g${row % 2}`));
    expect(back.losses[0].rows).toEqual(given.losses[0].rows);
    expect(back.losses[0].method).toBe(given.losses[0].method);
  });

  it('is known by its beginning, and is one line for each row after the first', () => {
    const [first, ...rest] = lines(KEYED);
    expect(beginsRowsFile('x', first)).toBe(true);
    expect(rest).toHaveLength(4);
    expect(rest.every((line) => !line.includes('\n'))).toBe(true);
    expect(beginsRowsFile('x', '{"id": 1, "schema": "lossctl.rows/v1"}')).toBe(false);
    const fault = faultOf(() => beginsRowsFile('x', '{\n  "schema": "lossctl.baseline/v1",'));
    expect(fault.message).toBe('"x" is "lossctl.baseline/v1": it holds no losses of rows');
  });
});

describe('a damaged file', () => {
  const [header, ...rest] = lines(KEYED);
  const changed = (changes: object) => [JSON.stringify({ ...JSON.parse(header), ...changes }), ...rest];
  const swap = (line: number, from: string | RegExp, to: string) =>
    [header, ...rest].map((text, k) => (k === line ? text.replace(from, to) : text));

  test.each<[string, readonly string[], string]>([
    [
      'a header of other columns',
      changed({ columns: ['hash', 'mae'] }),
      'line 1 is not of a file of rows: its columns are not hash, key, mae',
    ],
    ['a header without losses', changed({ losses: undefined }), 'line 1 is not of a file of rows: header.losses is missing'],
    [
      'another schema',
      changed({ schema: 'lossctl.rows/v2' }),
      'line 1 is not of a file of rows: header.schema is not one of lossctl.rows/v1',
    ],
    ['more rows than there is room for', changed({ rows: 2 ** 40 }), '1099511627776 rows do not fit into 1000000 bytes'],
    ['fewer rows', [header, ...rest.slice(1)], 'is cut short: 3 of 4 rows are there'],
    ['more rows', [header, ...rest, rest[0]], 'line 6 is not of a file of rows: it has more than 4 rows'],
    ['half a line', swap(2, /.{4}$/, ''), 'line 3 is not of a file of rows: its JSON is cut short or damaged'],
    ['an entry less', swap(2, /,[^,]*$/, ']'), 'line 3'],
    ['no list', swap(1, /^.*$/, '{"hash":1}'), 'line 2 is not of a file of rows: is not a list of 3 entries'],
    ['a hash of letters', swap(1, /"[0-9a-f]{16}"/, '"0123456789abcdeg"'), 'line 2 is not of a file of rows: the hash is not 16'],
    ['a key that is a number', swap(1, '"a"', '7'), 'line 2 is not of a file of rows: the key is not a text'],
    ['a key twice', swap(2, /"\[.*\]"/, '"a"'), 'line 3 is not of a file of rows: the key "a" stands in two rows'],
    ['a loss that is text', swap(1, '0.30000000000000004', '"0.3"'), 'line 2 is not of a file of rows: the loss mae is neither'],
    ['an infinite loss', swap(1, '0.30000000000000004', '1e999'), 'line 2 is not of a file of rows: the loss mae is neither'],
    ['two numbers', swap(1, '0.30000000000000004', '[1,2]'), 'line 2 is not of a file of rows: the loss mae is neither'],
  ])('with %s is refused', (_, damaged, message) => {
    expect(faultOf(() => read(damaged)).message).toContain(message);
  });

  it('of other losses is refused', () => {
    expect(faultOf(() => read([header, ...rest], 1e6, chosen('huber')))).toEqual({
      message: '"base.rows" has no losses of huber',
      hint: 'it holds mae; lossctl baseline write --rows keeps others',
    });
  });
});
