import { type Command, EXIT, type Output, readCall } from './command.ts';
import { identify } from './identify.ts';
import { list } from './list.ts';
import { profiles } from './profiles.ts';
import { record } from './record.ts';
import { replay } from './replay.ts';
import { save } from './save.ts';
import { test } from './test.ts';

export const COMMANDS: readonly Command[] = [list, profiles, identify, test, save, record, replay];

const WIDTH = Math.max(...COMMANDS.map(({ name }) => name.length));
export const USAGE = `usage: npm run devices -- COMMAND [OPTION]...

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(WIDTH)}  ${summary}`).join('\n')}

"npm run devices -- COMMAND --help" says more of each. Exit codes: 0 all is well, 1 the
device did not pass or answer, 2 the call or a file is wrong.`;

/** Does what the words after `npm run devices --` ask for; resolves with the exit code. */
export async function runDevices(words: readonly string[], terminal: Output): Promise<number> {
  const out = plain(terminal);
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h') {
    if (name === undefined) out.complain(USAGE);
    else out.say(USAGE);
    return name === undefined ? EXIT.wrong : EXIT.well;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) {
    out.complain(`There is no command "${name}".`);
    out.complain(USAGE);
    return EXIT.wrong;
  }
  const call = readCall(command, rest);
  if (!call.ok) {
    out.complain(call.error);
    out.complain(command.help);
    return EXIT.wrong;
  }
  if (call.value.options.help === true) {
    out.say(command.help);
    return EXIT.well;
  }
  return command.run({ ...call.value, out });
}

/** Devices and recordings say what they like, and a terminal would obey control characters in it. */
function plain(terminal: Output): Output {
  const harmless = (line: string) => line.replaceAll(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '?');
  return {
    say: (line) => terminal.say(harmless(line)),
    complain: (line) => terminal.complain(harmless(line)),
  };
}
