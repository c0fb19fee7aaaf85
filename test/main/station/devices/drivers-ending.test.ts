import { expect, test } from 'vitest';
import { hearingEnds } from '#station/devices/drivers-ending.ts';
import type { ChildProcess } from '#station/ports.ts';

test('the end of a drivers’ process is heard of beside who started it, each time', () => {
  const exits: ((code: number | null) => void)[] = [];
  const child: ChildProcess = {
    ...{ post: () => {}, onMessage: () => {}, kill: () => {}, pid: 7 },
    onExit: (listener) => void exits.push(listener),
  };
  const { processHost, onEnd } = hearingEnds({ start: () => child });
  let heard = 0;
  let told = 0;
  onEnd(() => {
    heard += 1;
  });
  processHost.start('drivers').onExit(() => {
    told += 1;
  });
  for (const exit of exits) exit(null);
  expect([heard, told]).toEqual([1, 1]);
});
