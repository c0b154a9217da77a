import { describe, expect, it } from 'vitest';
import { github } from '../../src/cli/render/github.ts';
import { gate, HOSTILE, hostileReport, PLAIN, report, SLICES } from './render-reports.ts';

const near = gate({ value: 0.1 + 0.2, limit: 0.3, pass: false });

/** What the runner makes of a line of the log: `TryParseV2`, then `TryParse`, in its ActionCommand. */
function obeyed(line: string): { name: string; properties: Record<string, string>; data: string } | null {
  const decode = (text: string, codes: string[]) =>
    codes.reduce((left, code) => left.replaceAll(code, decodeURIComponent(code)), text);
  const modern = /^\s*::(.*?)::(.*)$/s.exec(line) ?? [];
  const legacy = /##\[(.*?)\](.*)$/s.exec(line) ?? [];
  const info = modern[1] ?? legacy[1];
  if (info === undefined) return null;
  const [name, ...rest] = info.split(' ');
  const pairs = rest
    .join(' ')
    .split(',')
    .filter(Boolean)
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  const properties = pairs.map(([key, value]) => [key, decode(value, ['%0D', '%0A', '%3A', '%2C', '%25'])]);
  return { name, properties: Object.fromEntries(properties), data: decode(modern[2] ?? legacy[2], ['%0D', '%0A', '%25']) };
}

describe('github', () => {
  it('says nothing where all is well', () => {
    expect(github.render(report({ gates: [gate()], verdict: 'pass' }), PLAIN)).toBe('');
    expect(github.render(report(), PLAIN)).toBe('');
  });

  it('has an error for each gate that did not pass, then the warnings', () => {
    const outcome = report({
      gates: [gate(), near, gate({ status: 'empty', pass: false })],
      warnings: [
        { code: 'D14', severity: 'warn', message: '50% are low', first: 'preds.csv:3' },
        { code: 'alias', severity: 'info', message: 'm' },
      ],
      verdict: 'fail',
    });
    const title = 'title=lossctl FAIL%3A 1 of 3 gates failed%2C 1 without evidence';
    expect(github.render(outcome, PLAIN)).toBe(
      [
        `::error ${title}::huber 0.30000000000000004 < 0.3, difference 5.551115123125783e-17`,
        `::error ${title}::huber empty (no rows) < 50`,
        '::warning title=lossctl D14::50%25 are low; first at preds.csv:3',
        '::notice title=lossctl alias::m',
        '',
      ].join('\n'),
    );
  });

  it('starts no command but its own, whatever the names, and each says its text', () => {
    const hostile = hostileReport();
    const gates = hostile.gates.map((each) => ({ ...each, pass: false }));
    const warnings = HOSTILE.map((code) => ({ code, severity: 'warn' as const, message: code }));
    const lines = github.render({ ...hostile, gates, warnings, verdict: 'fail' }, PLAIN).split(/\r\n|[\r\n\u2028\u2029\x85]/);
    expect(lines.pop()).toBe('');
    const commands = lines.map(obeyed);
    expect(commands.map((command) => command?.name)).toEqual([
      ...new Array<string>(SLICES).fill('error'),
      ...new Array<string>(HOSTILE.length).fill('warning'),
    ]);
    for (const command of commands) expect(Object.keys(command?.properties ?? {})).toEqual(['title']);
    for (const [name, shown = name] of [
      ['a|b'],
      ['::set-output name=x::y', '\\x3a:set-output name=x::y'],
      ['%0A::error::escaped'],
    ]) {
      expect(commands[SLICES + HOSTILE.indexOf(name)]).toMatchObject({ data: shown, properties: { title: `lossctl ${name}` } });
    }
  });

  it('would be found out: the reader of this test obeys what hostile text says', () => {
    for (const name of ['::set-output name=x::y', '  ::error::indented', 'x ##[add-mask]x']) expect(obeyed(name)).not.toBe(null);
    expect(obeyed('::error title=a::b::warning::c')).toMatchObject({ name: 'error', data: 'b::warning::c' });
    expect(obeyed('a::b::c')).toBe(null);
  });
});
