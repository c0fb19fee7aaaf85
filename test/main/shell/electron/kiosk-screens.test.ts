import { describe, expect, it } from 'vitest';
import { kioskScreens } from '#shell/electron/kiosk-screens.ts';
import { silentLog } from '#station/log/station-log.ts';
import { manualTimers, settle } from '../../../drivers/manual-timers.ts';
import { type FakePage, fakePage } from './fake-page.ts';

function started() {
  const timers = manualTimers();
  const pages: FakePage[] = [];
  let gaveUp = 0;
  const screens = kioskScreens({
    open: (face) => {
      const page = fakePage(face);
      pages.push(page);
      return page;
    },
    timers,
    log: silentLog,
    giveUp: () => {
      gaveUp += 1;
    },
  });
  const page = (index: number): FakePage => {
    const found = pages[index];
    if (!found) throw new Error(`no page ${index} was opened`);
    return found;
  };
  const show = async (face: 'citizen' | 'console') => {
    const shown = screens.show(face);
    await settle();
    pages.at(-1)?.load();
    await shown;
  };
  return { timers, pages, page, screens, show, gaveUp: () => gaveUp };
}

describe('Electron’s screen', () => {
  it('keeps the old page until the new one stands', async () => {
    const { screens, page, show } = started();
    await show('citizen');
    const next = screens.show('citizen');
    await settle();
    expect(page(0).destroyed()).toBe(false);
    page(1).load();
    await next;
    expect(page(0).destroyed()).toBe(true);
    expect(page(1).destroyed()).toBe(false);
  });

  it('opens one page after the other, however they were asked for', async () => {
    const { screens, pages, page, show } = started();
    await show('citizen');
    const asked = Promise.all([screens.show('console'), screens.show('citizen')]);
    await settle();
    expect(pages).toHaveLength(2);
    page(1).load();
    await settle();
    page(2).load();
    await asked;
    expect(pages.map(({ face }) => face)).toEqual(['citizen', 'console', 'citizen']);
    expect(pages.map(({ destroyed }) => destroyed())).toEqual([true, true, false]);
  });

  it.each(['citizen', 'console'] as const)('brings the %s’s page back after a crash', async (face) => {
    const { timers, pages, page, screens, show } = started();
    await show(face);
    page(0).lose('crashed');
    await timers.advance(0);
    page(1).load();
    await settle();
    expect(pages.map((one) => one.face)).toEqual([face, face]);
    expect(screens.face()).toBe(face);
    expect(page(0).destroyed()).toBe(true);
  });

  it('does not mind a page that is lost after it was replaced', async () => {
    const { timers, pages, page, show } = started();
    await show('citizen');
    await show('citizen');
    page(0).lose('killed');
    await timers.advance(60_000);
    expect(pages).toHaveLength(2);
  });

  it('keeps the old page when the new one fails, and tells the one who asked', async () => {
    const { screens, page, show } = started();
    await show('citizen');
    const next = screens.show('console');
    await settle();
    page(1).fail(new Error('ERR_FAILED'));
    await expect(next).rejects.toThrow('ERR_FAILED');
    expect(page(0).destroyed()).toBe(false);
    expect(page(1).destroyed()).toBe(true);
    expect(screens.face()).toBe('citizen');
  });

  it('gives up a page that never stands, and tries again after a crash until the process has to start afresh', async () => {
    const { timers, pages, page, show, gaveUp } = started();
    await show('citizen');
    page(0).lose('oom');
    await timers.advance(20_001);
    expect(page(1).destroyed()).toBe(true);
    await timers.advance(10 * 22_000);
    expect(gaveUp()).toBe(1);
    expect(pages.length).toBe(9);
  });

  it('brings a hanging page to its end and asks the one that stands', async () => {
    const { timers, page, screens, show } = started();
    await show('citizen');
    screens.lost();
    await timers.advance(0);
    page(1).load();
    await settle();
    expect(page(0).destroyed()).toBe(true);
    screens.focus();
    expect(page(1).focused()).toBe(1);
    await expect(screens.ask()).resolves.toBeUndefined();
  });

  it('opens nothing more once it is closed', async () => {
    const { timers, pages, page, screens, show } = started();
    await show('citizen');
    screens.close();
    expect(page(0).destroyed()).toBe(true);
    page(0).lose('killed');
    await screens.show('citizen');
    await timers.advance(60_000);
    expect(pages).toHaveLength(1);
  });
});
