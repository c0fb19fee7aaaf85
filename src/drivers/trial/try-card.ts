import type { ReaderDevice } from '#contract/device.ts';
import { cardKind } from '#domain/identity/card-block.ts';
import type { CardFault } from '#domain/identity/card-record.ts';
import { decodeCard } from '#domain/identity/decode-card.ts';
import { assertNever } from '#domain/result.ts';
import { countNewestAddresses, splitReading } from '../reader/sdt-answers.ts';
import type { SdtCommands } from '../reader/sdt-commands.ts';
import { describeStatus } from '../reader/sdt-status.ts';
import { failed, passed, type StepOutcome, skipped } from './trial-steps.ts';
import type { TrialParts } from './try-device.ts';
import type { Ask } from './try-reader.ts';

const LAYOUTS = {
  resident: 'resident ID card',
  'residence-permit': 'residence permit for residents of Hong Kong, Macao and Taiwan',
  'foreigner-2017': 'foreign permanent resident ID card of 2017',
  'foreigner-2023': 'foreign permanent resident ID card of 2023',
} as const;

interface CardTrial extends Pick<TrialParts, 'timers' | 'wish' | 'steps' | 'prompt'> {
  readonly ask: Ask;
  readonly commands: SdtCommands;
  readonly device: ReaderDevice;
}

/**
 * Looks whether a card lies there; when a test card may be read, reads it and says only how long its fields are, which
 * layout it has and whether its checks hold. Fingerprints are never asked for.
 */
export async function tryCard(trial: CardTrial): Promise<void> {
  const { ask, commands, wish, steps } = trial;
  let found = false;
  const looks = async (): Promise<StepOutcome> => {
    const presence = await lookForCard(trial);
    found = presence.found;
    return presence.outcome;
  };
  if (!(await steps.run('card', looks)) || !found || !wish.card) return;
  const selects = async () => simple(await ask(commands.select), 'selected');
  if (!(await steps.run('select', selects))) return;
  if (!(await steps.run('read', () => readCard(ask, commands)))) return;
  await steps.run('newest address', () =>
    optional({
      ask,
      command: commands['extra-address'],
      none: 'none is stored',
      some: (data) => `${countNewestAddresses(data)} stored`,
    }),
  );
  await steps.run('card number', () =>
    optional({
      ask,
      command: commands['card-number'],
      none: null,
      some: (data) => (data.some((octet) => octet !== 0) ? 'the card has one' : 'nothing but zeros'),
    }),
  );
}

/** With a test card to be read, waits until one is laid down. */
async function lookForCard(trial: CardTrial): Promise<{ found: boolean; outcome: StepOutcome }> {
  const { ask, commands, wish, device, timers, prompt } = trial;
  const until = timers.monotonic() + (wish.card ? wish.patience : 0);
  let prompted = !wish.card;
  for (;;) {
    const heard = await ask(commands.find);
    if (!heard.ok) return { found: false, outcome: failed(heard.error) };
    const { status } = heard.value;
    if (status === 0x9f) return { found: true, outcome: passed('a card lies there') };
    if (status !== 0x80) return { found: false, outcome: failed(describeStatus(status)) };
    if (timers.monotonic() >= until) break;
    if (!prompted) prompt({ ask: 'lay-card', seconds: Math.round(wish.patience / 1000) });
    prompted = true;
    await new Promise<void>((resolve) => timers.after(device.pollInterval, resolve));
  }
  // A card that was read before is not found again until it has left the field, but answers this.
  const lies = await ask(commands['extra-address']);
  if (lies.ok) lies.value.data.fill(0);
  const readBefore = lies.ok && (lies.value.status === 0x90 || lies.value.status === 0x91);
  if (readBefore) {
    const detail = 'a card lies there that was read before: lift it and lay it down again';
    return { found: false, outcome: wish.card ? failed(detail) : passed(detail) };
  }
  if (!wish.card) return { found: false, outcome: passed('no card lies there') };
  const seconds = Math.round(wish.patience / 1000);
  return { found: false, outcome: failed(`no card was laid down within ${seconds} s.`) };
}

function simple(heard: Awaited<ReturnType<Ask>>, well: string): StepOutcome {
  if (!heard.ok) return failed(heard.error);
  return heard.value.status === 0x90 ? passed(well) : failed(describeStatus(heard.value.status));
}

async function readCard(ask: Ask, commands: SdtCommands): Promise<StepOutcome> {
  const heard = await ask(commands.read);
  if (!heard.ok) return failed(heard.error);
  const { status, data } = heard.value;
  if (status !== 0x90) return failed(describeStatus(status));
  const length = data.length;
  const fields = splitReading(data, 'read');
  data.fill(0);
  if (fields === null) return failed(`an answer of ${length} bytes that names other lengths than it has`);
  const layout = LAYOUTS[cardKind(fields.text)];
  const hasPhoto = fields.photo.some((byte) => byte !== 0);
  const decoded = decodeCard(fields.text);
  fields.text.fill(0);
  fields.photo.fill(0);
  const lengths = `text 256 bytes, portrait ${hasPhoto ? '1024 bytes' : 'none'}, layout: ${layout}`;
  return decoded.ok
    ? passed(`${lengths}; number, dates and checks hold`)
    : failed(`${lengths}; ${describeCardFault(decoded.error)}`);
}

/** Names the field, never what stands in it. */
function describeCardFault(fault: CardFault): string {
  switch (fault.reason) {
    case 'wrong-length':
      return `the text has ${fault.length} bytes`;
    case 'damaged-field':
      return `the field "${fault.field}" is damaged`;
    case 'number-contradicts-birth':
    case 'number-contradicts-sex':
    case 'number-contradicts-nationality':
      return fault.reason.replaceAll('-', ' ');
    default:
      return assertNever(fault);
  }
}

/** A command that a model need not have: without it the terminal works all the same. */
async function optional(question: {
  readonly ask: Ask;
  readonly command: SdtCommands[keyof SdtCommands];
  readonly none: string | null;
  /** What there is to say of an answer without saying what it holds. */
  readonly some: (data: Uint8Array) => string;
}): Promise<StepOutcome> {
  const { ask, command, none, some } = question;
  const heard = await ask(command);
  if (!heard.ok) return skipped(`this model does not answer it (${heard.error.replace(/\.$/, '')})`);
  const { status, data } = heard.value;
  const detail = status === 0x90 ? some(data) : describeStatus(status);
  data.fill(0);
  if (status === 0x91 && none !== null) return passed(none);
  return status === 0x90 ? passed(detail) : skipped(detail);
}
