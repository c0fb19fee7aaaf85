import iconv from 'iconv-lite';
import { assertNever } from '#domain/result.ts';
import type { EscPosToken } from './escpos-reader.ts';

/** What stands on the paper, line by line. */
export type PaperLine =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly centred: boolean;
      readonly bold: boolean;
      readonly double: boolean;
    }
  | { readonly kind: 'qr'; readonly dots: number; readonly text: string };

/** Nobody tears it off for ever: the oldest receipts and the oldest lines of an endless one are then gone. */
const MOST_RECEIPTS = 100;
const MOST_LINES = 1000;

const USUAL = { centred: false, double: false, bold: false, chinese: false };

/** The paper of a simulated receipt printer: what stands on it, as lines of text. */
export class SimulatedPaper {
  readonly receipts: (readonly PaperLine[])[] = [];
  readonly hanging: PaperLine[] = [];
  readonly #columns: number;
  #style = USUAL;
  #line = '';
  #used = 0;
  #isDouble = false;
  #qr: { readonly dots: number; readonly data: string } = { dots: 3, data: '' };

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Lines of paper that it took. */
  take(token: EscPosToken): number {
    const before = this.hanging.length;
    this.#move(token);
    const taken = token.kind === 'cut' ? 0 : this.hanging.length - before;
    if (this.hanging.length > MOST_LINES) this.hanging.splice(0, this.hanging.length - MOST_LINES);
    return taken;
  }

  /** Everything that came out is taken away. */
  tearOff(): void {
    this.receipts.length = 0;
    this.hanging.length = 0;
  }

  #move(token: EscPosToken): void {
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
        for (let line = 0; line < token.lines; line += 1) this.#end();
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
        this.hanging.push({ kind: 'qr', dots: this.#qr.dots, text: this.#qr.data });
        break;
      case 'cut':
        this.receipts.push(this.hanging.splice(0));
        if (this.receipts.length > MOST_RECEIPTS) this.receipts.shift();
        break;
      case 'tell-in-turn':
      case 'ask-status':
      case 'throw-away':
        break;
      default:
        assertNever(token);
    }
  }

  /** A line that was begun and is not printed. */
  forgetLine(): void {
    this.#line = '';
    this.#used = 0;
    this.#isDouble = false;
  }

  #put(octets: Uint8Array): void {
    const isWide = octets.length === 2;
    const text = this.#textOf(octets);
    const width = (isWide ? 2 : 1) * (this.#style.double ? 2 : 1);
    // A printer goes on in the next line where the paper ends, in the middle of a word.
    if (this.#used + width > this.#columns) this.#end();
    this.#line += text;
    this.#used += width;
    this.#isDouble ||= this.#style.double;
  }

  /** As wide on the paper as its octets are many: what the printer's tables do not have comes out as question marks. */
  #textOf(octets: Uint8Array): string {
    const known = iconv.decode(Buffer.from(octets), 'gb18030');
    if (octets.length === 1) return known <= '~' ? known : '?';
    // Without Chinese mode two octets are two characters of a western table.
    const isOne = [...known].length === 1 && known !== '\uFFFD';
    return this.#style.chinese && isOne ? known : '??';
  }

  #end(): void {
    const { centred, bold } = this.#style;
    this.hanging.push({ kind: 'text', text: this.#line, centred, bold, double: this.#isDouble });
    this.forgetLine();
  }
}

/** A line as plain text, set as far to the right as it was printed; a QR code stands as `[QR size: text]`. */
export function asPlainText(line: PaperLine, columns: number): string {
  if (line.kind === 'qr') return `[QR ${line.dots}: ${line.text}]`;
  if (!line.centred || line.text === '') return line.text;
  const usual = [...line.text].reduce((width, character) => width + (character <= '~' ? 1 : 2), 0);
  const used = line.double ? usual * 2 : usual;
  return ' '.repeat(Math.max(0, Math.floor((columns - used) / 2))) + line.text;
}
