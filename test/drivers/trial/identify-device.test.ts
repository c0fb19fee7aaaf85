import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '#contract/device.ts';
import { encodeSsi } from '#drivers/framing/ssi.ts';
import { createEscPosPrinterSimulator } from '#drivers/simulator/escpos-printer.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { identifyDevice } from '#drivers/trial/identify-device.ts';
import { lineTo, type MakeFarEnd, module, PLACE } from './trial-bench.ts';

const SERIAL: Connection = { transport: 'serial', path: PLACE, baudRate: 'probe' };

async function identify(at: Parameters<typeof lineTo>[0] & { readonly connection?: Connection }) {
  const line = lineTo(at);
  const identity = await line.finish(
    identifyDevice({
      connection: at.connection ?? SERIAL,
      connectorFor: (connection) => line.connector(connection),
      timers: line.timers,
    }),
  );
  expect(line.open()).toBe(0);
  return { identity, took: line.timers.monotonic() };
}

const reader: MakeFarEnd = ({ timers, send }) => createSdtReaderSimulator({ baudRate: 115200, timers, send });
const printer: MakeFarEnd = ({ timers, send }) => createEscPosPrinterSimulator({ columns: 48, timers, send });
const ssiScanner: MakeFarEnd = ({ timers, send }) => ({
  receive(bytes) {
    if (bytes[1] !== 0xa3) return;
    const data = new TextEncoder().encode('NBRFMAAC 3');
    timers.after(20, () => send(encodeSsi({ opcode: 0xa4, source: 'scanner', data })));
  },
});

describe('what answers at a connection', () => {
  it('is a reader, with its SAM id and the rate at which it was found', async () => {
    const { identity } = await identify({ farEnd: reader, rate: 57600 });
    expect(identity).toEqual({
      connection: { transport: 'serial', path: PLACE, baudRate: 57600 },
      role: 'reader',
      detail: 'SDT reader, SAM 99.01-20260101-0000000001-0000000001, simulated at 57600 bits/s',
    });
  });

  it('is a reader that is out of order', async () => {
    const { identity } = await identify({ farEnd: module({ '11ff': { status: 0x60 } }) });
    expect(identity).toMatchObject({
      role: 'reader',
      detail: expect.stringMatching(/SW3 60 .*self-test failed/),
    });
  });

  it('is a receipt printer, which prints nothing of what it was asked', async () => {
    const kept: { printer?: ReturnType<typeof createEscPosPrinterSimulator> } = {};
    const { identity } = await identify({
      rate: 9600,
      farEnd: ({ timers, send }) => {
        kept.printer = createEscPosPrinterSimulator({ columns: 48, timers, send });
        return kept.printer;
      },
    });
    expect(identity).toMatchObject({ role: 'printer', connection: { baudRate: 9600 } });
    expect(kept.printer?.receipts()).toEqual([]);
    expect(kept.printer?.hanging()).toEqual([]);
    expect(kept.printer?.strange).toEqual([]);
  });

  it('is a scanner with SSI', async () => {
    const { identity } = await identify({ farEnd: ssiScanner, rate: 9600 });
    expect(identity).toMatchObject({
      role: 'scanner',
      detail: expect.stringContaining('revision NBRFMAAC 3'),
    });
  });

  it('is nothing that tells, found out in less time than the console waits', async () => {
    const { identity, took } = await identify({ farEnd: () => ({ receive: () => {} }) });
    expect(identity).toMatchObject({
      role: null,
      connection: SERIAL,
      detail: expect.stringMatching(/^nothing answers/),
    });
    expect(took).toBeLessThan(30_000);
  });

  it('is looked for at the one rate that was named', async () => {
    const connection: Connection = { transport: 'serial', path: PLACE, baudRate: 9600 };
    const { identity } = await identify({ farEnd: reader, rate: 115200, connection });
    expect(identity.role).toBe(null);
    expect(await identify({ farEnd: printer, rate: 9600, connection })).toMatchObject({
      identity: { role: 'printer' },
    });
  });

  it('on HID is asked as a reader only', async () => {
    const heard: number[] = [];
    const connection: Connection = { transport: 'hid', path: PLACE, reportId: 0, reportSize: 64 };
    const farEnd: MakeFarEnd = (parts) => {
      const inner = reader(parts);
      return {
        receive(bytes) {
          heard.push(bytes[0] ?? 0);
          inner.receive(bytes);
        },
      };
    };
    expect((await identify({ farEnd, connection })).identity.role).toBe('reader');
    expect(new Set(heard)).toEqual(new Set([0xaa]));
  });

  it('cannot be told where another program holds the line', async () => {
    const { identity } = await identify({
      farEnd: () => ({ receive: () => {} }),
      openFault: { reason: 'busy', detail: 'Cannot lock port' },
    });
    expect(identity).toMatchObject({
      role: null,
      detail: expect.stringContaining('held by another program'),
    });
  });

  it('may be any bytes: the answer is in the bounds of the contract, and nothing is left open', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 8 }),
        async (answers) => {
          let next = 0;
          const { identity, took } = await identify({
            farEnd: ({ timers, send }) => ({
              receive() {
                const answer = answers[next % answers.length] ?? new Uint8Array();
                next += 1;
                timers.after(5, () => send(answer));
              },
            }),
          });
          expect(identity.detail.length).toBeLessThanOrEqual(400);
          expect(took).toBeLessThan(30_000);
        },
      ),
      { numRuns: 40 },
    );
  });
});
