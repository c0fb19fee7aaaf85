import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { checkJson, describeFileFault } from '#contract/checked-json.ts';
import { type Device, DeviceListSchema } from '#contract/device.ts';
import { err, ok, type Result } from '#domain/result.ts';

/** What a technician has saved as this terminal's devices. While it is there, the settings' `devices` do not count. */
export const DEVICE_LIST_FILE = 'devices.json';

/** 16 devices with every field take some 20 kB. */
const LARGEST_FILE = 200_000;

export type DeviceListFault =
  /** It is there and cannot be read, or is not what this program writes; one sentence for each fault. */
  | { readonly reason: 'unreadable' | 'damaged'; readonly sentences: readonly string[] }
  /** The list before it still stands. */
  | { readonly reason: 'not-written'; readonly sentences: readonly string[] };

const FileSchema = v.strictObject({ devices: DeviceListSchema });

/** Null when none was saved: the settings' `devices` hold. */
export function readDeviceList(dataFolder: string): Result<readonly Device[] | null, DeviceListFault> {
  const file = join(dataFolder, DEVICE_LIST_FILE);
  let text: string;
  try {
    const found = statSync(file);
    if (!found.isFile() || found.size > LARGEST_FILE)
      return err({ reason: 'damaged', sentences: [`${file}: is no list of devices`] });
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return ok(null);
    return err({ reason: 'unreadable', sentences: [`${file}: cannot be read (${code})`] });
  }
  const checked = checkJson({ file, text, schema: FileSchema });
  return checked.ok
    ? ok(checked.value.value.devices)
    : err({ reason: 'damaged', sentences: checked.error.map(describeFileFault) });
}

/** After a power cut there is the old list or the new one, never half of either. */
export function writeDeviceList(order: {
  readonly dataFolder: string;
  readonly devices: readonly Device[];
}): Result<void, DeviceListFault> {
  const { dataFolder } = order;
  const file = join(dataFolder, DEVICE_LIST_FILE);
  const checked = v.safeParse(FileSchema, { devices: order.devices });
  if (!checked.success) {
    const issue = checked.issues[0];
    const sentence = `${file}: ${v.getDotPath(issue) ?? 'devices'}: ${issue.message}`;
    return err({ reason: 'not-written', sentences: [sentence] });
  }
  const part = join(dataFolder, `.${process.pid}.devices.part`);
  try {
    // One that a killed process of the same number left behind may have another mode.
    rmSync(part, { force: true });
    writeSynced(part, `${JSON.stringify(checked.output, null, 2)}\n`);
    renameSync(part, file);
    syncFolder(dataFolder);
    return ok(undefined);
  } catch (error) {
    const sentences = [`${file}: cannot be written (${codeOf(error)})`];
    try {
      rmSync(part, { force: true });
    } catch (left) {
      sentences.push(`${part}: cannot be removed (${codeOf(left)})`);
    }
    return err({ reason: 'not-written', sentences });
  }
}

/** Gives the list up, whatever is in the file; well too when there is none. After a power cut it is there or not. */
export function eraseDeviceList(dataFolder: string): Result<void, DeviceListFault> {
  const file = join(dataFolder, DEVICE_LIST_FILE);
  try {
    rmSync(file, { force: true });
    syncFolder(dataFolder);
    return ok(undefined);
  } catch (error) {
    return err({ reason: 'not-written', sentences: [`${file}: cannot be removed (${codeOf(error)})`] });
  }
}

function writeSynced(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    const octets = Buffer.from(text);
    for (let written = 0; written < octets.length; ) written += writeSync(file, octets, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The rename itself is only on the disk when the folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
}
