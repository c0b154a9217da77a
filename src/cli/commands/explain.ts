import type { ChalkInstance } from 'chalk';
import { kebab, type Loss } from '../../losses/define.ts';
import { equivalentsOf } from '../../losses/libraries.ts';
import { workedExample } from '../render/example.ts';
import {
  defaultText,
  differencesOf,
  equivalentText,
  inputText,
  lossObject,
  paramText,
  propertyTexts,
  relativeText,
  rolesOf,
} from '../render/facts.ts';
import { fullDigits } from '../render/numbers.ts';
import { plot } from '../render/plot.ts';
import { drawTable } from '../render/table.ts';
import { type JsonObject, toJson } from '../render/tojson.ts';
import { curveOf } from './explain-curve.ts';
import { explainMarkdown } from './explain-markdown.ts';

export const EXPLAIN_STYLES = ['text', 'json', 'markdown'] as const;
export type ExplainStyle = (typeof EXPLAIN_STYLES)[number];

export function renderExplain(loss: Loss, as: ExplainStyle, colors: ChalkInstance): string {
  if (as === 'json') return `${toJson(explainObject(loss), 2)}\n`;
  return as === 'markdown' ? explainMarkdown(loss) : explainText(loss, colors);
}

function explainObject(loss: Loss): JsonObject {
  const curve = curveOf(loss);
  const commands = loss.examples.map((example) => workedExample(loss, example).command);
  return { ...lossObject(loss), curve: curve && { ...curve }, commands };
}

function explainText(loss: Loss, colors: ChalkInstance): string {
  const also = loss.aliases.length ? `, also ${loss.aliases.join(', ')}` : '';
  const sections: [title: string, lines: readonly string[]][] = [
    ['Formula', loss.formula.text.split('\n')],
    ['Curve', curveLines(loss)],
    ['Inputs', inputLines(loss)],
    ['Parameters', paramLines(loss)],
    ['Reduction', reductionLines(loss)],
    ['Groups', loss.kind === 'group' ? [loss.cost] : []],
    ['Properties', propertyTexts(loss.properties)],
    ['Pitfalls', loss.pitfalls],
    ['Elsewhere', equivalentsOf(loss).map(([library, equivalent]) => `${library}: ${equivalentText(equivalent)}`)],
    ['With --compat', differenceLines(loss)],
    ['References', loss.references.map(({ title, url }) => (url ? `${title}\n  ${url}` : title))],
    ['Example', loss.examples.flatMap((example) => exampleLines(loss, example))],
  ];
  const head = `${colors.bold(loss.name)} (${loss.task}${also})\n${loss.summary}\n`;
  const bodies = sections
    .filter(([, lines]) => lines.length)
    .map(([title, lines]) => `\n${colors.bold(title)}\n${lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}\n`).join('')}`);
  return head + bodies.join('');
}

function curveLines(loss: Loss): string[] {
  const curve = curveOf(loss);
  return curve ? plot(curve.points, curve.x).split('\n') : [];
}

function inputLines(loss: Loss): string[] {
  return rolesOf(loss).map((fact) => {
    const { role, input, insteadOf } = fact;
    const or = insteadOf.length ? `, or ${insteadOf.map((other) => `--${other}`).join(' or ')}` : '';
    return `--${role}${or}: ${input.doc}\n  ${inputText(fact)}`;
  });
}

function paramLines(loss: Loss): string[] {
  return Object.entries(loss.params).map(
    ([name, param]) => `--${kebab(name)}: ${param.doc}\n  ${paramText(param)}; default ${defaultText(param)}`,
  );
}

function reductionLines(loss: Loss): string[] {
  const notes = Object.entries(loss.reductionNotes ?? {}).map(([reduction, note]) => `${reduction}: ${note}`);
  const relative = relativeText(loss);
  return [`default ${loss.reduction ?? 'mean'}; unit ${loss.unit}`, ...notes, ...(relative ? [`--relative: ${relative}`] : [])];
}

function differenceLines(loss: Loss): string[] {
  const differences = differencesOf(loss);
  if (!differences) return [];
  const head = ['', 'here', ...differences.libraries];
  return drawTable(
    head,
    differences.rows,
    head.map(() => 'left'),
  );
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
