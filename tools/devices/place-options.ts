import type { ProfilePlace } from '#contract/device-profile.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { type Options, textOption } from './command.ts';

export const PLACE_OPTIONS = {
  path: { type: 'string' },
  usb: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  queue: { type: 'string' },
} as const;

export const PLACE_HELP = `  --path FILE                 its file, best one below /dev/serial
    --usb VVVV:PPPP[:SERIAL]    its USB numbers instead
    --host NAME --port N        a serial server or a gate's bridge
    --queue NAME                a queue of CUPS`;

/** Where a device is plugged in, as the options say; a sentence when they say none, two, or half of one. */
export function placeOf(options: Options): Result<ProfilePlace, string> {
  const path = textOption(options, 'path');
  const usb = textOption(options, 'usb');
  const host = textOption(options, 'host');
  const port = textOption(options, 'port');
  const queue = textOption(options, 'queue');
  const named = [path, usb, host ?? port, queue].filter((each) => each !== null);
  if (named.length !== 1)
    return err('Say where the device is, once: --path, --usb, --host with --port, or --queue.');
  if (path !== null)
    return path.startsWith('/')
      ? ok({ path })
      : err(`--path ${path}: must be a whole path, such as /dev/ttyUSB0.`);
  if (usb !== null) {
    const numbers = /^([0-9a-f]{4}):([0-9a-f]{4})(?::(.{1,126}))?$/i.exec(usb);
    const [, vendorId = '', productId = '', serialNumber] = numbers ?? [];
    if (numbers === null) return err(`--usb ${usb}: must be like 1a86:7523, as lsusb shows it.`);
    const identity = { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase() };
    return ok({ usb: serialNumber === undefined ? identity : { ...identity, serialNumber } });
  }
  if (queue !== null) return ok({ queue });
  if (host === null || port === null) return err('--host and --port belong together.');
  return /^\d{1,5}$/.test(port) ? ok({ host, port: Number(port) }) : err(`--port ${port}: must be a number.`);
}
