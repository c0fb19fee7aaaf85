import PDFDocument from 'pdfkit';
import { printableText } from './printable-text.ts';
import { qrModules } from './qr-code.ts';
import type { SlipFonts } from './slip-fonts.ts';

/** ISO A5 in points. */
export const PAGE = { width: 419.53, height: 595.28 } as const;

export type Weight = 'regular' | 'bold';

export interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour?: string;
  readonly width?: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly lineGap?: number;
  readonly characterSpacing?: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * One page to draw on, from the top left corner in points. Every text goes through {@link Paper.text}, where characters
 * without a glyph are made visible and counted.
 */
export class Paper {
  readonly #document: PDFKit.PDFDocument;
  readonly #chunks: Uint8Array[] = [];
  readonly #missing = new Set<string>();
  readonly #finished: Promise<void>;

  constructor(options: { readonly fonts: SlipFonts; readonly title: string; readonly createdAt: number }) {
    const { fonts, title, createdAt } = options;
    this.#document = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      // No default: pdfkit would open it a second time under its own name, and then again at every change of weight.
      font: '',
      lang: 'zh-CN',
      info: { Title: title, CreationDate: new Date(createdAt) },
    });
    this.#document.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
    this.#document.on('data', (chunk: Uint8Array) => this.#chunks.push(chunk));
    this.#finished = new Promise((resolve, reject) => {
      this.#document.on('end', resolve).on('error', reject);
    });
  }

  /** Draws from a top left point; returns the height that the text took. */
  text(content: string, at: Point, style: TextStyle): number {
    const { printable, options } = this.#prepare(content, style);
    this.#document.fillColor(style.colour ?? '#000000').text(printable, at.x, at.y, options);
    return this.#document.heightOfString(printable, options);
  }

  /** Height that {@link Paper.text} would take. */
  heightOf(content: string, style: TextStyle): number {
    const { printable, options } = this.#prepare(content, style);
    return this.#document.heightOfString(printable, options);
  }

  /** Width of a text in one line. */
  widthOf(content: string, style: TextStyle): number {
    const { printable } = this.#prepare(content, style);
    return this.#document.widthOfString(printable, { characterSpacing: style.characterSpacing ?? 0 });
  }

  line(
    from: { readonly x: number; readonly y: number },
    to: { readonly x: number; readonly y: number },
    style: { readonly colour: string; readonly width: number },
  ): void {
    this.#document.moveTo(from.x, from.y).lineTo(to.x, to.y).lineWidth(style.width).stroke(style.colour);
  }

  box(
    area: {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius?: number;
    },
    colour: string,
  ): void {
    const { x, y, width, height, radius = 0 } = area;
    if (radius > 0) this.#document.roundedRect(x, y, width, height, radius).fill(colour);
    else this.#document.rect(x, y, width, height).fill(colour);
  }

  /** Without its quiet zone, which the layout leaves free. */
  qrCode(content: string, area: { readonly x: number; readonly y: number; readonly side: number }): void {
    const { size, isDark } = qrModules(content);
    const module = area.side / size;
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        if (isDark(row, column))
          this.#document.rect(area.x + column * module, area.y + row * module, module, module);
      }
    }
    this.#document.fill('#000000');
  }

  /** Turned about the middle of the page and let the text below shine through. */
  watermark(
    content: string,
    style: TextStyle & { readonly degrees: number; readonly opacity: number },
  ): void {
    const width = this.widthOf(content, style);
    this.#document.save();
    this.#document
      .rotate(style.degrees, { origin: [PAGE.width / 2, PAGE.height / 2] })
      .fillOpacity(style.opacity);
    this.text(
      content,
      { x: (PAGE.width - width) / 2, y: PAGE.height / 2 - style.size / 2 },
      { ...style, width: width + 10 },
    );
    this.#document.restore();
  }

  async finish(): Promise<{ readonly pdf: Uint8Array<ArrayBuffer>; readonly missing: readonly string[] }> {
    this.#document.end();
    await this.#finished;
    const pdf = new Uint8Array(this.#chunks.reduce((length, chunk) => length + chunk.length, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      pdf.set(chunk, at);
      at += chunk.length;
    }
    return { pdf, missing: [...this.#missing] };
  }

  #prepare(content: string, style: TextStyle) {
    this.#document.font(style.weight ?? 'regular').fontSize(style.size);
    const { text, missing } = printableText(content, (codePoint) => this.#hasGlyph(codePoint));
    for (const code of missing) this.#missing.add(code);
    const options: PDFKit.Mixins.TextOptions = {
      lineGap: style.lineGap ?? 0,
      characterSpacing: style.characterSpacing ?? 0,
      align: style.align ?? 'left',
      ...(style.width === undefined ? { lineBreak: false } : { width: style.width }),
    };
    return { printable: text, options };
  }

  /** pdfkit keeps fontkit's font of the current style in a field that its types leave out. */
  #hasGlyph(codePoint: number): boolean {
    const { _font } = this.#document as unknown as {
      readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
    };
    return _font.font.hasGlyphForCodePoint(codePoint);
  }
}
