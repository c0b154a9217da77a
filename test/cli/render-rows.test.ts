import { describe, expect, it } from 'vitest';
import { ROW_RENDERERS } from '../../src/cli/render/rows.ts';
import type { RowValues } from '../../src/engine/result.ts';

const ROWS: RowValues[] = [
  { row: 1, weight: 0.5, values: [0.1 + 0.2, -0] },
  { row: 2, weight: null, values: [null, Number.POSITIVE_INFINITY] },
  { row: 3, weight: 2, values: [Number.NaN, Number.NEGATIVE_INFINITY] },
];

function render(name: string, rows: readonly RowValues[], weighted = true, ids = ['huber', 'mse:a="b,c"']): string {
  const renderer = ROW_RENDERERS.find((format) => format.name === name)?.create();
  if (!renderer) throw new Error(`no ${name}`);
  return renderer.start(ids, weighted) + rows.map((row) => renderer.row(row)).join('') + renderer.end();
}

describe('rows', () => {
  it('are CSV first', () => {
    expect(ROW_RENDERERS[0]?.name).toBe('csv');
    expect(render('csv', ROWS)).toBe('row,huber,"mse:a=""b,c""",weight\n1,0.30000000000000004,-0,0.5\n2,,inf,\n3,nan,-inf,2\n');
  });

  it('leave the weight out when there is none', () => {
    expect(render('csv', ROWS.slice(0, 1), false, ['a', 'b'])).toBe('row,a,b\n1,0.30000000000000004,-0\n');
    expect(render('ndjson', ROWS.slice(0, 1), false, ['a', 'b'])).toBe('{"row":1,"a":0.30000000000000004,"b":-0}\n');
  });

  it('are separated by tabs in TSV', () => {
    expect(render('tsv', ROWS.slice(1, 2), true, ['a', 'b'])).toBe('row\ta\tb\tweight\n2\t\tinf\t\n');
  });

  it('are an object per line in NDJSON', () => {
    expect(render('ndjson', ROWS, true, ['a', '__proto__'])).toBe(
      '{"row":1,"a":0.30000000000000004,"__proto__":-0,"weight":0.5}\n' +
        '{"row":2,"a":null,"__proto__":null,"weight":null}\n' +
        '{"row":3,"a":null,"__proto__":null,"weight":2}\n',
    );
  });

  it('are one array in JSON, whatever their number', () => {
    expect(render('json', ROWS.slice(0, 2), false, ['a', 'b'])).toBe(
      '[\n{"row":1,"a":0.30000000000000004,"b":-0},\n{"row":2,"a":null,"b":null}\n]\n',
    );
    for (const n of [0, 1, 3]) expect(JSON.parse(render('json', ROWS.slice(0, n)))).toHaveLength(n);
  });

  it('are nothing but the header when there are none', () => {
    expect(render('csv', [], false, ['a'])).toBe('row,a\n');
    expect(render('ndjson', [], false, ['a'])).toBe('');
  });

  it('start afresh with each renderer', () => {
    expect(render('json', ROWS.slice(0, 1))).toBe(render('json', ROWS.slice(0, 1)));
  });
});
