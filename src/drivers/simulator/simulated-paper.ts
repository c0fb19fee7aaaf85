import iconv from 'iconv-lite';
import type { EscPosToken } from './escpos-reader.ts';

const USUAL = { centred: false, double: false, bold: false, chinese: false };

/** The paper of a simulated receipt printer: what stands on it, as lines of text. */
export class SimulatedPaper {
  readonly receipts: string[][] = [];
  readonly hanging: string[] = [];
  readonly #columns: number;
  #style = USUAL;
  #line = '';
  #used = 0;
  #qr: { readonly dots: number; readonly data: string } = { dots: 3, data: '' };

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Lines of paper that it took. */
  take(token: EscPosToken): number {
    const before = this.hanging.length;
    switch (token.kind) {
      case 'initialise':
        this.forgetLine();
        this.#style = USUAL;
        break;
      case 'chinese':
        this.#style = { ...this.#style, chinese: token.on };
        break;
      case 'octets':
        this.#put(token.octets);
        break;
      case 'line-end':
        this.#end();
        break;
      case 'feed':
        if (this.#line !== '') this.#end();
        for (let line = 0; line < token.lines; line += 1) this.hanging.push('');
        break;
      case 'bold':
      case 'centred':
      case 'double':
        this.#style = { ...this.#style, [token.kind]: token.on };
        break;
      case 'qr-dots':
        this.#qr = { ...this.#qr, dots: token.dots };
        break;
      case 'qr-keep':
        this.#qr = { ...this.#qr, data: new TextDecoder().decode(token.data) };
        break;
      case 'qr-print':
        this.hanging.push(`[QR ${this.#qr.dots}: ${this.#qr.data}]`);
        break;
      case 'cut':
        this.receipts.push(this.hanging.splice(0));
        return 0;
      case 'tell-in-turn':
      case 'ask-status':
      case 'throw-away':
        return 0;
    }
    return this.hanging.length - before;
  }

  /** A line that was begun and is not printed. */
  forgetLine(): void {
    this.#line = '';
    this.#used = 0;
  }

  #put(octets: Uint8Array): void {
    // Without Chinese mode two octets are two characters of a western table.
    const isWide = octets.length === 2;
    const text = isWide && !this.#style.chinese ? '??' : iconv.decode(Buffer.from(octets), 'gb18030');
    const width = (isWide ? 2 : 1) * (this.#style.double ? 2 : 1);
    // A printer goes on in the next line where the paper ends, in the middle of a word.
    if (this.#used + width > this.#columns) this.#end();
    this.#line += text;
    this.#used += width;
  }

  #end(): void {
    const space = this.#style.centred ? ' '.repeat(Math.floor((this.#columns - this.#used) / 2)) : '';
    this.hanging.push(space + this.#line);
    this.forgetLine();
  }
}
