import type { Gate, Judged, Level, Warning } from '../../engine/result.ts';
import { printable } from './escape.ts';
import { errorTexts, missText, verdictText } from './gates.ts';
import type { Renderer } from './renderer.ts';
import { messageText } from './warnings.ts';

/**
 * Workflow commands of GitHub Actions: an error for each gate that did not pass, or what its level says, with the verdict as its
 * title, because a step shows ten of a kind at most; a warning or notice for each warning. Nothing where all is well.
 *
 * Each line begins with a command of our own, and the runner looks for no second one in it ("Workflow commands for GitHub
 * Actions"; `ActionCommand` in the runner): text from data cannot start another.
 */
export const github: Renderer<Judged> = {
  name: 'github',
  extensions: [],
  help: 'workflow commands: failed gates and warnings become annotations',
  render(report) {
    const missed = report.gates.filter(({ pass }) => !pass);
    const errors = errorTexts(report).map((text) => command('error', titleOf(report), text));
    return [...errors, ...missed.map((gate) => gateCommand(gate, report)), ...report.warnings.map(warningCommand)].join('');
  },
};

const COMMANDS: { readonly [L in Level]: 'error' | 'warning' | 'notice' } = { error: 'error', warn: 'warning', info: 'notice' };

function gateCommand(gate: Gate, report: Judged): string {
  return command(COMMANDS[gate.level ?? 'error'], titleOf(report), missText(gate));
}

function titleOf(report: Judged): string {
  return `lossctl ${verdictText(report)}`;
}

function warningCommand(warning: Warning): string {
  return command(COMMANDS[warning.severity], `lossctl ${warning.code}`, messageText(warning));
}

function command(name: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${name} title=${escaped(title, /[%\r\n:,]/g)}::${escaped(message, /[%\r\n]/g)}\n`;
}

function escaped(text: string, special: RegExp): string {
  return printable(text).replace(special, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
