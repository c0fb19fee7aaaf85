import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { pathWatch, systemPathWatch } from '#drivers/hub/path-watch.ts';
import { eventually } from '../eventually.ts';
import { eventsHandled } from './events-handled.ts';

const folder = mkdtempSync(join(tmpdir(), 'watch-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('watching for a missing device', () => {
  it('tells once when its file appears, however deep the missing folders are', async () => {
    const appeared = vi.fn();
    systemPathWatch.whenPresent(join(folder, 'serial/by-id/reader'), appeared);
    mkdirSync(join(folder, 'serial'));
    await eventsHandled(folder);
    mkdirSync(join(folder, 'serial/by-id'));
    await eventsHandled(folder);
    expect(appeared).not.toHaveBeenCalled();
    writeFileSync(join(folder, 'serial/by-id/reader'), '');
    await eventually(() => expect(appeared).toHaveBeenCalledTimes(1));
    writeFileSync(join(folder, 'serial/by-id/reader'), 'again');
    await eventsHandled(folder);
    expect(appeared).toHaveBeenCalledTimes(1);
  });

  it('leaves a device that is there but fails to the back-off', async () => {
    const appeared = vi.fn();
    writeFileSync(join(folder, 'there'), '');
    const stop = systemPathWatch.whenPresent(join(folder, 'there'), appeared);
    writeFileSync(join(folder, 'there'), 'changed');
    await eventsHandled(folder);
    stop();
    expect(appeared).not.toHaveBeenCalled();
  });

  it('tells nothing once it was called off', async () => {
    const appeared = vi.fn();
    const stop = systemPathWatch.whenPresent(join(folder, 'late'), appeared);
    stop();
    writeFileSync(join(folder, 'late'), '');
    await eventsHandled(folder);
    expect(appeared).not.toHaveBeenCalled();
  });

  describe('that comes between the look and the watch', () => {
    /** Not there at the first look, there at the second. */
    const comesAtOnce = () => {
      let looks = 0;
      return pathWatch({
        isUsable() {
          looks += 1;
          return looks > 1;
        },
      });
    };

    it('tells once whoever waits has what it needs to call it off', async () => {
      const appeared = vi.fn();
      comesAtOnce().whenPresent(join(folder, 'quick'), appeared);
      expect(appeared).not.toHaveBeenCalled();
      await eventually(() => expect(appeared).toHaveBeenCalledTimes(1));
    });

    it('tells nothing when it is called off at once', async () => {
      const appeared = vi.fn();
      comesAtOnce().whenPresent(join(folder, 'quick'), appeared)();
      await eventsHandled(folder);
      expect(appeared).not.toHaveBeenCalled();
    });
  });
});
