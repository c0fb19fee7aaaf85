import { existsSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Tells when a missing device may have come back. */
export interface PathWatch {
  /**
   * Calls `appeared` once when a path that does not exist comes into being, unless the returned function is called
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
export const systemPathWatch: PathWatch = {
  whenPresent(path, appeared) {
    let stop: () => void = () => {};
    let done = false;
    const follow = () => {
      if (done) return;
      stop();
      if (existsSync(path)) {
        done = true;
        appeared();
        return;
      }
      const watcher = watchFolder(nearestFolder(path), follow);
      stop = () => watcher?.close();
    };
    if (existsSync(path)) return stop;
    const first = watchFolder(nearestFolder(path), follow);
    stop = () => first?.close();
    return () => {
      done = true;
      stop();
    };
  },
};

function watchFolder(folder: string, changed: () => void): { close(): void } | null {
  try {
    const watcher = watch(folder, { persistent: false }, changed);
    // A folder that is removed while it is watched: the back-off finds the device.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null; // no inotify left or no such folder: see above
  }
}
