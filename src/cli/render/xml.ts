/** XML 1.0 as text. */
import { printable } from './escape.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/**
 * Text for an element or an attribute. XML 1.0 has no way to write most control characters, not even as `&#27;`, and none
 * for U+FFFE and U+FFFF: they are spelled as everywhere else, `\x1b` and `\uffff`.
 */
export function xmlText(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (char) => ENTITIES[char] as string);
}

type Attributes = Readonly<Record<string, string | number>>;

function startTag(name: string, attributes: Attributes): string {
  return [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${xmlText(String(value))}"`)].join(' ');
}

/** An element, its children on lines of their own. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  if (!children.length) return `<${startTag(name, attributes)}/>`;
  const inner = children.flatMap((child) => child.split('\n')).map((line) => `  ${line}`);
  return [`<${startTag(name, attributes)}>`, ...inner, `</${name}>`].join('\n');
}

/** An element that holds lines of text. It stands on one line itself, or indenting it would indent the text. */
export function textElement(name: string, attributes: Attributes, lines: readonly string[]): string {
  return `<${startTag(name, attributes)}>${lines.map(xmlText).join('&#10;')}</${name}>`;
}
