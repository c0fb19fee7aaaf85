import type { Page } from 'playwright-core';
import type { ScreenName } from '#domain/session/snapshot.ts';
import type { SimulatorsProcess } from '../hall/simulators-process.ts';
import type { Journal } from './journal.ts';

/** How long any one screen may take before the demo gives up; a busy machine is slow, not wrong. */
const PATIENCE_MS = 120_000;

export interface Visit {
  readonly who: string;
  readonly person: string;
  readonly language: 'zh-CN' | 'en';
  readonly password: string;
  /** Text of the code that the citizen's phone shows. */
  readonly phoneCode: () => string;
  /** Four characters that the terminal has to show for this phone. */
  readonly lastFour: string;
}

export interface Eyes {
  readonly page: () => Page;
  readonly dock: SimulatorsProcess['dock'];
  readonly journal: Journal;
  /** Called on each new screen, with a name for its picture. */
  readonly look: (name: string) => Promise<void>;
}

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

/**
 * Leads one citizen from the first touch to the slip with nothing but the screen, the card and the phone. Returns the
 * screen that told the outcome.
 */
export async function visit(plan: Visit, eyes: Eyes): Promise<'issued' | 'waiting'> {
  const { journal, dock, look } = eyes;
  const page = eyes.page();
  const touch = (event: string) =>
    page.locator(`[data-screen] [data-event="${event}"]:visible`).first().click({ timeout: PATIENCE_MS });
  const named = (what: string) => `${plan.who}: ${what}`;
  const seen = async (...names: ScreenName[]) => {
    const name = await waitForScreen(page, names);
    await look(name);
    return name;
  };

  await journal.step(named('touches the screen'), async () => {
    await seen('attract');
    await touch('start');
    await seen('language');
  });
  await journal.step(named('chooses a language and a visit'), async () => {
    await page
      .locator(`main [data-event="choose-language"][data-language="${plan.language}"]`)
      .first()
      .click();
    await seen('visit');
    await touch('continue');
  });
  await journal.step(named('reads and agrees'), async () => {
    await seen('consent');
    await touch('agree');
  });
  await journal.step(named('pairs the phone'), async () => {
    await seen('phone');
    await dock.call('showCode', { text: plan.phoneCode() });
    await seen('phone-confirm');
    const shown = (await page.locator('main').innerText()).replaceAll(/\s/g, '').toUpperCase();
    if (!shown.includes(plan.lastFour.toUpperCase()))
      throw new Error('the terminal shows another phone’s characters');
    await touch('confirm-phone');
  });
  await journal.step(named('sets the password twice'), async () => {
    await seen('password');
    for (const event of ['next-entry', 'submit-password']) {
      for (const digit of plan.password) await page.locator(`[data-key="${digit}"]`).click();
      await touch(event);
    }
  });
  await journal.step(named('lays the card on the reader'), async () => {
    await seen('card');
    await dock.call('insertCard', { person: plan.person });
    await waitForScreen(page, ['face']);
  });
  await journal.step(named('looks into the camera and does what is asked'), async () => {
    await watchFace(page, look);
    const name = await seen('review', 'camera-problem', 'ticket');
    if (name !== 'review') throw new Error(`the face step ended on ${name}`);
  });
  await journal.step(named('looks it over and submits'), () => touch('submit'));
  return journal.step(named('waits for the registry'), async () => {
    const outcome = await seen('issued', 'waiting', 'rejected', 'save-failed');
    if (outcome !== 'issued' && outcome !== 'waiting') throw new Error(`the visit ended on ${outcome}`);
    return outcome;
  });
}

/** Takes the slip and the card and leaves. */
export async function leave(plan: Visit, eyes: Eyes): Promise<void> {
  const { journal, dock, look } = eyes;
  const page = eyes.page();
  await journal.step(`${plan.who}: takes slip and card`, async () => {
    await page.locator('[data-screen] [data-event="continue"]:visible').first().click();
    await waitForScreen(page, ['slip']);
    await look('slip');
    await page.locator('[data-screen] [data-event="finish"]:visible').first().click();
    await waitForScreen(page, ['take-card']);
    await look('take-card');
    await dock.call('liftCard', {});
    await waitForNextCitizen(eyes.page);
  });
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
      await page.locator('[data-screen] [data-event="try-again"]:visible').first().click();
    } else if (marks.screen !== 'face') {
      return;
    }
    const name = `face-${marks.phase}${marks.action ? `-${marks.action}` : ''}`;
    if (!pictured.has(name) && marks.screen === 'face') {
      pictured.add(name);
      await look(name);
    }
    await page.waitForTimeout(100);
  }
  throw new Error('the face step did not end');
}
