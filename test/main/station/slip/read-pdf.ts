import { inflateSync } from 'node:zlib';

/** What stands on a page that pdfkit made: a reader of just what the slip needs. */
export interface ReadPdf {
  readonly pages: number;
  /** Each piece of text with its lower left corner in points from the bottom left, and its size in points. */
  readonly texts: readonly {
    readonly text: string;
    readonly x: number;
    readonly y: number;
    readonly size: number;
  }[];
  /** Filled squares of the QR code as columns and rows. */
  readonly squares: readonly { readonly x: number; readonly y: number; readonly side: number }[];
}

export function readPdf(pdf: Uint8Array): ReadPdf {
  const source = Buffer.from(pdf).toString('latin1');
  const objects = new Map<number, string>();
  for (const [, number = '', body = ''] of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    objects.set(Number(number), body);
  }
  const object = (reference: string | undefined) => objects.get(Number(reference)) ?? '';
  const page = [...objects.values()].find((body) => /\/Type \/Page\n/.test(body)) ?? '';
  const content = streamOf(object(/\/Contents (\d+) 0 R/.exec(page)?.[1]));
  const resources = object(/\/Resources (\d+) 0 R/.exec(page)?.[1]);
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  for (const [, name = '', reference] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    fonts.set(name, glyphsOf(streamOf(object(/\/ToUnicode (\d+) 0 R/.exec(object(reference))?.[1]))));
  }
  return {
    pages: [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body)).length,
    texts: textsOf(content, fonts),
    squares: [...content.matchAll(/^([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+) re$/gm)]
      .map(([, x, y, width, height]) => ({
        x: Number(x),
        y: Number(y),
        side: Number(width),
        height: Number(height),
      }))
      .filter(({ side, height }) => side === height && side < 10),
  };
}

function streamOf(body: string): string {
  const from = body.indexOf('stream\n') + 'stream\n'.length;
  const octets = Buffer.from(body.slice(from, body.lastIndexOf('\nendstream')), 'latin1');
  return (body.includes('/FlateDecode') ? inflateSync(octets) : octets).toString('latin1');
}

/** pdfkit writes ToUnicode as ranges of glyphs with a list of UTF-16 texts. */
function glyphsOf(map: string): ReadonlyMap<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    for (const [index, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
      glyphs.set(
        Number.parseInt(first, 16) + index,
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      );
    }
  }
  return glyphs;
}

function textsOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): ReadPdf['texts'] {
  return [...content.matchAll(/BT\n([\s\S]*?)\nET/g)].map(([, block = '']) => {
    const [, x, y] = /1 0 0 1 ([\d.-]+) ([\d.-]+) Tm/.exec(block) ?? [];
    const [, font = '', size] = /\/(F\d+) ([\d.]+) Tf/.exec(block) ?? [];
    const glyphs = fonts.get(font);
    const text = [...block.matchAll(/<([0-9a-f]+)>/g)]
      .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      .map((glyph) => glyphs?.get(Number.parseInt(glyph, 16)) ?? '')
      .join('');
    return { text, x: Number(x), y: Number(y), size: Number(size) };
  });
}
