import { describe, expect, it } from 'vitest';
import { codeSpan } from '../../src/cli/render/escape.ts';
import { RENDERERS } from '../../src/cli/render/index.ts';
import { markdown } from '../../src/cli/render/markdown.ts';
import { gate, hostileReport, PLAIN, report, result, SLICES } from './render-reports.ts';

describe('markdown', () => {
  it('is a table, a list of gates and the verdict', () => {
    const outcome = report({
      results: [result({ slice: new Map([['region', 'eu']]) })],
      gates: [gate(), gate({ assert: 'huber < 0.3', value: 0.1 + 0.2, limit: 0.3, pass: false })],
      verdict: 'fail',
    });
    expect(markdown.render(outcome, PLAIN)).toBe(
      [
        '| loss | `region` | value | n |',
        '| --- | --- | ---: | ---: |',
        '| `huber` | `eu` | 48.3 | 442 |',
        '',
        '- PASS <code>huber 48.3 &#60; 50</code>',
        '- **FAIL** <code>huber 0.30000000000000004 &#60; 0.3</code>',
        '',
        '**FAIL**: 1 of 2 gates failed',
        '',
      ].join('\n'),
    );
  });

  it('stays a table whatever the names are', () => {
    const text = markdown.render(hostileReport(), PLAIN);
    const [tableText = '', gates = ''] = text.split('\n\n');
    const widths = tableText.split('\n').map((line) => line.split('|').length);
    expect(new Set(widths).size).toBe(1);
    expect(widths).toHaveLength(2 + SLICES);
    expect(gates.split('\n')).toHaveLength(SLICES);
    expect(text).not.toMatch(/<(?!\/?code>)/);
    expect(text).not.toMatch(/##\w*\[|@org|\p{Cf}|(?!\n)\p{Cc}/u);
    for (const line of text.split('\n')) expect(line).toMatch(/^(?:\| |- |\*\*PASS|$)/);
  });
});

describe('codeSpan', () => {
  it.each([
    ['eu', '`eu`'],
    ['huber:delta=2', '`huber:delta=2`'],
    ['a|b', '<code>a&#124;b</code>'],
    ['`x`', '<code>&#96;x&#96;</code>'],
    ['\\', '<code>&#92;</code>'],
    ['<b>&', '<code>&#60;b&#62;&#38;</code>'],
    ['www.x.org?', '<code>www&#46;x&#46;org&#63;</code>'],
    ['@you', '<code>&#64;you</code>'],
    [' x', '<code> x</code>'],
    ['a\nb', '<code>a&#92;x0ab</code>'],
    ['日本', '`日本`'],
    ['', '<code></code>'],
  ])('%j becomes %s', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });
});

describe('every renderer', () => {
  it.each(RENDERERS.map((renderer) => [renderer.name, renderer] as const))(
    '%s ends its last line, also with nothing to show',
    (_, renderer) => {
      for (const outcome of [report(), hostileReport(), report({ results: [] })]) {
        const text = renderer.render(outcome, PLAIN);
        expect(text === '' || text.endsWith('\n')).toBe(true);
        if (renderer.name !== 'github') expect(text).not.toMatch(/^\s*::/m); // its commands are its own: see its test
        expect(text).not.toMatch(/##\w*\[/);
        expect(text).not.toMatch(/[^\n\t\P{Cc}]|\p{Cf}/u);
      }
    },
  );

  it('has a name and extensions of its own', () => {
    const names = RENDERERS.map(({ name }) => name);
    const extensions = RENDERERS.flatMap((renderer) => renderer.extensions);
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toBe('table');
    expect(new Set(extensions).size).toBe(extensions.length);
  });
});
