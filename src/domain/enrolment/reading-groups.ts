/**
 * A reference number as people read it out: capitals in groups of four, without what only programs need. Packet ids
 * (32 hexadecimal digits) and e-ID subjects (16 characters) look like this on every screen and paper.
 */
export function readingGroups(reference: string): readonly string[] {
  return (
    reference
      .replaceAll(/[- ]/g, '')
      .toUpperCase()
      .match(/.{1,4}/g) ?? []
  );
}
