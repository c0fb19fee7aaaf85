import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Visit } from '#domain/session/snapshot.ts';
import { type CitizenHands, citizenHands, type Place } from './terminal/citizen-hands.ts';
import { findPersonalData, loggedErrors } from './terminal/leftovers.ts';
import { textOf } from './terminal/locale-text.ts';
import { type RealTerminal, startRealTerminal } from './terminal/real-terminal.ts';

/*
 * What people and machines do wrong before the face step, at one whole terminal that stays on: each fault has its own
 * words and a way on, and at the end nothing of anybody is left behind. The tests stand in the order in which a visit
 * goes, so that one may take over the visit of the one before; each finds its way by itself when it stands alone.
 */
test.describe.configure({ timeout: 180_000 });

let terminal: RealTerminal;
let citizen: CitizenHands;

test.beforeAll(async () => {
  terminal = await startRealTerminal({
    stationName: 'bad input',
    idle: { warnAfterMs: 8_000, resetAfterMs: 5_000 },
  });
  citizen = citizenHands(terminal);
  await citizen.nextCitizen();
});

test.afterAll(async () => {
  await terminal.stop();
  terminal.remove();
});

/** Whoever wants to stop is asked first, may go on, and leaves nothing behind when it was meant. */
function stoppingAt(step: Place): void {
  test(`the citizen stops at the ${step} step: asked first, then everything is removed`, async () => {
    await citizen.goTo(step);
    await citizen.thinkAgain();
    await citizen.touch('cancel');
    await citizen.touch('confirm-cancel');
    await citizen.lift();
    await citizen.nextCitizen();
  });
}

test.describe('before a visit', () => {
  for (const [device, needing, other] of [
    ['reader', 'full', 'basic'],
    ['scanner', 'status', 'full'],
  ] as const) {
    test(`the ${device} is unplugged: what needs it is not offered and says why, until it is back`, async () => {
      const tile = (visit: Visit) => terminal.page().locator(`[data-visit="${visit}"]`);
      await citizen.goTo('visit');
      await expect(tile(needing)).toBeEnabled();
      await terminal.dock.call('plug', { device, plugged: false });
      await citizen.read(`visit.off.${device}`);
      await expect(tile(needing)).toBeDisabled();
      await expect(tile(other)).toBeEnabled();
      await terminal.dock.call('plug', { device, plugged: true });
      await expect(tile(needing)).toBeEnabled();
      await citizen.startOver();
    });
  }

  test('reader and scanner are unplugged: the terminal is closed, says why, and opens again', async () => {
    await citizen.goTo('attract');
    await terminal.dock.call('plug', { device: 'reader', plugged: false });
    await terminal.dock.call('plug', { device: 'scanner', plugged: false });
    await citizen.see('closed');
    await citizen.read('closed.devices-missing.text', 'zh-CN');
    await terminal.dock.call('plug', { device: 'reader', plugged: true });
    await terminal.dock.call('plug', { device: 'scanner', plugged: true });
    await citizen.nextCitizen();
  });

  stoppingAt('language');
});

test('the citizen wants to stop at any step up to the card: asked first, and the visit goes on', async () => {
  await citizen.goTo('attract');
  for (const step of [
    'language',
    'visit',
    'consent',
    'phone',
    'phone-confirm',
    'password',
    'card',
  ] as const) {
    await citizen.goTo(step);
    await citizen.thinkAgain();
  }
});

/** Changes one character of a pairing code's signature, which stands at its end. */
function damaged(code: string): string {
  const at = code.length - 6;
  return code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1);
}

test.describe('at the phone step', () => {
  for (const [what, code] of [
    ['a web address', () => 'https://example.invalid/pay?to=1'],
    [
      'random bytes',
      () =>
        randomBytes(300)
          .toString('latin1')
          .replaceAll(/[\r\n]/g, ' '),
    ],
    ['an e-ID', () => 'EID1:6BFOXN*TS0BI$ZD-PHQ7I9AD66V5B22CH9M9ESI9XBHXK-%69LQOGI.*V76GCV4*XUA2P-FHT-H'],
    ['an empty line', () => ' '],
  ] as const) {
    test(`${what} is shown to the scanner: not a pairing code, and the scanner goes on`, async () => {
      await citizen.goTo('phone');
      // Other words than this fault's are made to stand there first.
      await citizen.showCode(damaged(citizen.phoneCode()));
      await citizen.read('phone.problem.bad-signature');
      await citizen.showCode(code());
      await citizen.read('phone.problem.not-ours');
    });
  }

  test('a pairing code with a changed character is shown: a fresh one is asked for, and taken', async () => {
    await citizen.goTo('phone');
    await citizen.showCode(damaged(citizen.phoneCode()));
    await citizen.readInEveryLanguage('phone.problem.bad-signature');
    await citizen.showCode(citizen.phoneCode());
    await citizen.see('phone-confirm');
  });

  test('the scanner is unplugged: the place is kept, and it scans when it is back', async () => {
    await citizen.goTo('phone');
    await terminal.dock.call('plug', { device: 'scanner', plugged: false });
    await citizen.read('phone.problem.scanner-missing');
    await terminal.dock.call('plug', { device: 'scanner', plugged: true });
    await citizen.read('phone.waiting');
    await citizen.showCode(citizen.phoneCode());
    await citizen.see('phone-confirm');
  });

  test('the renderer crashes in the middle of a visit: the same screen stands there again', async () => {
    await citizen.goTo('phone-confirm');
    const crashed = terminal.page();
    await expect(crashed.locator('main')).toContainText(citizen.lastFour);
    await terminal.crashPage();
    await expect.poll(() => terminal.page() !== crashed, { timeout: 60_000 }).toBe(true);
    await citizen.see('phone-confirm');
    await expect(terminal.page().locator('main')).toContainText(citizen.lastFour);
    await citizen.touch('confirm-phone');
    await citizen.see('password');
  });

  test('a code that was used before is shown: a new one is asked for, and taken', async () => {
    const code = citizen.phoneCode();
    await citizen.goTo('phone');
    await citizen.showCode(code);
    await citizen.see('phone-confirm');
    await citizen.touch('confirm-phone');
    await citizen.see('password');
    await citizen.goTo('phone');
    await citizen.showCode(code);
    await citizen.read('phone.problem.used-before');
    await citizen.showCode(citizen.phoneCode());
    await citizen.see('phone-confirm');
  });

  stoppingAt('phone-confirm');
});

/** Another card is read as well as any: an expired one says so, and leaves the visit where it is. */
async function anotherCardIsRead(): Promise<void> {
  await citizen.lift();
  await citizen.lay('expired');
  await citizen.read('card.problem.expired');
  await citizen.lift();
}

test.describe('at the card step', () => {
  for (const [card, what, problem] of [
    ['permit', 'a residence permit', 'residence-permit'],
    ['foreigner-2017', 'a foreigner’s card of 2017', 'foreigner-card'],
    ['foreigner-2023', 'a foreigner’s card of 2023', 'foreigner-card'],
    ['bus-card', 'a bus card', 'wrong-card'],
  ] as const) {
    test(`${what} lies on the reader: it says so, and another one is read`, async () => {
      await citizen.goTo('card');
      await citizen.lay(card);
      await citizen.readInEveryLanguage(`card.problem.${problem}`);
      await anotherCardIsRead();
    });
  }

  test('the card has expired: renew it first, or let staff look at it', async () => {
    await citizen.goTo('card');
    await citizen.lay('expired');
    await citizen.readInEveryLanguage('card.problem.expired');
    await expect(terminal.page().locator('[data-event="ask-staff"]')).toBeEnabled();
    await citizen.lift();
  });

  for (const fault of ['bad-checksum', 'cut-after 500', 'silence'] as const) {
    test(`the reader's answer is damaged (${fault}): lift the card and put it back, and it is read`, async () => {
      await citizen.goTo('card');
      await terminal.dock.call('setFaults', { script: `on read: ${fault}` });
      await citizen.lay('expired');
      await citizen.read('card.problem.lift-and-replace');
      await anotherCardIsRead();
    });
  }

  test('a read fails: the reader tries again by itself', async () => {
    await citizen.goTo('password');
    await citizen.goTo('card');
    await terminal.dock.call('setFaults', { script: 'on read: status 41' });
    await citizen.lay('expired');
    await citizen.read('card.problem.expired');
    expect((await terminal.dock.call('state', {})).faults).toBe('');
    await citizen.lift();
  });

  test('the card is taken away while it is read: put it back, and it is read', async () => {
    await citizen.goTo('card');
    // The reader's answer never comes, so that there is time enough to take the card away.
    await terminal.dock.call('setFaults', { script: 'on read: silence' });
    await citizen.lay('expired');
    await citizen.read('card.reading.title');
    await citizen.lift();
    await citizen.read('card.problem.put-back');
    await terminal.dock.call('setFaults', { script: '' });
    await citizen.lay('expired');
    await citizen.read('card.problem.expired');
    await citizen.lift();
  });

  test('the module refuses the card: a counter helps, and another card is read', async () => {
    await citizen.goTo('card');
    await terminal.dock.call('setFaults', { script: 'on read: status 32' });
    await citizen.lay('lin');
    await citizen.read('card.problem.refused');
    await expect(terminal.page().locator('[data-event="ask-staff"]')).toBeEnabled();
    await anotherCardIsRead();
  });

  test('the reader is unplugged: the place is kept, and the card is read when it is back', async () => {
    await citizen.goTo('card');
    await terminal.dock.call('plug', { device: 'reader', plugged: false });
    await citizen.readInEveryLanguage('card.problem.reader-missing');
    await terminal.dock.call('plug', { device: 'reader', plugged: true });
    await citizen.read('card.waiting');
    await citizen.lay('lin');
    await citizen.see('face');
  });

  for (const person of ['teenager', 'child'] as const) {
    test(`the card is a ${person}'s: come with a guardian, and everything is wiped`, async () => {
      await citizen.goTo('card');
      await citizen.lay(person);
      await citizen.see('ticket');
      await citizen.readInEveryLanguage('ticket.guardian');
      await citizen.leaveWithCard();
    });
  }

  stoppingAt('card');
});

test('nobody is there any more and a card lies there: warned, wiped, and closed until it is lifted', async () => {
  await citizen.goTo('card');
  await citizen.lay('expired');
  await citizen.read('card.problem.expired');
  const page = terminal.page();
  await expect(page.locator('[data-dialog="idle"]')).toContainText(textOf('en', 'idle.title'), {
    timeout: 60_000,
  });
  await expect(page.locator('[data-event="more-time"]')).toBeVisible();
  // Nobody answers.
  await expect(page.locator('html')).toHaveAttribute('data-screen', 'take-card', { timeout: 60_000 });
  await citizen.read('take-card.title');
  await citizen.see('closed');
  await citizen.read('closed.card-left.title', 'zh-CN');
  await citizen.lift();
  await citizen.nextCitizen();
});

test('after all of it nothing personal lies in any file', async () => {
  await citizen.goTo('attract');
  await terminal.stop();
  expect(findPersonalData({ terminal, visitors: ['lin', 'expired', 'teenager', 'child'] })).toEqual([]);
  expect(loggedErrors(terminal).filter((code) => code !== 'renderer.crashed')).toEqual([]);
});
