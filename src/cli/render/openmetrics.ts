import { type Gate, type Report, type Result, VERDICTS } from '../../engine/result.ts';
import { printable } from './escape.ts';
import { fullDigits } from './numbers.ts';
import type { Renderer } from './renderer.ts';
import { sliceText } from './slice.ts';

/**
 * The text format of "OpenMetrics 1.0", for Prometheus and GitLab's metrics reports. Only gauges, because the older text format,
 * which the textfile collector and the Pushgateway read, knows no `stateset`. No timestamps: the collector refuses them.
 *
 * A `# UNIT` must be the end of the metric's name, so only counts of rows have one; the unit of a loss is a label. A slice is
 * one label as well: columns can have any name, labels not.
 */
export const openmetrics: Renderer = {
  name: 'openmetrics',
  extensions: ['.prom'],
  help: 'gauges for Prometheus and for metrics reports of GitLab',
  render(report) {
    return `${[...resultFamilies(report), ...verdictFamilies(report)].join('')}# EOF\n`;
  },
};

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

function resultFamilies({ results }: Report): string[] {
  const counts = (name: string, help: string, count: (result: Result) => number) =>
    family(
      `lossctl_${name}_rows`,
      help,
      results.map((result) => [subject(result.id, result), count(result)]),
      'rows',
    );
  return [
    family(
      'lossctl_loss_value',
      'The reduced loss; a skill where direction is higher.',
      results.map((result) => [valueLabels(result), numberOf(result)]),
    ),
    counts('evaluated', 'Rows that were evaluated.', ({ n }) => n),
    counts('skipped', 'Rows left out because a value was missing or not finite.', ({ skipped }) => skipped),
    counts('ignored', 'Rows the loss itself leaves out.', ({ ignored }) => ignored),
  ];
}

function verdictFamilies({ gates, verdict }: Report): string[] {
  const gateLabels = gates.map((gate) => ({ ...markLabels(gate), assert: gate.assert, ...subject(gate.result, gate) }));
  return [
    family(
      'lossctl_gate_limit',
      'What the value is compared with.',
      gates.map(({ limit }, i) => [gateLabels[i], limit]),
    ),
    family(
      'lossctl_gate_pass',
      'Whether the gate passed: 1 or 0.',
      gates.map(({ pass }, i) => [gateLabels[i], Number(pass)]),
    ),
    family(
      'lossctl_verdict',
      'The verdict of the run: 1 for the one that holds.',
      VERDICTS.map((name) => [{ verdict: name }, Number(name === verdict)]),
    ),
  ];
}

/** What a suite says of a gate. */
function markLabels({ id, level }: Gate): Labels {
  return { ...(id !== undefined && { gate: id }), ...(level && { level }) };
}

/** An empty label counts as none: all rows. */
function subject(id: string, { data, slice }: Pick<Result, 'data' | 'slice'>): Labels {
  return { ...(data !== undefined && { data }), id, slice: slice ? sliceText(slice) : '' };
}

function valueLabels(result: Result): Labels {
  const { loss, reduction, unit, direction } = result;
  return { ...subject(result.id, result), loss, reduction, unit, direction };
}

/** The status decides, as everywhere: the value of an empty slice is not a number. */
function numberOf({ value, status }: Result): number {
  return status === 'empty' ? Number.NaN : value;
}

/** A family without samples says nothing. Equal labels, as of an assert given twice, would make all of the text invalid. */
function family(name: string, help: string, samples: readonly Sample[], unit?: string): string {
  if (!samples.length) return '';
  const lines = [`# TYPE ${name} gauge`, ...(unit ? [`# UNIT ${name} ${unit}`] : []), `# HELP ${name} ${help}`];
  const values = new Map(samples.map(([labels, value]) => [labelText(labels), numberText(value)]));
  return [...lines, ...Array.from(values, ([labels, value]) => `${name}{${labels}} ${value}`), ''].join('\n');
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${printable(value).replace(/[\\"]/g, '\\$&')}"`)
    .join(',');
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return fullDigits(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
