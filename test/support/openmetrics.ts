/** A strict reader of gauges in the text format, by the grammar of "OpenMetrics 1.0". */

export interface MetricFamily {
  readonly unit: string;
  readonly samples: { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const META = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][\w:]*) (.*)$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[n"\\])*",?)*)\} (\S+)$/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|Inf)$|^NaN$/;
const ORDER = ['TYPE', 'UNIT', 'HELP'];

export function parseMetrics(text: string): Map<string, MetricFamily> {
  if (!text.endsWith('# EOF\n')) throw new Error('no # EOF');
  const families = new Map<string, MetricFamily>();
  let current = '';
  let last = '';
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const [, keyword, named, content] = META.exec(line) ?? [];
    if (keyword) {
      if (named !== current) {
        if (families.has(named) || keyword !== 'TYPE' || content !== 'gauge') throw new Error(`a family begins with ${line}`);
        families.set(named, { unit: '', samples: [] });
      } else if (ORDER.indexOf(keyword) <= ORDER.indexOf(last)) throw new Error(`out of order: ${line}`);
      if (keyword === 'UNIT' && !named.endsWith(`_${content}`)) throw new Error(`the name does not end with its unit: ${line}`);
      if (keyword === 'UNIT') families.set(named, { unit: content, samples: [] });
      [current, last] = [named, keyword];
      continue;
    }
    const [, name, labels, number] = SAMPLE.exec(line) ?? [];
    const family = families.get(current);
    if (!family || name !== current || !NUMBER.test(number)) throw new Error(`no sample of ${current}: ${line}`);
    last = 'HELP';
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, value]) => [key, unescaped(value)]);
    family.samples.push({ labels: Object.fromEntries(pairs), value: Number(number.replace('Inf', 'Infinity')) });
  }
  for (const [name, { samples }] of families) {
    const keys = samples.map(({ labels }) => JSON.stringify(Object.entries(labels).sort()));
    if (new Set(keys).size < keys.length) throw new Error(`${name} has equal labels`);
  }
  return families;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, char) => (char === 'n' ? '\n' : char));
}
