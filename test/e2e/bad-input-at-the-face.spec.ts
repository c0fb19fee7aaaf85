import { expect, test } from '@playwright/test';
import { failCamera, unplugCamera } from './terminal/camera-fault.ts';
import { type CitizenHands, citizenHands } from './terminal/citizen-hands.ts';
import { findPersonalData, findPromisesBroken, loggedErrors } from './terminal/leftovers.ts';
import { type RealTerminal, startRealTerminal } from './terminal/real-terminal.ts';

/*
 * What goes wrong from the face step on, at one whole terminal that stays on: each fault has its own words and a way
 * on, and at the end nothing of anybody is left behind and nothing that was promised is lost.
 */
test.describe.configure({ timeout: 180_000 });

let terminal: RealTerminal;
let citizen: CitizenHands;
/** Receipt numbers of everything that a citizen was told is saved. */
const promised: string[] = [];

test.beforeAll(async () => {
  terminal = await startRealTerminal({
    stationName: 'bad faces',
    idle: { warnAfterMs: 8_000, resetAfterMs: 5_000 },
  });
  citizen = citizenHands(terminal);
  await citizen.nextCitizen();
});

test.afterAll(async () => {
  await terminal.stop();
  terminal.remove();
});

/** Ends a visit that has come to its result, and keeps the number on the receipt. */
async function takeReceipt(): Promise<void> {
  await citizen.touch('continue');
  await citizen.see('slip');
  const number = await terminal.page().locator('[data-packet]').getAttribute('data-packet');
  if (number === null) throw new Error('the receipt has no number');
  promised.push(number);
  await citizen.leaveWithCard();
}

test('the citizen stops at the face step: asked first, then everything is removed', async () => {
  await citizen.goTo('face');
  await citizen.thinkAgain();
  await citizen.touch('cancel');
  await citizen.touch('confirm-cancel');
  await citizen.lift();
  await citizen.nextCitizen();
});

test.describe('at the face step', () => {
  test('the camera is refused, then missing, then there: its own words each time, and the check goes on', async () => {
    await citizen.goTo('card');
    await failCamera(terminal.page(), 'NotAllowedError');
    await citizen.lay('stranger');
    await citizen.see('camera-problem');
    await citizen.readInEveryLanguage('camera-problem.refused');
    await failCamera(terminal.page(), 'NotFoundError');
    await citizen.touch('try-again');
    await citizen.read('camera-problem.missing');
    await citizen.thinkAgain();
    await failCamera(terminal.page(), null);
    await citizen.standBefore('nobody');
    await citizen.touch('try-again');
    await citizen.see('face');
  });

  test('the camera is unplugged in the middle of the movements: its own words, and a new try with it', async () => {
    await citizen.goTo('face');
    await citizen.standBefore('live');
    await citizen.seePrompt();
    await unplugCamera(terminal.page());
    await citizen.see('camera-problem');
    await citizen.readInEveryLanguage('camera-problem.missing');
    await citizen.touch('try-again');
    await citizen.read('camera-problem.missing');
    await failCamera(terminal.page(), null);
    await citizen.touch('try-again');
    await citizen.see('face');
    await citizen.goTo('review');
    await citizen.startOver();
  });

  test('the citizen has another portrait taken, and another, and then it is the last that counts', async () => {
    await citizen.goTo('face');
    const portraits = [await citizen.seePortrait()];
    for (const left of [1, 0]) {
      await citizen.touch('retake-portrait');
      await expect(terminal.page().locator('.face__portrait')).toHaveCount(0);
      portraits.push(await citizen.seePortrait());
      await expect(terminal.page().locator('[data-event="retake-portrait"]')).toHaveCount(left);
    }
    expect(new Set(portraits).size).toBe(3);
    await citizen.touch('keep-portrait');
    await citizen.see('review');
    await expect(terminal.page().locator('.review__portraits img').first()).toHaveAttribute(
      'src',
      portraits.at(-1) ?? '',
    );
    await citizen.startOver();
  });

  for (const [mode, reason] of [
    ['nobody', 'no-face'],
    ['two-people', 'two-people'],
    ['dark', 'too-dark'],
  ] as const) {
    test(`${mode} before the camera: the screen says so, and asks for no movement`, async () => {
      await citizen.goTo('face', { person: 'stranger', citizen: mode });
      await citizen.standBefore(mode);
      await citizen.read(`face.hint.${reason}`);
      await expect(terminal.page().locator('html')).not.toHaveAttribute('data-action');
    });
  }

  test('somebody whom the register does not know: rejected with its reason, and where to go', async () => {
    await citizen.goTo('face', { person: 'stranger' });
    await citizen.standBefore('live');
    await citizen.goTo('review');
    await citizen.thinkAgain();
    await citizen.touch('submit');
    await citizen.see('rejected');
    await citizen.readInEveryLanguage('decision.rejected-not-in-register');
    await citizen.read('rejected.next');
    await takeReceipt();
  });

  test('a photo is held before the camera: it never passes, and a person takes over', async () => {
    await citizen.goTo('face', { citizen: 'photo' });
    for (const triesLeft of [1, 0]) {
      expect(await citizen.see('face-failed', 'review')).toBe('face-failed');
      const reason = await terminal.page().locator('main [data-reason]').getAttribute('data-reason');
      await citizen.read(`face-failed.reason.${reason}`);
      await citizen.read(triesLeft > 0 ? 'face-failed.tries-left' : 'face-failed.no-tries');
      if (triesLeft > 0) await citizen.touch('try-again');
    }
    await expect(terminal.page().locator('[data-event="try-again"]')).toHaveCount(0);
    await citizen.thinkAgain();
    await citizen.touch('ask-staff');
    await citizen.see('ticket');
    await citizen.read('ticket.face-not-passed');
    await citizen.leaveWithCard();
  });
});

test('the registry is down while somebody is checked who cannot turn: waiting, and then for a person to decide', async () => {
  await citizen.goTo('face');
  await terminal.dock.call('setNetwork', { network: 'cut' });
  await citizen.leaveOut(['turn-left', 'turn-right']);
  await citizen.goTo('review');
  await expect.poll(() => terminal.station.standing().online, { timeout: 60_000 }).toBe(false);
  await citizen.read('notice.offline');
  await citizen.touch('submit');
  await citizen.see('waiting');
  await citizen.readInEveryLanguage('waiting.offline');
  await takeReceipt();
  expect(terminal.station.standing().waiting).toBe(1);
  await terminal.dock.call('setNetwork', { network: 'up' });
  await expect
    .poll(() => terminal.station.queueRows({ limit: 1 })[0], { timeout: 60_000 })
    .toMatchObject({ packetId: promised.at(-1), delivery: 'acknowledged', decision: 'referred' });
});

test('after all of it nothing personal lies in any file, and nothing that was promised is lost', async () => {
  await citizen.goTo('attract');
  await terminal.stop();
  expect(findPromisesBroken({ terminal, promised })).toEqual([]);
  const visitors = ['lin', 'stranger'];
  expect(findPersonalData({ terminal, visitors })).toEqual([]);
  expect(loggedErrors(terminal)).toEqual([]);
});
