import type { Page } from 'playwright-core';
import type { ScreenName } from '#domain/session/snapshot.ts';
import { type Citizen, type Eyes, PATIENCE_MS, screenOf, touch } from './scripted-citizen.ts';

interface Asked {
  readonly citizen: Citizen;
  readonly eyes: Eyes;
  readonly page: Page;
}

interface Answer {
  /** What the citizen does, for the journal. */
  readonly what: string;
  readonly give: (asked: Asked) => Promise<void>;
}

/** What a citizen does at each screen that asks for something; null where there is only to wait. */
export function answerScreen(name: ScreenName): Answer | null {
  return ANSWERS[name] ?? null;
}

const ANSWERS: Partial<Readonly<Record<ScreenName, Answer>>> = {
  attract: { what: 'touches the screen', give: ({ page }) => touch(page, 'start') },
  language: {
    what: 'chooses a language',
    give: ({ page, citizen }) =>
      page
        .locator(`main [data-event="choose-language"][data-language="${citizen.language}"]`)
        .first()
        .click(),
  },
  visit: {
    what: 'chooses what to come for',
    give: ({ page, citizen }) =>
      page.locator(`[data-event="choose-visit"][data-visit="${citizen.visit}"]`).click(),
  },
  consent: { what: 'reads and agrees', give: ({ page }) => touch(page, 'agree') },
  phone: {
    what: 'shows the phone',
    give: async ({ eyes, citizen }) => {
      await eyes.dock.call('showCode', { text: citizen.phone.code() });
    },
  },
  'phone-confirm': {
    what: 'compares the four characters',
    give: async ({ page, citizen }) => {
      const shown = (await page.locator('main').innerText()).replaceAll(/\s/g, '').toUpperCase();
      if (!shown.includes(citizen.phone.lastFour.toUpperCase()))
        throw new Error('the terminal shows another phone’s characters');
      await touch(page, 'confirm-phone');
    },
  },
  password: {
    what: 'types the password',
    give: async ({ page, citizen }) => {
      for (;;) {
        for (const digit of citizen.password) await page.locator(`[data-key="${digit}"]`).click();
        const repeats = await page.locator('[data-event="next-entry"]').count();
        await touch(page, repeats > 0 ? 'next-entry' : 'submit-password');
        if (repeats === 0) return;
      }
    },
  },
  number: {
    what: 'types the citizen number',
    give: async ({ page, citizen }) => {
      for (const key of typedOf(citizen).number) await page.locator(`[data-key="${key}"]`).click();
      await touch(page, 'submit-number');
    },
  },
  name: {
    what: 'types the name by its sounds',
    give: async ({ page, citizen }) => {
      for (const { sound, character } of typedOf(citizen).name) {
        for (const letter of sound) await page.locator(`[data-letter="${letter}"]`).click();
        await page.locator(`[data-candidate="${character}"]`).first().click();
      }
      await touch(page, 'submit-name');
    },
  },
  card: {
    what: 'lays the card on the reader',
    give: async ({ eyes, citizen }) => {
      await eyes.dock.call('insertCard', { person: citizen.person });
    },
  },
  face: {
    what: 'looks into the camera and does what is asked',
    give: ({ page, eyes }) => watchFace(page, eyes.look),
  },
  review: { what: 'looks it over and submits', give: ({ page }) => touch(page, 'submit') },
};

function typedOf(citizen: Citizen): NonNullable<Citizen['typed']> {
  if (citizen.typed === undefined) throw new Error(`${citizen.who} did not expect to have to type`);
  return citizen.typed;
}

/** Pictures the face step's phases as they come, until it ends. */
async function watchFace(page: Page, look: Eyes['look']): Promise<void> {
  const pictured = new Set<string>();
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const marks = await page.evaluate(() => {
      const root = document.querySelector<HTMLElement>('[data-screen]');
      return { screen: root?.dataset.screen, phase: root?.dataset.phase, action: root?.dataset.action };
    });
    if (marks.screen === 'face-failed') {
      await look('face-failed');
      await touch(page, 'try-again');
    } else if (marks.screen !== 'face') {
      const after = await screenOf(page);
      if (after !== 'review') throw new Error(`the face step ended on ${after}`);
      return;
    }
    // Taking a picture would hold up the colours that light the face.
    if (marks.phase === 'flash') {
      await page.waitForTimeout(100);
      continue;
    }
    const name = `face-${marks.phase}${marks.action ? `-${marks.action}` : ''}`;
    if (!pictured.has(name) && marks.screen === 'face') {
      pictured.add(name);
      await look(name);
    }
    if (marks.phase === 'portrait') await keepPortrait(page);
    await page.waitForTimeout(100);
  }
  throw new Error('the face step did not end');
}

async function keepPortrait(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-event="keep-portrait"]')?.click());
}
