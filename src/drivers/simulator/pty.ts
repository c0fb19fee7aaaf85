import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Two ends of a cable that the system takes for serial lines. */
export interface PtyPair {
  /** The cable itself, for whoever wants to cut it. */
  readonly pid: number;
  /** Pulls the cable: both ends are gone. */
  close(): Promise<void>;
}

const START_LIMIT = 10_000;

/**
 * The cable must not outlive us, not even when we are killed: socat runs under a shell that waits for our end of a pipe
 * and takes socat along when that closes.
 */
const KEEPER = `
socat "PTY,link=$1,raw,echo=0" "PTY,link=$2,raw,echo=0" &
socat=$!
echo "$socat"
read -r gone
kill "$socat" 2>/dev/null
wait "$socat" 2>/dev/null
exit 0
`;

/**
 * Makes a pair of pseudo-terminals with socat and puts links to them at `near` and `far`. Rejects with a sentence that
 * says what to do when socat is missing.
 */
export async function openPtyPair(options: {
  readonly near: string;
  readonly far: string;
}): Promise<PtyPair> {
  const { near, far } = options;
  const remove = () => {
    for (const link of [near, far]) rmSync(link, { force: true });
  };
  // A link left behind by a killed socat may point to someone else's terminal by now.
  remove();
  const keeper = spawn(
    '/bin/sh',
    ['-c', `command -v socat >/dev/null || exit 127\n${KEEPER}`, 'sh', near, far],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let said = '';
  let complaint = '';
  let exitCode: number | null | undefined;
  keeper.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  keeper.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-1000);
  });
  keeper.stdin.on('error', (error) => {
    complaint += error.message;
  });
  const ended = new Promise<void>((resolve) => {
    keeper.on('error', (error) => {
      complaint += error.message;
      exitCode = null;
      resolve();
    });
    keeper.on('close', (code) => {
      exitCode = code;
      resolve();
    });
  });
  const close = async () => {
    keeper.stdin.end();
    await ended;
    remove();
  };

  for (let waited = 0; !existsSync(near) || !existsSync(far); waited += 20) {
    if (exitCode === 127) throw new Error('socat is missing: install it with "apt-get install socat"');
    if (exitCode !== undefined || complaint !== '' || waited > START_LIMIT) {
      await close();
      throw new Error(
        `socat made no pair of terminals at ${near} and ${far}: ${complaint || 'no reason told'}`,
      );
    }
    await pause(20);
  }
  return { pid: Number(said.trim()), close };
}
