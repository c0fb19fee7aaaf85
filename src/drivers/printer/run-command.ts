import { spawn } from 'node:child_process';
import { err, ok, type Result } from '#domain/result.ts';

export interface CommandEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** What it said, as far as {@link LONGEST_OUTPUT} goes. */
  readonly output: string;
  readonly complaint: string;
}
/** `missing`: there is no such program. */
export type CommandFault = 'missing' | 'too-slow' | 'failed';

/** Characters that are kept of what a program says. */
const LONGEST_OUTPUT = 64 * 1024;

/**
 * Runs one program with fixed arguments, without a shell, and ends it when it takes too long. It speaks English to us
 * whatever the system's language is.
 */
export function runCommand(options: {
  readonly program: string;
  readonly words: readonly string[];
  readonly input?: Uint8Array;
  readonly limitMs: number;
}): Promise<Result<CommandEnd, CommandFault>> {
  const { program, words, input, limitMs } = options;
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    const said = { output: '', complaint: '' };
    const keep = (where: keyof typeof said) => (text: string) => {
      said[where] = (said[where] + text).slice(0, LONGEST_OUTPUT);
    };
    child.stdout.setEncoding('utf8').on('data', keep('output'));
    child.stderr.setEncoding('utf8').on('data', keep('complaint'));
    // A program that ends before it has read everything says why by its exit code.
    child.stdin.on('error', (error) => keep('complaint')(error.message));
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve(err(error.code === 'ENOENT' ? 'missing' : 'failed')),
    );
    child.on('close', (code, signal) =>
      resolve(signal === 'SIGKILL' ? err('too-slow') : ok({ code, ...said })),
    );
    child.stdin.end(input);
  });
}
