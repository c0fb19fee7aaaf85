import type { Timers } from '../timers.ts';
import { EscPosReader, type EscPosToken } from './escpos-reader.ts';
import { asPlainText, type PaperLine, SimulatedPaper } from './simulated-paper.ts';

/** How a simulated printer stands; each may be changed at any time. */
export interface PrinterCondition {
  readonly paper: 'plenty' | 'low' | 'none';
  readonly cover: 'closed' | 'open';
  readonly cutter: 'well' | 'jammed';
  /** `silent`: it takes everything and answers nothing, as a printer without power behind a live adapter. */
  readonly answers: 'all' | 'silent';
  /** `no-paper-in-turn`: a model that does not know `1D 72`. */
  readonly model: 'usual' | 'no-paper-in-turn';
}

const WELL: PrinterCondition = {
  paper: 'plenty',
  cover: 'closed',
  cutter: 'well',
  answers: 'all',
  model: 'usual',
};

/** Commands and characters that wait for the paper; what comes beyond them is lost. */
const BUFFER = 20_000;

export interface EscPosPrinterSimulator {
  /** Bytes from the driver. */
  receive(bytes: Uint8Array): void;
  set(condition: Partial<PrinterCondition>): void;
  condition(): PrinterCondition;
  /** Paper for so many lines more; then there is none. */
  leaveLines(count: number): void;
  /** The receipts that came out and were not torn off, each as its lines. A QR code stands as `[QR size: text]`. */
  receipts(): readonly (readonly string[])[];
  /** Lines that came out and were not cut off yet. */
  hanging(): readonly string[];
  /** The lines that hang from it, or those of the last receipt when none do, as they look. */
  lastPaper(): { readonly lines: readonly PaperLine[]; readonly isCut: boolean };
  /** Takes away everything that came out. */
  tearOff(): void;
  /** What was not understood, as hexadecimal digits. */
  readonly strange: readonly string[];
}

/**
 * A receipt printer that understands what it is sent. It prints line by line at its own pace, answers real-time
 * questions at once, and stops where paper, cover or cutter stop it; what it has received then waits, as in life.
 */
export function createEscPosPrinterSimulator(options: {
  readonly columns: 32 | 42 | 48;
  readonly timers: Timers;
  readonly send: (bytes: Uint8Array) => void;
  /** Milliseconds for a command or a line; 5 unless given. */
  readonly pace?: number;
}): EscPosPrinterSimulator {
  const { timers, pace = 5 } = options;
  const paper = new SimulatedPaper(options.columns);
  const reader = new EscPosReader();
  const queue: EscPosToken[] = [];
  let condition = WELL;
  let linesLeft = Number.POSITIVE_INFINITY;
  let isMoving = false;

  const plain = (lines: readonly PaperLine[]) => lines.map((line) => asPlainText(line, options.columns));
  const isStopped = () =>
    condition.paper === 'none' ||
    condition.cover === 'open' ||
    condition.cutter === 'jammed' ||
    condition.answers === 'silent';

  function say(octet: number): void {
    if (condition.answers === 'all') options.send(Uint8Array.of(octet));
  }

  function tellStatus(question: number): void {
    const bits = (wanted: Readonly<Record<number, boolean>>) =>
      Object.entries(wanted).reduce((octet, [bit, set]) => (set ? octet | (1 << Number(bit)) : octet), 0x12);
    const noPaper = condition.paper === 'none';
    const low = noPaper || condition.paper === 'low';
    const open = condition.cover === 'open';
    const jammed = condition.cutter === 'jammed';
    if (question === 1) say(bits({ 3: noPaper || open || jammed }));
    if (question === 2) say(bits({ 2: open, 5: noPaper, 6: jammed }));
    if (question === 3) say(bits({ 3: jammed }));
    if (question === 4) say(bits({ 2: low, 3: low, 5: noPaper, 6: noPaper }));
  }

  function move(): void {
    if (isMoving || queue.length === 0 || isStopped()) return;
    isMoving = true;
    timers.after(pace, () => {
      isMoving = false;
      if (isStopped()) return;
      const token = queue.shift();
      if (token) print(token);
      move();
    });
  }

  function print(token: EscPosToken): void {
    if (token.kind === 'tell-in-turn') {
      if (condition.model === 'usual') say(condition.paper === 'low' ? 0x03 : 0x00);
      return;
    }
    linesLeft -= paper.take(token);
    if (linesLeft <= 0) condition = { ...condition, paper: 'none' };
  }

  return {
    strange: reader.strange,
    receive(bytes) {
      if (condition.answers === 'silent') return;
      for (const token of reader.push(bytes)) {
        // Real-time commands pass everything that waits.
        if (token.kind === 'ask-status') tellStatus(token.question);
        else if (token.kind === 'throw-away') {
          queue.length = 0;
          paper.forgetLine();
        } else if (queue.length < BUFFER) queue.push(token);
      }
      move();
    },
    set(change) {
      condition = { ...condition, ...change };
      if (change.paper !== undefined) linesLeft = Number.POSITIVE_INFINITY;
      move();
    },
    leaveLines(count) {
      linesLeft = count;
    },
    condition: () => condition,
    receipts: () => paper.receipts.map(plain),
    hanging: () => plain(paper.hanging),
    lastPaper() {
      const cut = paper.receipts.at(-1);
      if (paper.hanging.length > 0 || cut === undefined) return { lines: paper.hanging, isCut: false };
      return { lines: cut, isCut: true };
    },
    tearOff: () => paper.tearOff(),
  };
}
