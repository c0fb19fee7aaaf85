import type { Page } from 'playwright-core';
import type { ScreenName, Visit } from '#domain/session/snapshot.ts';
import type { SimulatorsProcess } from '../hall/simulators-process.ts';
import type { Journal } from './journal.ts';
import { answerScreen } from './screen-answers.ts';

/** How long any one screen may take before the demo gives up; a busy machine is slow, not wrong. */
export const PATIENCE_MS = 120_000;

/** Somebody who comes to the terminal, and what for. */
export interface Citizen {
  readonly who: string;
  readonly visit: Visit;
  readonly person: string;
  readonly language: 'zh-CN' | 'en';
  readonly password: string;
  readonly phone: {
    /** Text of the code that the phone shows. */
    readonly code: () => string;
    /** Four characters that the terminal has to show for this phone. */
    readonly lastFour: string;
  };
  /** What is typed where no card is read. */
  readonly typed?: { readonly number: string; readonly name: readonly TypedSyllable[] };
}

/** One character of a name: its sound on the keyboard, and the one to be chosen. */
export interface TypedSyllable {
  readonly sound: string;
  readonly character: string;
}

export interface Eyes {
  readonly page: () => Page;
  readonly dock: SimulatorsProcess['dock'];
  readonly journal: Journal;
  /** Called on each new screen, with a name for its picture. */
  readonly look: (name: string) => Promise<void>;
}

/** Screens that end a visit, or from which on a scanner leads it. */
const OUTCOMES = [
  'issued',
  'waiting',
  'collect',
  'revoked',
  'rejected',
  'save-failed',
  'ticket',
  'scan-eid',
  'scan-slip',
] as const;
export type VisitOutcome = (typeof OUTCOMES)[number];
/** No part of a visit has more screens. */
const MOST_SCREENS = 40;

/** Which screen stands there now. */
export async function screenOf(page: Page): Promise<ScreenName | null> {
  return page.evaluate(() => document.querySelector<HTMLElement>('[data-screen]')?.dataset.screen as never);
}

export async function waitForScreen(page: Page, names: readonly ScreenName[]): Promise<ScreenName> {
  const selector = names.map((name) => `[data-screen="${name}"]`).join(', ');
  await page.locator(selector).first().waitFor({ state: 'attached', timeout: PATIENCE_MS });
  const now = await screenOf(page);
  if (now === null || !names.includes(now))
    throw new Error(`expected ${names.join(' or ')}, the screen shows ${now}`);
  return now;
}

/** Waits for the first screen, across the renewal of the page between two citizens. */
export async function waitForNextCitizen(page: () => Page): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const now = page();
    const screen = now.isClosed() ? null : await screenOf(now).catch(() => null);
    // The page that showed the last goodbye is closed a moment after its successor stands.
    if (screen === 'attract' && !now.isClosed() && now === page()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the first screen did not come back');
}

export async function touch(page: Page, event: string): Promise<void> {
  await page.locator(`[data-screen] [data-event="${event}"]:visible`).first().click({ timeout: PATIENCE_MS });
}

/**
 * Leads one citizen from the first touch to the outcome with nothing but the screen, the card, the phone and the hands:
 * the terminal says what comes next, the citizen answers. Returns the screen that told the outcome.
 */
export async function visit(citizen: Citizen, eyes: Eyes): Promise<VisitOutcome> {
  const { journal, look } = eyes;
  const page = eyes.page();
  let answered: ScreenName | null = null;
  for (let screens = 0; screens < MOST_SCREENS; screens += 1) {
    const name = await nextScreen(page, answered);
    await look(name);
    const outcome = OUTCOMES.find((known) => known === name);
    if (outcome !== undefined) return outcome;
    const answer = answerScreen(name);
    if (answer !== null) {
      await journal.step(`${citizen.who}: ${answer.what}`, () => answer.give({ citizen, eyes, page }));
    }
    answered = name;
  }
  throw new Error(`the visit did not end within ${MOST_SCREENS} screens`);
}

/** The screen that follows the one just answered. */
export async function nextScreen(page: Page, answered: ScreenName | null): Promise<ScreenName> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const now = await screenOf(page);
    if (now !== null && now !== answered) return now;
    await page.waitForTimeout(30);
  }
  throw new Error(`nothing follows the screen ${answered}`);
}

/** Takes the slip and, when one lies there, the card, and leaves. */
export async function leave(citizen: Pick<Citizen, 'who'>, eyes: Eyes): Promise<void> {
  const { journal, dock, look } = eyes;
  const page = eyes.page();
  await journal.step(`${citizen.who}: takes the slip and leaves`, async () => {
    await touch(page, 'continue');
    await waitForScreen(page, ['slip']);
    await look('slip');
    await touch(page, 'finish');
    const last = await waitForScreen(page, ['take-card', 'goodbye']);
    await look(last);
    if (last === 'take-card') await dock.call('liftCard', {});
    await waitForNextCitizen(eyes.page);
  });
}
