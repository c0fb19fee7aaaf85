import { utilityProcess } from 'electron';
import type { ChildName, ProcessHost } from '#station/ports.ts';

/** Children as Electron utility processes; `child_process.fork` throws once the RunAsNode fuse is off. */
export function utilityProcessHost(entryPoints: Readonly<Record<ChildName, string>>): ProcessHost {
  return {
    start(name) {
      const child = utilityProcess.fork(entryPoints[name], [], {
        serviceName: `eid-${name}`,
        // Nothing of the station's environment is a child's business; PATH finds the printing commands.
        env: { PATH: process.env.PATH ?? '' },
        stdio: 'inherit',
      });
      return {
        post: (message) => child.postMessage(message),
        onMessage: (listener) => {
          child.on('message', listener);
        },
        onExit: (listener) => {
          child.once('exit', (code) => listener(code));
        },
        kill: () => {
          // Electron's own kill asks by SIGTERM, which a child that spins never hears.
          if (child.pid !== undefined) killNow(child.pid);
        },
        get pid() {
          return child.pid;
        },
      };
    },
  };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended in the meantime, which is what was wanted.
    if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'ESRCH') throw error;
  }
}
