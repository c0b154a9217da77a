import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csv, tsv } from '../../src/cli/render/delimited.ts';
import { textCell } from '../../src/cli/render/escape.ts';
import { hostileReport, PLAIN, report, result, SLICES } from './render-reports.ts';

const HEAD = 'id,loss,reduction,slice,value,status,n,skipped,ignored,weight_sum,denominator,unit,signature\n';

describe('csv and tsv', () => {
  it('have a line for each result, in full digits', () => {
    const results = [
      result({
        value: 0.1 + 0.2,
        slice: new Map([
          ['region', 'eu'],
          ['sex', 'F'],
        ]),
      }),
    ];
    expect(csv.render(report({ results }), PLAIN)).toBe(
      `${HEAD}huber,huber,mean,"region=eu,sex=F",0.30000000000000004,ok,442,0,0,442,442,target^2,huber|delta:1|mean|n:442\n`,
    );
    expect(tsv.render(report({ results }), PLAIN)).toBe(
      `${HEAD}huber,huber,mean,region=eu;sex=F,0.30000000000000004,ok,442,0,0,442,442,target^2,huber|delta:1|mean|n:442\n`
        .replaceAll(',', '\t')
        .replace(';', ','),
    );
  });

  it.each([
    ['nan', Number.NaN, 'nan,nan'],
    ['inf', Number.POSITIVE_INFINITY, 'inf,inf'],
    ['-inf', Number.NEGATIVE_INFINITY, '-inf,-inf'],
    ['empty', Number.NaN, ',empty'],
    ['ok', -1.5, '-1.5,ok'],
  ] as const)('write the value and status of %s', (status, value, cells) => {
    expect(csv.render(report({ results: [result({ status, value })] }), PLAIN)).toContain(`mean,,${cells},442`);
  });

  it('can be read back by another parser, without a formula or a command in it', () => {
    for (const [renderer, delimiter] of [
      [csv, ','],
      [tsv, '\t'],
    ] as const) {
      const text = renderer.render(hostileReport(), PLAIN);
      const records: string[][] = parse(text, { delimiter });
      expect(records).toHaveLength(1 + SLICES);
      expect(text.split(/\r\n|\r|\n/)).toHaveLength(1 + SLICES + 1);
      expect(text).not.toMatch(/##\w*\[/);
      expect(text).not.toMatch(/^\s*::/m);
      for (const cell of records.flat()) expect(cell).not.toMatch(/^\s*[=+@\t\r-]/);
    }
  });
});

describe('textCell', () => {
  it.each([
    ['=cmd()', "'=cmd()"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    [' =x', "' =x"],
    ['＝x', "'＝x"],
    ['\t=x', "'\\x09=x"],
    ['\rx', "'\\x0dx"],
    ['a=b', 'a=b'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['=a,"b"', '"\'=a,""b"""'],
    ['two\nlines', 'two\\x0alines'],
    ['', ''],
  ])('%j becomes %s', (text, cell) => {
    expect(textCell(text, ',')).toBe(cell);
  });
});
