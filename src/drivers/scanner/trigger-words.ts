import type { HidPosScannerDevice, LineTrigger, SsiScannerDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { encodeHidPosCommand } from '../framing/hid-pos.ts';
import { encodeNewlandCommand } from '../framing/newland.ts';
import { encodeSsi, SSI } from '../framing/ssi.ts';
import type { TriggerCommand, TriggerWords } from './trigger.ts';

/**
 * What the makers' scanners are told.
 *
 * | | look | stop | answer |
 * |---|---|---|---|
 * | Honeywell, in its mode for serial triggers | SYN `T` CR | SYN `U` CR | none |
 * | Newland | `SCNTRG1` | `SCNTRG0` | within 5 s |
 * | Datalogic, RS-232 | `T` | `X` | none |
 * | many Chinese modules | `T` | `P` | none; `%%NoRead` when it gives up |
 * | Zebra | scan enable, start session | stop session, scan disable | a packet |
 */
const NEWLAND_ANSWER_TIME = 5000;
const SSI_ANSWER_TIME = 2000;
const SYN = 0x16;
const CR = 0x0d;

const honeywell = (letter: string): TriggerCommand => ({
  name: `SYN ${letter} CR`,
  bytes: Uint8Array.of(SYN, letter.charCodeAt(0), CR),
});
const newland = (name: string): TriggerCommand => ({ name, bytes: encodeNewlandCommand(name) });
const letter = (name: string): TriggerCommand => ({ name, bytes: Uint8Array.of(name.charCodeAt(0)) });

function words(on: TriggerCommand, off: TriggerCommand, answerTime: number | null): TriggerWords {
  return { on: [on], off: [off], opening: [off], answerTime };
}

/** Null for a scanner that looks by itself. */
export function lineTriggerWords(trigger: LineTrigger): TriggerWords | null {
  switch (trigger) {
    case 'always-on':
      return null;
    case 'honeywell':
      return words(honeywell('T'), honeywell('U'), null);
    case 'newland':
      return words(newland('SCNTRG1'), newland('SCNTRG0'), NEWLAND_ANSWER_TIME);
    case 'datalogic':
      return words(letter('T'), letter('X'), null);
    case 't-and-p':
      return words(letter('T'), letter('P'), null);
    default:
      return assertNever(trigger);
  }
}

/** The same commands in output reports. */
export function hidPosTriggerWords(trigger: HidPosScannerDevice['trigger']): TriggerWords | null {
  const serial = lineTriggerWords(trigger);
  if (serial === null || trigger === 'always-on') return null;
  const inReports = (commands: readonly TriggerCommand[]) =>
    commands.map(({ name, bytes }) => ({ name, bytes: encodeHidPosCommand(trigger, bytes) }));
  return {
    on: inReports(serial.on),
    off: inReports(serial.off),
    opening: inReports(serial.opening),
    answerTime: serial.answerTime,
  };
}

const ssi = (name: string, opcode: number): TriggerCommand => ({
  name,
  bytes: encodeSsi({ opcode, source: 'host' }),
});
const ENABLE = ssi('SCAN_ENABLE', SSI.scanEnable);
const DISABLE = ssi('SCAN_DISABLE', SSI.scanDisable);

/** A scanner that looks by itself is enabled once: it may have been left disabled. */
export function ssiTriggerWords(trigger: SsiScannerDevice['trigger']): TriggerWords {
  switch (trigger) {
    case 'always-on':
      return { on: [], off: [], opening: [ENABLE], answerTime: SSI_ANSWER_TIME };
    case 'session': {
      const off = [ssi('STOP_SESSION', SSI.stopSession), DISABLE];
      const on = [ENABLE, ssi('START_SESSION', SSI.startSession)];
      return { on, off, opening: [DISABLE], answerTime: SSI_ANSWER_TIME };
    }
    default:
      return assertNever(trigger);
  }
}
