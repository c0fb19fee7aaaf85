import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { err, ok, type Result } from '#domain/result.ts';

/** 0: well. 1: the device, or what was looked for, is not well. 2: the call or a file it names is wrong. */
export const EXIT = { well: 0, failed: 1, wrong: 2 } as const;

/** Where a command's lines go: results, and what went wrong. */
export interface Output {
  say(line: string): void;
  complain(line: string): void;
}

export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** One of the things that `npm run devices` does. */
export interface Command {
  readonly name: string;
  /** One line of the list of commands. */
  readonly summary: string;
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  /** Names of what is given without an option, in their order. */
  readonly operands: readonly string[];
  run(call: {
    readonly options: Options;
    readonly operands: readonly string[];
    readonly out: Output;
  }): Promise<number>;
}

/** The options and operands of one call, or a sentence that says what is wrong with them. */
export function readCall(
  command: Command,
  argumentsGiven: readonly string[],
): Result<{ readonly options: Options; readonly operands: readonly string[] }, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argumentsGiven],
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    const options: Options = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : value]),
    );
    if (positionals.length > command.operands.length)
      return err(`"${positionals[command.operands.length]}" is one word too many.`);
    return ok({ options, operands: positionals });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return err(dashedValue(message, argumentsGiven) ?? message); // parseArgs says what it does not know
  }
}

/** `--wait -3`: parseArgs takes what begins with a dash for another option, and says so in three lines about syntax. */
function dashedValue(message: string, argumentsGiven: readonly string[]): string | null {
  const option = /^Option '(?:-\w, )?(--[\w-]+)(?: <value>)?' argument is ambiguous/.exec(message)?.[1];
  if (option === undefined) return null;
  const value = argumentsGiven[argumentsGiven.indexOf(option) + 1];
  return `${option} ${value}: a value that begins with "-" is written ${option}=${value}.`;
}

export function textOption(options: Options, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' ? value : null;
}

export function listOption(options: Options, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value : [];
}
