import type { Device } from '#contract/device.ts';
import { RECORDED_PATH } from './recording.ts';

/** Codes of the system and of name lookups, which say what happened and nothing of where. */
const SYSTEM_CODE = /\b(?:E(?=[A-Z\d]*[A-Z]{2})[A-Z\d]{3,20}|EAI_[A-Z]{2,20})\b/;
const DEVICE_FILE = /\/dev\/[^\s,;'"]+/g;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g;
/** Two colons at least, so that no time of day is taken for an address. */
const IPV6 = /\[?(?:[\dA-Fa-f]{0,4}:){2,}[\dA-Fa-f.]*(?:%\w+)?\]?/g;
const ELSEWHERE = 'recorded';

/**
 * What a transport says of a fault, without the place of its device: the system's words hold paths, names of hosts and
 * the addresses that they were resolved to. Where they hold a code, it is all that is written down.
 */
export function wordsWithoutPlace(fault: {
  readonly words: string;
  /** As the transport calls it. */
  readonly path: string;
  readonly device: Device;
}): string {
  const { path, device } = fault;
  const named = fault.words.replaceAll(path, RECORDED_PATH);
  const [code] = SYSTEM_CODE.exec(named) ?? [];
  if (code !== undefined) return code;
  const words = named.replaceAll(DEVICE_FILE, RECORDED_PATH);
  return withoutHost(words, device).replaceAll(IPV4, ELSEWHERE).replaceAll(IPV6, ELSEWHERE);
}

function withoutHost(words: string, device: Device): string {
  if (!('connection' in device) || device.connection.transport !== 'tcp') return words;
  const host = device.connection.host.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return words.replaceAll(new RegExp(host, 'gi'), ELSEWHERE);
}
