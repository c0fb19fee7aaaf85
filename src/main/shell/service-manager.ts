import { spawn } from 'node:child_process';

/** What the service manager is told; `sd_notify(3)` names the words. */
export interface ServiceManager {
  /** The first page stands. */
  ready(): Promise<void>;
  /** A sign of life. */
  alive(): Promise<void>;
  stopping(): Promise<void>;
}

/** Runs a program to its end. */
export type RunProgram = (program: string, parameters: readonly string[]) => Promise<void>;

/**
 * Tells systemd how the terminal fares. Node cannot write to a datagram socket of the system (its `dgram` knows UDP
 * only), and a native module for three words is too much: `systemd-notify`, which every systemd brings, says them. It
 * waits until systemd has heard it, so that its short life does not lose the message (`NotifyAccess=all`).
 *
 * Without `NOTIFY_SOCKET` nobody listens, and nothing is said.
 */
export function serviceManager(options: {
  readonly socket: string | undefined;
  readonly run?: RunProgram;
}): ServiceManager {
  const { socket, run = runProgram } = options;
  const say = async (...words: readonly string[]) => {
    if (socket !== undefined && socket !== '') await run('systemd-notify', words);
  };
  return {
    ready: () => say('--ready', '--status=The screen stands.'),
    alive: () => say('WATCHDOG=1'),
    stopping: () => say('STOPPING=1'),
  };
}

const runProgram: RunProgram = (program, parameters) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 5000 });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code ?? signal}`));
    });
  });
