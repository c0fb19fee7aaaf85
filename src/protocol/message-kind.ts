/** What a signature was made for. A verifier names the kind it expects, so that no message passes for another. */
export const MESSAGE_KINDS = [
  'enrolment',
  'envelope',
  'acknowledgement',
  'refusal',
  'decision',
  'trust-list',
  'certificate',
  'audit',
  'slip',
  'bundle',
  'eid',
  'phone',
  'status-list',
  'holder-answer',
  'badge',
  'unlock',
  'staff-list',
  'settings',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** COSE header 3: what the payload is. */
export function contentTypeOf(kind: MessageKind): string {
  return `application/vnd.eid-terminal.${kind}+cbor`;
}

/** COSE header 16 (RFC 9596): what the whole signed message is. */
export function typOf(kind: MessageKind): string {
  return `application/vnd.eid-terminal.${kind}+cose`;
}

/** External data that the signature covers. Empty for the e-ID alone, so that ordinary CWT readers can open it. */
export function externalDataOf(kind: MessageKind): Uint8Array {
  return new TextEncoder().encode(kind === 'eid' ? '' : `eid-terminal/${kind}/v1`);
}
