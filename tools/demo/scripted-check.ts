import type { ReferencePhone } from '#phone/reference-phone.ts';
import { decodeEidCode, eidMessage } from '#protocol/eid-token.ts';
import { makeAnswerCode, readChallengeCode } from '#protocol/holder-answer.ts';
import { type Eyes, touch, visit, waitForNextCitizen, waitForScreen } from './scripted-citizen.ts';

export interface Check {
  readonly what: string;
  readonly by: 'terminal' | 'tool';
  readonly verdict: string;
}

const NOBODY = {
  who: 'Desk',
  person: 'lin',
  language: 'en',
  password: '',
  phone: { code: () => '', lastFour: '' },
} as const;

/** A desk checks the lost e-ID and then the upgraded one, whose phone answers the terminal's challenge. */
export async function checkEids(options: {
  readonly eyes: Eyes;
  readonly lost: string;
  readonly upgraded: string;
  readonly phone: ReferencePhone;
}): Promise<readonly Check[]> {
  const { eyes, lost, upgraded, phone } = options;
  const { journal, look, dock } = eyes;
  const page = eyes.page();
  await visit({ ...NOBODY, visit: 'check' }, eyes);
  const show = async (name: string, text: string): Promise<string> => {
    await dock.call('showCode', { text });
    await waitForScreen(page, ['checked']);
    await look(name);
    return readVerdict();
  };
  const readVerdict = async () =>
    (await page.locator('[data-verdict]').first().getAttribute('data-verdict')) ?? 'none';
  const holder = () => page.locator('[data-holder]').first().getAttribute('data-holder');

  const ofLost = await journal.step('Desk: scans the lost e-ID', () => show('checked-lost', lost));
  await touch(page, 'continue');
  await waitForScreen(page, ['scan-eid']);
  const ofUpgraded = await journal.step('Desk: scans the upgraded e-ID', () =>
    show('checked-upgraded', upgraded),
  );
  const ofHolder = await journal.step('Mei: the phone answers the challenge', async () => {
    const shown = await page.locator('[data-challenge]').first().getAttribute('data-challenge');
    const challenge = readChallengeCode(shown ?? '');
    if (!challenge.ok) throw new Error(`the challenge is ${challenge.error}`);
    const subject = await subjectOf(upgraded);
    await dock.call('showCode', {
      text: makeAnswerCode({ challenge: challenge.value, subject, signer: phone.signer }),
    });
    await page.locator('[data-holder="same-holder"]').first().waitFor();
    await look('checked-same-holder');
    return (await holder()) ?? 'none';
  });
  await touch(page, 'finish');
  await waitForNextCitizen(eyes.page);
  return [
    { what: 'e-ID that was reported lost', by: 'terminal', verdict: ofLost },
    { what: 'e-ID after the upgrade', by: 'terminal', verdict: ofUpgraded },
    { what: 'phone of the e-ID after the upgrade', by: 'terminal', verdict: ofHolder },
  ];
}

/** Somebody asks what became of a slip. */
export async function checkSlipAtTerminal(options: {
  readonly eyes: Eyes;
  readonly statement: string;
}): Promise<Check> {
  const { eyes, statement } = options;
  const page = eyes.page();
  await visit({ ...NOBODY, who: 'Lin', language: 'zh-CN', visit: 'status' }, eyes);
  const verdict = await eyes.journal.step('Lin: scans the slip', async () => {
    await eyes.dock.call('showCode', { text: statement });
    await waitForScreen(page, ['status']);
    await eyes.look('status');
    return (await page.locator('[data-state]').first().getAttribute('data-state')) ?? 'none';
  });
  await touch(page, 'finish');
  await waitForNextCitizen(eyes.page);
  return { what: 'slip of the first visit', by: 'terminal', verdict };
}

/** What the phone knows of its own e-ID; it need not verify it. */
async function subjectOf(code: string): Promise<string> {
  const octets = await decodeEidCode(code);
  if (!octets.ok) throw new Error(octets.error);
  const eid = eidMessage.open(octets.value, (kid) => ({ kid, verify: () => true }));
  if (!eid.ok) throw new Error(eid.error.reason);
  return eid.value.value.subject;
}
