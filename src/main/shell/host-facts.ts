import { readFileSync } from 'node:fs';
import inspector from 'node:inspector';
import type { HostFacts } from '#station/settings/relaxations.ts';

/** What can be seen of how this process runs, whatever window it opens. */
export function processFacts(system: SystemFacts = thisProcess()): HostFacts {
  return {
    // Electron starts without its sandbox when this is set to anything, whatever the program asks for.
    ...(system.environment.ELECTRON_DISABLE_SANDBOX === undefined ? {} : { sandboxed: false }),
    runsAsRoot: system.userId === 0,
    debuggable: system.inspectorUrl !== undefined,
    dumpsCore: system.limits !== null && maySizeOfCore(system.limits) !== '0',
    tlsUnchecked: system.environment.NODE_TLS_REJECT_UNAUTHORIZED === '0',
  };
}

interface SystemFacts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userId: number | undefined;
  /** Text of `/proc/self/limits`; null where there is none. */
  readonly limits: string | null;
  readonly inspectorUrl: string | undefined;
}

function thisProcess(): SystemFacts {
  return {
    environment: process.env,
    userId: process.getuid?.(),
    limits: readLimits(),
    inspectorUrl: inspector.url(),
  };
}

/** `proc_pid_limits(5)`: the soft limit stands after the name; null where there is no such file. */
function readLimits(): string | null {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function maySizeOfCore(limits: string): string {
  return /^Max core file size\s+(\S+)/m.exec(limits)?.[1] ?? 'unknown';
}
