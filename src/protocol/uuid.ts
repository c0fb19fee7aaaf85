/** Text of a UUID (RFC 9562 section 4): 16 octets as lower-case hexadecimal digits with hyphens. */
export function uuidText(octets: Uint8Array): string {
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
