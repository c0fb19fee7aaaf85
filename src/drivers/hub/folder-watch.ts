import { watch } from 'node:fs';

/**
 * Tells of entries of a folder that come, go or change; `name` is null where the system does not say which. Null when
 * the folder cannot be watched. Does not keep the process.
 */
export function watchFolder(
  folder: string,
  changed: (name: string | null) => void,
): { close(): void } | null {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => changed(name));
    // A folder that is removed while it is watched: whoever watches looks again after a while.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null; // no inotify left or no such folder
  }
}
