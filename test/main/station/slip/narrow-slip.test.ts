import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { ReceiptSchema } from '#contract/receipt.ts';
import { APPLICATIONS } from '#domain/enrolment/application.ts';
import { LANGUAGES } from '#domain/language.ts';
import { encodeReceipt } from '#drivers/printer/escpos-receipt.ts';
import { createEscPosPrinterSimulator } from '#drivers/simulator/escpos-printer.ts';
import { drawSlip } from '#station/slip/draw-slip.ts';
import { narrowSlip } from '#station/slip/narrow-slip.ts';
import type { SlipContents } from '#station/slip/slip-sheet.ts';
import { SLIP_TEXTS } from '#station/slip/slip-texts.ts';
import { manualTimers } from '../../../drivers/manual-timers.ts';
import { readPdf } from './read-pdf.ts';
import { sampleSlipCode } from './sample-slip.ts';

const contents: SlipContents = {
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  maskedName: '林**',
  maskedNumber: '440***********002X',
  application: 'full',
  at: Date.UTC(2026, 2, 1, 17, 31, 35),
  station: '天河政务服务中心 7 号机',
  sequence: 42,
  state: 'issued',
  statement: sampleSlipCode(),
  language: 'zh-CN',
  simulated: true,
};
const STATES = ['issued', 'collect', 'revoked', 'waiting', 'referred', 'rejected'] as const;
const STORIES: readonly Pick<SlipContents, 'application' | 'state'>[] = [
  { application: 'basic', state: 'issued' },
  { application: 'full', state: 'collect' },
  { application: 'full', state: 'referred' },
  { application: 'upgrade', state: 'rejected' },
  { application: 'report-lost', state: 'rejected' },
  { application: 'report-lost', state: 'waiting' },
];
const COLUMNS = [32, 42, 48] as const;

/** The slip as it comes out of a printer. */
async function paper(changes: Partial<SlipContents>, columns: (typeof COLUMNS)[number]) {
  const timers = manualTimers();
  const printer = createEscPosPrinterSimulator({ columns, timers, send: () => {}, pace: 0 });
  const receipt = narrowSlip({ ...contents, ...changes });
  printer.receive(encodeReceipt({ receipt, columns, cutter: true }));
  await timers.until(() => printer.receipts().length === 1);
  expect(printer.strange).toEqual([]);
  return printer.receipts()[0] ?? [];
}
const squeezed = (text: string) => text.replaceAll(/\s/g, '');

describe('the narrow slip', () => {
  test.each(LANGUAGES)('says everything that the page says, in %s', async (language) => {
    // The hint on the page says at which side the code stands; the roll has no sides.
    const hint = squeezed(SLIP_TEXTS[language]['number.hint']);
    for (const story of STORIES) {
      const changes = { ...story, language, simulated: false } as const;
      const lines = squeezed((await paper(changes, 48)).join(''));
      const page = await readPdf(await drawSlip({ ...contents, ...changes }));
      const words = page.texts.map(({ text }) => squeezed(text)).filter((word) => !hint.includes(word));
      expect(words.length).toBeGreaterThan(20);
      for (const word of words) expect(lines, word).toContain(word);
    }
  });

  test('shows no more of the holder than the page: masked fields, number, statement', () => {
    const all = JSON.stringify(narrowSlip(contents));
    expect(all).toContain('林**');
    expect(all).toContain('440***********002X');
    expect(all).not.toMatch(/\d{15}/);
  });

  test('has the signed statement as its code, and the number where there is none', () => {
    expect(narrowSlip(contents)).toContainEqual({ kind: 'qr', text: contents.statement });
    expect(narrowSlip({ ...contents, statement: '' })).toContainEqual({
      kind: 'qr',
      text: contents.packetId,
    });
  });

  test('of simulated devices says that it counts for nothing', async () => {
    expect((await paper({ simulated: true }, 32)).join('\n')).toContain('由模拟设备生成');
    expect((await paper({ simulated: false }, 32)).join('\n')).not.toContain('模拟');
  });

  test('always fits the contract, and every paper', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LANGUAGES),
        fc.constantFrom(...APPLICATIONS),
        fc.constantFrom(...STATES),
        fc.constantFrom(...COLUMNS),
        (language, application, state, columns) => {
          const receipt = narrowSlip({ ...contents, language, application, state });
          expect(v.safeParse(ReceiptSchema, receipt).success).toBe(true);
          // Small printers hold 4 kB, and the line has no flow control.
          expect(encodeReceipt({ receipt, columns, cutter: true }).length).toBeLessThan(4096);
        },
      ),
    );
  });
});
