import { type Equivalent, kebab, type Loss } from '../../losses/define.ts';
import { equivalentsOf } from '../../losses/libraries.ts';
import { prose } from '../render/escape.ts';
import { workedExample } from '../render/example.ts';
import {
  defaultText,
  differencesOf,
  equivalentText,
  inputText,
  paramText,
  propertyTexts,
  relativeText,
  rolesOf,
} from '../render/facts.ts';
import { markdownTable } from '../render/markdown.ts';
import { fullDigits } from '../render/numbers.ts';
import { plot } from '../render/plot.ts';
import { curveOf } from './explain-curve.ts';

/** The page of a loss in docs/losses. */
export function explainMarkdown(loss: Loss): string {
  const sections: [title: string, body: string][] = [
    ['Formula', `${fence('text', loss.formula.text)}\n\n${fence('math', loss.formula.latex)}`],
    ['Curve', curveText(loss)],
    ['Inputs', inputTable(loss)],
    ['Parameters', paramTable(loss)],
    ['Reduction', reductionText(loss)],
    ['Groups', loss.kind === 'group' ? prose(sentence(loss.cost)) : ''],
    ['Properties', list(propertyTexts(loss.properties))],
    ['Pitfalls', list(loss.pitfalls)],
    ['Elsewhere', list(equivalentsOf(loss), ([library, equivalent]) => `${prose(library)}: ${equivalentProse(equivalent)}`)],
    ['With `--compat`', differenceTable(loss)],
    ['References', list(loss.references, ({ title, url }) => (url ? `[${prose(title)}](${url})` : prose(title)))],
    ['Example', loss.examples.map((example) => exampleText(loss, example)).join('\n\n')],
  ];
  const aliases = loss.aliases.map((alias) => `\`${alias}\``).join(', ');
  const head = [`# ${loss.name}`, `${prose(loss.summary)}`, `Task: ${loss.task}.${aliases && ` Also: ${aliases}.`}`];
  return `${[...head, ...sections.filter(([, body]) => body).map(([title, body]) => `## ${title}\n\n${body}`)].join('\n\n')}\n`;
}

function curveText(loss: Loss): string {
  const curve = curveOf(loss);
  return curve ? fence('text', plot(curve.points, curve.x)) : '';
}

function sentence(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function list<T>(items: readonly T[], text: (item: T) => string = (item) => prose(String(item))): string {
  return items.map((item) => `- ${text(item)}`).join('\n');
}

function inputTable(loss: Loss): string {
  const rows = rolesOf(loss).map((fact) => {
    const { role, input, insteadOf } = fact;
    const or = insteadOf.map((other) => ` or \`--${other}\``).join('');
    return [`\`--${role}\`${or}`, prose(input.doc), prose(inputText(fact))];
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

function equivalentProse({ call, ...said }: Equivalent): string {
  const text = equivalentText({ call: '', ...said });
  return text ? `\`${call}\`; ${prose(text)}` : `\`${call}\``;
}

function differenceTable(loss: Loss): string {
  const differences = differencesOf(loss);
  if (!differences) return '';
  const head = ['', 'here', ...differences.libraries].map((title) => ({ title }));
  return markdownTable(
    head,
    differences.rows.map(([name, ...values]) => [`\`${name}\``, ...values.map(prose)]),
  );
}

function reductionText(loss: Loss): string {
  const notes = Object.entries(loss.reductionNotes ?? {});
  const relative = relativeText(loss);
  return [
    `Default: \`${loss.reduction ?? 'mean'}\`. Unit: \`${loss.unit}\`.`,
    ...(relative ? [`\`--relative\`: ${relative}.`] : []),
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
