/** Pages of commands, which are run as they stand: each section shows its files, a command and, if it likes, what that prints. */

export interface Step {
  readonly title: string;
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
}

const BLOCK = '```text\\n([\\s\\S]*?)```\\n';

/** The sections of the third level that hold a command. */
export function stepsOf(page: string): Step[] {
  const sections = page.split(/^#{2,3} /m).slice(1);
  return sections.map(stepOf).filter(({ command }) => command !== '');
}

function stepOf(section: string): Step {
  const [title = ''] = section.split('\n');
  const files = [...section.matchAll(new RegExp(`^\`([^\`\\n]+)\`:\\n\\n${BLOCK}`, 'gm'))];
  const [, command = ''] = /```sh\n([\s\S]*?)\n```/.exec(section) ?? [];
  const [, stdout = ''] = new RegExp(`\`\`\`sh\\n[\\s\\S]*?\`\`\`\\n\\n${BLOCK}`).exec(section) ?? [];
  const [, stderr = ''] = new RegExp(`On standard error:\\n\\n${BLOCK}`).exec(section) ?? [];
  return { title, files: files.map(([, name = '', content = '']) => ({ name, content })), command, stdout, stderr };
}
