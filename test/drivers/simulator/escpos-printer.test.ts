import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_PAPER_LINES } from '#contract/dock-api.ts';
import type { Receipt } from '#contract/receipt.ts';
import { encodeReceipt } from '#drivers/printer/escpos-receipt.ts';
import { createEscPosPrinterSimulator } from '#drivers/simulator/escpos-printer.ts';
import { manualTimers } from '../manual-timers.ts';

const printer = () => {
  const timers = manualTimers();
  const said: number[] = [];
  const simulator = createEscPosPrinterSimulator({
    columns: 48,
    timers,
    send: (bytes) => said.push(...bytes),
    pace: 1,
  });
  const print = (text: string) =>
    simulator.receive(encodeReceipt({ receipt: [line(text)], columns: 48, cutter: true }));
  return { timers, simulator, said, print };
};
const line = (text: string): Receipt[number] => ({
  kind: 'text',
  text,
  size: 'double',
  align: 'centre',
  bold: true,
});

describe('the paper of a simulated receipt printer', () => {
  it('keeps how its lines look', async () => {
    const { timers, simulator, print } = printer();
    print('办理回执');
    await timers.until(() => simulator.lastPaper().isCut);
    expect(simulator.lastPaper().lines[0]).toEqual({
      kind: 'text',
      text: '办理回执',
      centred: true,
      bold: true,
      double: true,
    });
  });

  it('shows what hangs from it first, then the receipt that was cut last', async () => {
    const { timers, simulator, print } = printer();
    expect(simulator.lastPaper()).toEqual({ lines: [], isCut: false });
    print('1');
    await timers.until(() => simulator.receipts().length === 1);
    simulator.leaveLines(1);
    print('2');
    await timers.until(() => simulator.condition().paper === 'none');
    expect(simulator.lastPaper()).toMatchObject({ lines: [{ text: '2' }], isCut: false });
    simulator.set({ paper: 'plenty' });
    await timers.until(() => simulator.lastPaper().isCut);
    expect(simulator.lastPaper().lines[0]).toMatchObject({ text: '2' });
  });

  it('is gone when it was torn off', async () => {
    const { timers, simulator, print } = printer();
    print('1');
    await timers.until(() => simulator.receipts().length === 1);
    simulator.tearOff();
    expect(simulator.receipts()).toEqual([]);
    expect(simulator.lastPaper()).toEqual({ lines: [], isCut: false });
  });

  it('does not grow without end under one who feeds it for ever', async () => {
    const { timers, simulator } = printer();
    simulator.receive(new Uint8Array(Array.from({ length: 100 }, () => [0x1b, 0x64, 0xff]).flat()));
    await timers.advance(200);
    expect(simulator.hanging().length).toBeGreaterThan(MOST_PAPER_LINES);
    expect(simulator.hanging().length).toBeLessThanOrEqual(1000);
  });

  it('takes any octets, and prints nothing beyond the edge of its paper', async () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.constantFrom(
        ...['1b40', '1c26', '1d2111', '0a', '1d564200', '1d286b', '1d286b0400315030', '1d286b0300315130'].map(
          (digits) => new Uint8Array(Buffer.from(digits, 'hex')),
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const { timers, simulator } = printer();
        for (const octets of pieces) simulator.receive(octets);
        await timers.advance(1500);
        const printed = [...simulator.receipts().flat(), ...simulator.hanging()];
        const tooLong = printed.filter((text) => !text.startsWith('[QR ') && widthOf(text) > 48);
        expect(tooLong).toEqual([]);
      }),
      { numRuns: 50, examples: [[HALF_CHARACTERS]] },
    );
  });
});

/** Lead octets of Chinese characters before what follows none, on a line that is full. */
const HALF_CHARACTERS = [
  '1c26',
  '20202081',
  '1d286b0300315130',
  `8100${'20'.repeat(6)}`,
  '20'.repeat(26),
  '2081008100',
].map((digits) => new Uint8Array(Buffer.from(digits, 'hex')));

const widthOf = (text: string) =>
  [...text].reduce((width, character) => width + (character <= '~' ? 1 : 2), 0);
