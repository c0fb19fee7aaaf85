import { join } from 'node:path';
import type { Timers } from '../timers.ts';
import { isUsable } from './find-device.ts';
import { watchFolder } from './folder-watch.ts';

/** Milliseconds between two looks for what no event has told of. */
const LOOK_INTERVAL = 3000;
/** Names of device files that a serial port or HID device gets. */
const DEVICE_FILE = /^(tty[A-Z]+|hidraw)\d+$/;

/**
 * Calls `appeared` once when a device that is looked for by its USB numbers comes, unless the returned function is
 * called first. Nothing is watched or looked for when it is there already.
 */
export function whenFound(options: {
  readonly root: string;
  /** The device's file, when it is attached. */
  readonly find: () => string | null;
  readonly timers: Timers;
  readonly appeared: () => void;
}): () => void {
  const { find, timers, appeared } = options;
  const isThere = () => {
    const file = find();
    return file !== null && isUsable(file);
  };
  let done = isThere();
  if (done) return () => {};
  let cancelLook: () => void = () => {};
  const watcher = watchFolder(join(options.root, 'dev'), (name) => {
    if (name === null || DEVICE_FILE.test(name)) look();
  });
  const stop = () => {
    done = true;
    cancelLook();
    watcher?.close();
  };
  const look = () => {
    if (done || !isThere()) return;
    stop();
    appeared();
  };
  const lookLater = () => {
    cancelLook = timers.after(LOOK_INTERVAL, () => {
      look();
      if (!done) lookLater();
    });
  };
  lookLater();
  return stop;
}
