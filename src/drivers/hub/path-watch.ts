import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isUsable } from './find-device.ts';
import { watchFolder } from './folder-watch.ts';

/** Tells when a missing device may have come back. */
export interface PathWatch {
  /**
   * Calls `appeared` once when a path that cannot be used comes into being, unless the returned function is called
   * first. Never calls it for a path that is there already: a device that is there and fails is left to the back-off.
   */
  whenPresent(path: string, appeared: () => void): () => void;
}

function nearestFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/**
 * Watches the folder that the device's file will appear in. `/dev/serial/by-id` goes away with its last entry, so that
 * the nearest folder that exists is watched and moved down from as folders appear. Where the system cannot watch,
 * nothing is told: the driver's own back-off opens the device a little later all the same.
 */
export function pathWatch(system: { readonly isUsable: (path: string) => boolean }): PathWatch {
  const { isUsable } = system;
  return { whenPresent };

  function whenPresent(path: string, appeared: () => void): () => void {
    let stop: () => void = () => {};
    let done = isUsable(path);
    let isCalledOff = false;
    const follow = () => {
      stop();
      const folder = nearestFolder(path);
      // Every write to a terminal is an event of /dev: only what lies on our way is looked at.
      const [next] = relative(folder, path).split(sep);
      const watcher = watchFolder(folder, (name) => {
        if (!done && (name === null || name === next)) look();
      });
      stop = () => watcher?.close();
      // What came between the look and the watch has made no event.
      if (
        isUsable(path) ||
        (next !== undefined && dirname(path) !== folder && existsSync(join(folder, next)))
      )
        look();
    };
    const look = () => {
      if (done) return;
      if (!isUsable(path)) return follow();
      done = true;
      stop();
      // What came between the look and the watch is told once the caller knows how to call it off.
      queueMicrotask(() => {
        if (!isCalledOff) appeared();
      });
    };
    if (!done) follow();
    return () => {
      done = true;
      isCalledOff = true;
      stop();
    };
  }
}

/** The files of this machine. */
export const systemPathWatch: PathWatch = pathWatch({ isUsable });
