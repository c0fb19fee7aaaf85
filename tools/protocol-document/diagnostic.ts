import { Tagged } from 'cborg';
import type { CborValue } from '#protocol/cbor.ts';

/** Longer byte strings are shown by their beginning: the octets themselves stand beside. */
const SHOWN_BYTES = 32;

/** CBOR diagnostic notation (RFC 8949 section 8), one entry of a map a line. */
export function diagnose(value: CborValue, indent = ''): string {
  const deeper = `${indent}  `;
  if (value instanceof Uint8Array) return diagnoseBytes(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items = (value as readonly CborValue[]).map((item) => diagnose(item, deeper));
    const oneLine = `[${items.join(', ')}]`;
    if (oneLine.length + indent.length <= 100 && !oneLine.includes('\n')) return oneLine;
    return `[\n${items.map((item) => `${deeper}${item}`).join(',\n')}\n${indent}]`;
  }
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<number | string, CborValue>)].map(
      ([key, item]) => `${deeper}${JSON.stringify(key)}: ${diagnose(item, deeper)}`,
    );
    return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
  }
  if (value instanceof Tagged) return `${value.tag}(${diagnose(value.value as CborValue, indent)})`;
  return String(value);
}

function diagnoseBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString('hex');
  return bytes.length <= SHOWN_BYTES ? `h'${hex}'` : `h'${hex}…' / ${bytes.length} octets /`;
}
