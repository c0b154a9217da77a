import { kebab, type Loss } from '../../losses/define.ts';
import { prose } from '../render/escape.ts';
import { workedExample } from '../render/example.ts';
import { defaultText, paramText, propertyTexts, rolesOf, shapeText } from '../render/facts.ts';
import { markdownTable } from '../render/markdown.ts';
import { fullDigits } from '../render/numbers.ts';

/** The page of a loss in docs/losses. */
export function explainMarkdown(loss: Loss): string {
  const sections: [title: string, body: string][] = [
    ['Formula', `${fence('text', loss.formula.text)}\n\n${fence('math', loss.formula.latex)}`],
    ['Inputs', inputTable(loss)],
    ['Parameters', paramTable(loss)],
    ['Reduction', reductionText(loss)],
    ['Properties', list(propertyTexts(loss.properties))],
    ['Pitfalls', list(loss.pitfalls)],
    ['Elsewhere', list(Object.entries(loss.equivalents), ([library, call]) => `${prose(library)}: \`${call}\``)],
    ['References', list(loss.references, ({ title, url }) => (url ? `[${prose(title)}](${url})` : prose(title)))],
    ['Example', loss.examples.map((example) => exampleText(loss, example)).join('\n\n')],
  ];
  const aliases = loss.aliases.map((alias) => `\`${alias}\``).join(', ');
  const head = [`# ${loss.name}`, `${prose(loss.summary)}`, `Task: ${loss.task}.${aliases && ` Also: ${aliases}.`}`];
  return `${[...head, ...sections.filter(([, body]) => body).map(([title, body]) => `## ${title}\n\n${body}`)].join('\n\n')}\n`;
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function list<T>(items: readonly T[], text: (item: T) => string = (item) => prose(String(item))): string {
  return items.map((item) => `- ${text(item)}`).join('\n');
}

function inputTable(loss: Loss): string {
  const rows = rolesOf(loss).map(({ role, input, insteadOf }) => {
    const or = insteadOf.map((other) => ` or \`--${other}\``).join('');
    return [`\`--${role}\`${or}`, prose(input.doc), prose(shapeText(input))];
  });
  return markdownTable([{ title: 'flag' }, { title: 'holds' }, { title: 'shape' }], rows);
}

function paramTable(loss: Loss): string {
  const rows = Object.entries(loss.params).map(([name, param]) => [
    `\`--${kebab(name)}\``,
    prose(param.doc),
    prose(paramText(param)),
    `\`${defaultText(param)}\``,
  ]);
  return rows.length
    ? markdownTable([{ title: 'flag' }, { title: 'meaning' }, { title: 'values' }, { title: 'default' }], rows)
    : '';
}

function reductionText(loss: Loss): string {
  const notes = Object.entries(loss.reductionNotes ?? {});
  return [
    `Default: \`${loss.reduction ?? 'mean'}\`. Unit: \`${loss.unit}\`.`,
    ...(notes.length ? [list(notes, ([reduction, note]) => `\`${reduction}\`: ${prose(note)}`)] : []),
  ].join('\n\n');
}

function exampleText(loss: Loss, example: Loss['examples'][number]): string {
  const { command, value, losses, note } = workedExample(loss, example);
  const outcome = [
    losses && `per row ${losses.map((row) => `\`${fullDigits(row)}\``).join(', ')}`,
    value !== undefined && `value \`${fullDigits(value)}\``,
  ];
  return [note && prose(note), fence('sh', command), outcome.filter(Boolean).join('; ')].filter(Boolean).join('\n\n');
}
