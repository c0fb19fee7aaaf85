import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAimIdentifier } from '#drivers/framing/aim.ts';

const encode = (text: string) => new TextEncoder().encode(text);

describe('AIM identifiers', () => {
  it.each([
    [']Q0', 'qr-code'],
    [']Q1', 'qr-code'],
    [']Q6', 'qr-code'],
    [']d0', 'data-matrix'],
    [']d6', 'data-matrix'],
    [']L0', 'pdf417'],
    [']L2', 'pdf417'],
    [']C0', 'code-128'],
    [']C2', 'code-128'],
    [']A0', 'code-39'],
    [']E0', 'ean-13'],
    [']E4', 'ean-8'],
    [']E3', 'other'],
    [']I0', 'itf'],
    [']z0', 'aztec'],
    [']X0', 'other'],
    [']Z6', 'other'],
    [']q1', 'other'],
  ])('%s is %s', (identifier, symbology) => {
    const read = readAimIdentifier(encode(`${identifier}REST`));
    expect(read).toEqual({ symbology, kind: identifier[1], options: identifier[2] });
  });

  it('are three characters, or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
        const looksRight = /^\][A-Za-z][0-9A-Za-z]/.test(String.fromCharCode(...bytes));
        expect(readAimIdentifier(bytes) !== null).toBe(looksRight);
      }),
    );
    expect(readAimIdentifier(encode(']Q'))).toBeNull();
  });
});
