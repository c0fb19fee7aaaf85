import { utilityProcess } from 'electron';
import type { ChildName, ProcessHost } from '#station/ports.ts';

/** Children as Electron utility processes; `child_process.fork` throws once the RunAsNode fuse is off. */
export function utilityProcessHost(entryPoints: Readonly<Record<ChildName, string>>): ProcessHost {
  return {
    start(name) {
      const child = utilityProcess.fork(entryPoints[name], [], {
        serviceName: `eid-${name}`,
        env: {},
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
          child.kill();
        },
        get pid() {
          return child.pid;
        },
      };
    },
  };
}
