/** `lossctl completion`: what a shell offers when Tab is pressed. The script asks the program, which knows its own commands and flags. */
import type { Command } from 'commander';
import type { Loss } from '../../losses/define.ts';
import { type World, writeIfRead } from '../world.ts';

/** Where nothing is offered, each shell completes names of files. */
const SCRIPTS = {
  bash: `_lossctl() {
  local IFS=$'\\n'
  COMPREPLY=($(lossctl completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}"))
}
complete -o default -F _lossctl lossctl
`,
  zsh: `_lossctl() {
  local -a found=("\${(@f)$(lossctl completion words -- "\${(@)words[2,CURRENT]}")}")
  if [[ -n $found ]]; then compadd -- $found; else _files; fi
}
compdef _lossctl lossctl
`,
  fish: `complete -c lossctl -a '(lossctl completion words -- (commandline -opc)[2..] (commandline -ct))'
`,
} as const;

const EXAMPLES = `
Examples:
  $ eval "$(lossctl completion bash)"       # in ~/.bashrc
  $ eval "$(lossctl completion zsh)"        # in ~/.zshrc, after compinit
  $ lossctl completion fish | source        # in ~/.config/fish/config.fish
`;

/** `tree` makes the program with all of its flags. */
export function addCompletion(program: Command, world: World, losses: readonly Loss[], tree: () => Command): void {
  program
    .command('completion')
    .description('a script with which a shell completes commands, flags and their values')
    .addArgument(program.createArgument('<shell>', 'which shell').choices([...Object.keys(SCRIPTS), 'words']))
    .argument('[word...]', 'of words: what stands on the line so far')
    .addHelpText('after', EXAMPLES)
    .action(async (shell: keyof typeof SCRIPTS | 'words', words: string[]) => {
      const names = losses.map(({ name }) => name);
      const text =
        shell === 'words'
          ? offered(tree(), words, names)
              .map((word) => `${word}\n`)
              .join('')
          : SCRIPTS[shell];
      await writeIfRead(world.stdout, text);
    });
}

/** What the last word could become. `losses`: what flags and arguments called `loss` take. */
export function offered(program: Command, words: readonly string[], losses: readonly string[]): string[] {
  const [current = ''] = words.slice(-1);
  // bash takes --nan=skip apart into three words
  const before = words.slice(0, -1).filter((word) => word !== '=');
  const command = before.reduce((at, word) => at.commands.find((one) => one.name() === word) ?? at, program);
  const valuesOf = (name: string, choices?: readonly string[]) => choices ?? (name === 'loss' ? losses : []);
  const option = command.options.find(({ short, long }) => [short, long].includes(before.at(-1)));
  const flags = command.options.flatMap(({ long, hidden }) => (long && !hidden ? [long] : []));
  const names = command.commands.map((one) => one.name());
  const values = command.registeredArguments.flatMap((one) => valuesOf(one.name(), one.argChoices));
  const all = option?.required
    ? valuesOf(option.name(), option.argChoices)
    : current.startsWith('-')
      ? flags
      : [...names, ...values];
  return all.filter((word) => word.startsWith(current === '=' ? '' : current));
}
