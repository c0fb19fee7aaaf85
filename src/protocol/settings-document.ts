import { isOperational, OVERRIDES, type Override, operationalFault } from '#contract/operational-settings.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { sameBytes } from './cbor.ts';
import { encodeWith } from './codec/codec.ts';
import { field, list, record } from './codec/containers.ts';
import { boolean, choice, integer, oneOf, real, text, time } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';

/** One setting as the registry wants it at every terminal. */
export interface ServerSetting {
  /** E.g. `offlineLimits.days`. A name that this program does not know is passed over. */
  readonly name: string;
  readonly value: number | string | boolean;
  /** Who may set it otherwise at a terminal. */
  readonly override: Override;
}

/** Operational settings for all terminals, signed by the registry's key of use `settings`. */
export interface SettingsDocument {
  /** From 1; never decreases. */
  readonly version: number;
  readonly issuedAt: number;
  /** Each name once. */
  readonly settings: readonly ServerSetting[];
}

export const serverSettingCodec = record<ServerSetting>('server setting', {
  name: field(1, text({ min: 1, max: 60, pattern: /^[a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*)*$/ })),
  value: field(
    2,
    oneOf<number | string | boolean>('bool / number / tstr ≤ 80', [
      boolean,
      real(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      text({ max: 80 }),
    ]),
  ),
  override: field(3, choice(OVERRIDES), 'who may set it otherwise at a terminal'),
});

export const settingsMessage = signedMessage<SettingsDocument>(
  'settings',
  record('settings document', {
    version: field(1, integer(1, 0xffff_ffff), 'never decreases'),
    issuedAt: field(2, time),
    settings: field(3, list(serverSettingCodec, 64), 'each name once'),
  }),
);

export function signSettings(request: {
  readonly document: SettingsDocument;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return settingsMessage.sign(request.document, request.signer);
}

/** Opens a document and checks every value that this program knows against its bounds. */
export function openSettings(request: {
  readonly bytes: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<SettingsDocument, MessageFault> {
  const opened = settingsMessage.open(request.bytes, request.findVerifier);
  if (!opened.ok) return opened;
  const document = opened.value.value;
  const seen = new Set<string>();
  for (const { name, value } of document.settings) {
    const where = `settings.${name}`;
    if (seen.has(name)) return err({ reason: 'malformed', where, problem: 'stands there twice' });
    seen.add(name);
    const problem = isOperational(name) ? operationalFault(name, value) : null;
    if (problem !== null) return err({ reason: 'malformed', where, problem });
  }
  return ok(document);
}

/** Keeps whoever replays an old document from bringing back what was changed since. */
export function acceptSettings(request: {
  readonly current: SettingsDocument | null;
  readonly candidate: SettingsDocument;
}): Result<'newer' | 'same', 'older-than-current' | 'same-version-other-contents'> {
  const { current, candidate } = request;
  if (current === null || candidate.version > current.version) return ok('newer');
  if (candidate.version < current.version) return err('older-than-current');
  const octets = (document: SettingsDocument) => encodeWith(settingsMessage.codec, document, 'settings');
  return sameBytes(octets(current), octets(candidate)) ? ok('same') : err('same-version-other-contents');
}
