import type { ChalkInstance } from 'chalk';
import { kebab, type Loss } from '../../losses/define.ts';
import { workedExample } from '../render/example.ts';
import { defaultText, lossObject, paramText, propertyTexts, rolesOf, shapeText } from '../render/facts.ts';
import { fullDigits } from '../render/numbers.ts';
import { toJson } from '../render/tojson.ts';
import { explainMarkdown } from './explain-markdown.ts';

export const EXPLAIN_STYLES = ['text', 'json', 'markdown'] as const;
export type ExplainStyle = (typeof EXPLAIN_STYLES)[number];

export function renderExplain(loss: Loss, as: ExplainStyle, colors: ChalkInstance): string {
  if (as === 'json') return `${toJson({ ...lossObject(loss), commands: commandsOf(loss) }, 2)}\n`;
  return as === 'markdown' ? explainMarkdown(loss) : explainText(loss, colors);
}

function commandsOf(loss: Loss): string[] {
  return loss.examples.map((example) => workedExample(loss, example).command);
}

function explainText(loss: Loss, colors: ChalkInstance): string {
  const also = loss.aliases.length ? `, also ${loss.aliases.join(', ')}` : '';
  const sections: [title: string, lines: readonly string[]][] = [
    ['Formula', loss.formula.text.split('\n')],
    ['Inputs', inputLines(loss)],
    ['Parameters', paramLines(loss)],
    ['Reduction', reductionLines(loss)],
    ['Properties', propertyTexts(loss.properties)],
    ['Pitfalls', loss.pitfalls],
    ['Elsewhere', Object.entries(loss.equivalents).map(([library, call]) => `${library}: ${call}`)],
    ['References', loss.references.map(({ title, url }) => (url ? `${title}\n  ${url}` : title))],
    ['Example', loss.examples.flatMap((example) => exampleLines(loss, example))],
  ];
  const head = `${colors.bold(loss.name)} (${loss.task}${also})\n${loss.summary}\n`;
  const bodies = sections
    .filter(([, lines]) => lines.length)
    .map(([title, lines]) => `\n${colors.bold(title)}\n${lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}\n`).join('')}`);
  return head + bodies.join('');
}

function inputLines(loss: Loss): string[] {
  return rolesOf(loss).map(({ role, input, insteadOf }) => {
    const or = insteadOf.length ? `, or ${insteadOf.map((other) => `--${other}`).join(' or ')}` : '';
    return `--${role}${or}: ${input.doc}\n  ${shapeText(input)}`;
  });
}

function paramLines(loss: Loss): string[] {
  return Object.entries(loss.params).map(
    ([name, param]) => `--${kebab(name)}: ${param.doc}\n  ${paramText(param)}; default ${defaultText(param)}`,
  );
}

function reductionLines(loss: Loss): string[] {
  const notes = Object.entries(loss.reductionNotes ?? {}).map(([reduction, note]) => `${reduction}: ${note}`);
  return [`default ${loss.reduction ?? 'mean'}; unit ${loss.unit}`, ...notes];
}

function exampleLines(loss: Loss, example: Loss['examples'][number]): string[] {
  const { command, value, losses, note } = workedExample(loss, example);
  return [
    ...(note ? [note] : []),
    command,
    ...(losses ? [`per row: ${losses.map(fullDigits).join(', ')}`] : []),
    ...(value === undefined ? [] : [`value: ${fullDigits(value)}`]),
  ];
}
