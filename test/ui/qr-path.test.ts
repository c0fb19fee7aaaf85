import fc from 'fast-check';
import jsqrModule from 'jsqr';
import { describe, expect, it } from 'vitest';
import { qrPath } from '#ui/qr-code/qr-path.ts';

// The package is CommonJS with a `default` of its own, which Node and the compiler see differently.
const jsqr = 'default' in jsqrModule ? jsqrModule.default : jsqrModule;

/** Draws the path as a camera would see it: each module `scale` pixels wide, with the quiet zone. */
function photograph(shape: { readonly size: number; readonly path: string }, scale = 4) {
  const quiet = 4;
  const side = (shape.size + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  const rows = shape.path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g);
  for (const [, column, row, width, back] of rows) {
    if (width !== back) throw new Error('a rectangle does not close');
    for (let y = 0; y < scale; y += 1) {
      for (let x = 0; x < Number(width) * scale; x += 1) {
        const at = ((Number(row) + quiet) * scale + y) * side + (Number(column) + quiet) * scale + x;
        pixels.fill(0, at * 4, at * 4 + 3);
      }
    }
  }
  return { pixels, side };
}

function scan(text: string): string | undefined {
  const { pixels, side } = photograph(qrPath(text));
  return jsqr(pixels, side, side)?.data;
}

describe('a QR code drawn as a path', () => {
  it('is read back by an independent decoder', () => {
    const code = `EID1:${'6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R8'.repeat(9)}`;
    expect(scan(code)).toBe(code);
  });

  it('is read back whatever Base45 text it holds', () => {
    const base45 = fc.string({
      unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'),
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(base45, (text) => scan(`EIDP1:${text}`) === `EIDP1:${text}`),
      { numRuns: 25 },
    );
  });

  it('draws only inside its own square', () => {
    const { size, path } = qrPath('EID1:ABC');
    for (const [, column, row, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
      expect(Number(column) + Number(width)).toBeLessThanOrEqual(size);
      expect(Number(row)).toBeLessThan(size);
    }
  });
});
