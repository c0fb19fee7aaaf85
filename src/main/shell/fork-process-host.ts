import { fork, type ChildProcess as NodeChild } from 'node:child_process';
import type { ChildName, ChildProcess, ProcessHost } from '#station/ports.ts';

/** Children by `child_process.fork`: for every host but Electron, whose RunAsNode fuse is off. */
export function forkProcessHost(entryPoints: Readonly<Record<ChildName, string>>): ProcessHost {
  return {
    start(child) {
      return wrap(
        fork(entryPoints[child], [], {
          serialization: 'advanced',
          // Nothing of the station's environment is a child's business; PATH finds the printing commands.
          env: { PATH: process.env.PATH },
          stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        }),
      );
    },
  };
}

function wrap(child: NodeChild): ChildProcess {
  return {
    post(message) {
      // A child that is going takes no more messages; its exit is reported by onExit.
      if (child.connected) child.send(message as never, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', (code) => listener(code));
      child.once('error', () => listener(null));
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    pid: child.pid,
  };
}
