import type { Timers } from '#drivers/timers.ts';
import type { ChildProcess } from '../ports.ts';

/** How long a child may take to end by itself, and again to be gone when it was killed. */
const STOP_LIMIT = 2000;

/**
 * Resolves when a child is gone: `asked` ones end by themselves or are killed, `killed` ones are killed at once. One that
 * the system cannot end, stuck in some device, is left behind: nobody waits for it for ever.
 */
export function endChild(child: ChildProcess, how: 'asked' | 'killed', timers: Timers): Promise<void> {
  return new Promise((resolve) => {
    let cancelLimit: () => void = () => {};
    const gone = () => {
      cancelLimit();
      resolve();
    };
    const kill = () => {
      child.kill();
      cancelLimit = timers.after(STOP_LIMIT, resolve);
    };
    child.onExit(gone);
    if (how === 'killed') return kill();
    cancelLimit = timers.after(STOP_LIMIT, kill);
    child.post({ type: 'stop' });
  });
}
