import { randomBytes } from 'node:crypto';
import { expect } from '@playwright/test';
import { LANGUAGES, type Language } from '#domain/language.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import type { ScreenName } from '#domain/session/snapshot.ts';
import { makeReferencePhone } from '../../../src/phone/reference-phone.ts';
import type { CitizenControls, CitizenMode } from '../../citizens/citizen-controls.ts';
import { textOf } from './locale-text.ts';
import { askForMoreTime, look, screenOn, stayAwake } from './page-eyes.ts';
import type { RealTerminal } from './real-terminal.ts';

/** How long anything may take before a test gives up; a busy machine is slow, not wrong. */
const PATIENCE_MS = 60_000;
/** No hand swaps two cards faster than this, and the reader looks several times meanwhile. */
const HAND_MS = 600;

export const PASSWORD = '27184590';

/** The straight way through a visit. */
const WAY = [
  'attract',
  'language',
  'visit',
  'consent',
  'phone',
  'phone-confirm',
  'password',
  'card',
  'face',
  'review',
] as const satisfies readonly ScreenName[];
export type Place = (typeof WAY)[number];

export interface VisitPlan {
  readonly language?: Language;
  /** Whose card is laid on the reader. */
  readonly person?: string;
  /** What stands before the camera when the face step begins. */
  readonly citizen?: CitizenMode;
}

/** Hands, eyes and belongings of whoever stands before a terminal. */
export interface CitizenHands {
  /** Goes on or back with the visit to a place, or begins a new one when no way leads there from here. */
  goTo(place: Place, plan?: VisitPlan): Promise<void>;
  /** Waits for one of some screens and says which it is. Meanwhile asks for more time, and keeps the portrait, when asked. */
  see(...names: readonly ScreenName[]): Promise<ScreenName>;
  /** The screen says this text of the locale, in the language of the visit unless another is named. */
  read(key: string, language?: Language): Promise<void>;
  touch(event: CitizenEvent['type']): Promise<void>;
  typePassword(password: string): Promise<void>;
  showCode(text: string): Promise<void>;
  lay(person: string): Promise<void>;
  lift(): Promise<void>;
  standBefore(citizen: CitizenMode): Promise<void>;
  /** A new code of this citizen's phone. */
  phoneCode(): string;
  readonly lastFour: string;
  /** Has movements left out of what is asked, from the face step on. */
  leaveOut(movements: readonly Action[]): Promise<void>;
  /** Waits until a movement is asked for. */
  seePrompt(): Promise<void>;
  /** Waits for the portrait that is offered, without taking it, and gives the picture as the page has it. */
  seePortrait(): Promise<string>;
  /** Waits until the terminal is ready for the next citizen, across the renewal of its page. */
  nextCitizen(): Promise<void>;
  /** Ends whatever goes on, with empty hands. */
  startOver(): Promise<void>;
  /** Whoever wants to stop is asked first, and may go on where the visit stands. */
  thinkAgain(): Promise<void>;
  /** Reads the same text in one language after the other, as the switch at the top changes it. */
  readInEveryLanguage(key: string): Promise<void>;
  /** From the last screen of a visit until the next citizen may come. */
  leaveWithCard(): Promise<void>;
}

export function citizenHands(terminal: RealTerminal): CitizenHands {
  const { dock, page } = terminal;
  const phone = makeReferencePhone({ seed: randomBytes(32), now: Date.now });

  async function see(...names: readonly ScreenName[]): Promise<ScreenName> {
    let now: ScreenName | null = null;
    await expect
      .poll(
        async () => {
          now = await screenOn(page());
          await stayAwake(page());
          return now !== null && names.includes(now) ? 'seen' : now;
        },
        { message: `the screen shows ${names.join(' or ')}`, timeout: PATIENCE_MS, intervals: [100] },
      )
      .toBe('seen');
    if (now === null) throw new Error('no screen is shown');
    return now;
  }

  async function read(key: string, language = terminal.station.snapshot().language): Promise<void> {
    const text = textOf(language, key);
    await expect
      .poll(
        async () => {
          await stayAwake(page());
          return plainText((await look(page(), () => document.querySelector('.stage')?.textContent)) ?? '');
        },
        { message: `the screen says "${text}"`, timeout: PATIENCE_MS, intervals: [100] },
      )
      .toContain(plainText(text));
  }

  async function touch(event: CitizenEvent['type']): Promise<void> {
    await page().locator(`.stage [data-event="${event}"]:visible`).first().click({ timeout: PATIENCE_MS });
  }

  /** With quick fingers: all digits at once, where a real pointer would take seconds. */
  async function typePassword(password: string): Promise<void> {
    for (const event of ['next-entry', 'submit-password']) {
      await page().locator('[data-key="0"]').waitFor();
      await page().evaluate((digits) => {
        for (const digit of digits) document.querySelector<HTMLElement>(`[data-key="${digit}"]`)?.click();
      }, password);
      await page().locator(`[data-event="${event}"]`).click();
    }
  }

  async function standBefore(citizen: CitizenMode): Promise<void> {
    await page().evaluate((mode) => {
      (window as unknown as { citizen: CitizenControls }).citizen.mode = mode;
    }, citizen);
  }

  const call = {
    showCode: async (text: string) => void (await dock.call('showCode', { text })),
    lay: async (person: string) => void (await dock.call('insertCard', { person })),
    async lift() {
      if ((await dock.call('state', {})).card === null) return;
      await dock.call('liftCard', {});
      await new Promise((resolve) => setTimeout(resolve, HAND_MS));
    },
  };

  /** What leads from the place before to each place. */
  const steps: Readonly<Record<Exclude<Place, 'attract'>, (plan: VisitPlan) => Promise<void>>> = {
    language: () => touch('start'),
    visit: ({ language = 'en' }) =>
      page().locator(`main [data-event="choose-language"][data-language="${language}"]`).click(),
    consent: () => page().locator('[data-event="choose-visit"][data-visit="full"]').click(),
    phone: () => touch('agree'),
    'phone-confirm': () => call.showCode(phone.code()),
    password: () => touch('confirm-phone'),
    card: () => typePassword(PASSWORD),
    face: async ({ person = 'lin', citizen = 'live' }) => {
      await standBefore(citizen);
      await call.lift();
      await call.lay(person);
    },
    review: () => passFace(),
  };

  /** Does what is asked; a try that fails on a busy machine is followed by the second, as a citizen would. */
  async function passFace(): Promise<void> {
    while ((await see('face-failed', 'review')) === 'face-failed') {
      await touch('try-again');
      await see('face');
    }
  }

  /** Waits for something on the screen, with more time when it is asked for and with the second try when the first fails. */
  async function find(what: string, inPage: () => string | null): Promise<string> {
    let found: string | null = null;
    await expect
      .poll(
        async () => {
          await askForMoreTime(page());
          if ((await screenOn(page())) === 'face-failed') await touch('try-again');
          found = await look(page(), inPage);
          return found !== null;
        },
        { message: what, timeout: 2 * PATIENCE_MS, intervals: [100] },
      )
      .toBe(true);
    return found ?? '';
  }

  const seePortrait = () =>
    find('a portrait is offered', () => {
      return document.querySelector<HTMLImageElement>('.face__portrait')?.src ?? null;
    });

  async function seePrompt(): Promise<void> {
    await find('a movement is asked for', () => document.documentElement.dataset.action ?? null);
  }

  async function leaveOut(movements: readonly Action[]): Promise<void> {
    await touch('open-exchange');
    await see('exchange');
    for (const movement of movements) await page().locator(`[data-movement="${movement}"]`).click();
    await touch('exchange-actions');
    await see('face');
  }

  async function nextCitizen(): Promise<void> {
    await expect
      .poll(
        async () => {
          const now = page();
          // The page of the last citizen is closed a moment after its successor stands.
          return (await screenOn(now)) === 'attract' && now === page() && !now.isClosed();
        },
        { message: 'the terminal is ready for the next citizen', timeout: PATIENCE_MS, intervals: [50] },
      )
      .toBe(true);
  }

  async function startOver(): Promise<void> {
    await call.lift();
    if ((await screenOn(page())) !== 'attract') terminal.station.reset();
    await nextCitizen();
  }

  const way: readonly ScreenName[] = WAY;
  const whereNow = () => way.indexOf(terminal.station.snapshot().screen.name);

  async function goTo(place: Place, plan: VisitPlan = {}): Promise<void> {
    while (whereNow() > WAY.indexOf(place) && terminal.station.snapshot().canGoBack) {
      const before = WAY[whereNow() - 1] ?? 'attract';
      await touch('back');
      await see(before);
    }
    if (whereNow() < 0 || whereNow() > WAY.indexOf(place)) await startOver();
    const at = whereNow();
    for (const next of WAY.slice(at + 1, WAY.indexOf(place) + 1)) {
      if (next !== 'attract') await steps[next](plan);
      await see(next);
    }
  }

  async function thinkAgain(): Promise<void> {
    const screen = terminal.station.snapshot().screen.name;
    await touch('cancel');
    await read('cancel.text');
    await touch('keep-going');
    await see(screen);
  }

  async function readInEveryLanguage(key: string): Promise<void> {
    for (const language of [...LANGUAGES, 'en'] as const) {
      if (language === terminal.station.snapshot().language) continue;
      await page().locator(`.masthead [data-language="${language}"]`).click();
      await read(key, language);
    }
  }

  async function leaveWithCard(): Promise<void> {
    await touch('finish');
    await see('take-card');
    await call.lift();
    await nextCitizen();
  }

  return {
    goTo,
    see,
    read,
    touch,
    typePassword,
    ...call,
    standBefore,
    phoneCode: phone.code,
    lastFour: phone.lastFour,
    leaveOut,
    seePrompt,
    seePortrait,
    nextCitizen,
    startOver,
    thinkAgain,
    readInEveryLanguage,
    leaveWithCard,
  };
}

/** Without the marks that only say where a line may break. */
function plainText(text: string): string {
  return text.replaceAll(/[\u200b\u2060]/g, '').replaceAll('\u00a0', ' ');
}
