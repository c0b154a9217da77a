/** A strict reader of the XML that a report needs: elements, attributes and text, and an error for whatever XML 1.0 forbids. */

export interface XmlNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlNode[];
  text: string;
}

const FORBIDDEN = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const DECLARATION = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/;
const TOKEN = /<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|[^<]+|</gy;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  const result = text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d+));|&/g, (entity, name, code) => {
    if (entity === '&') throw new Error('a bare &');
    return name ? ENTITIES[name] : String.fromCodePoint(Number(code));
  });
  if (FORBIDDEN.test(result)) throw new Error(`a character that XML 1.0 cannot hold in ${JSON.stringify(text)}`);
  return result;
}

export function parseXml(xml: string): XmlNode {
  if (!DECLARATION.test(xml)) throw new Error('no declaration');
  if (FORBIDDEN.test(xml)) throw new Error('a character that XML 1.0 cannot hold');
  const top: XmlNode = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [top];
  for (const [token, closed, opened, attributes, empty] of xml.replace(DECLARATION, '').matchAll(TOKEN)) {
    const parent = open.at(-1) as XmlNode;
    if (closed !== undefined) {
      if (parent.name !== closed) throw new Error(`</${closed}> closes <${parent.name}>`);
      open.pop();
    } else if (opened !== undefined) {
      const pairs = [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, decoded(value)] as const);
      const node = { name: opened, attributes: new Map(pairs), children: [], text: '' };
      if (node.attributes.size < pairs.length) throw new Error(`<${opened}> has an attribute twice`);
      parent.children.push(node);
      if (!empty) open.push(node);
    } else {
      if (token === '<' || token.includes(']]>')) throw new Error(`not text: ${token}`);
      parent.text += decoded(token);
    }
  }
  if (open.length > 1 || top.children.length !== 1 || top.text.trim()) throw new Error('not one element');
  return top.children[0];
}
