import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HidPosScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { encodeSsi, SSI, ssiDeframer } from '#drivers/framing/ssi.ts';
import { maskFor } from '#drivers/recording/mask-traffic.ts';
import { cut, join } from '../bytes.ts';
import { HID_SCANNER, SSI_SCANNER } from '../scanner/scanner-bench.ts';
import { simulatedSsi } from '../scanner/simulated-ssi.ts';
import { recordScans, replayScans, scanNames } from './recorded-scans.ts';
import { hidReports, ssiPackets } from './streams-of-a-person.ts';

const utf8 = (words: string) => new TextEncoder().encode(words);
const codeBytes = fc.oneof(
  fc.stringMatching(/^[0-9A-Z:]{1,60}$/).map(utf8),
  fc.string({ minLength: 1, maxLength: 600 }).map(utf8),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map(utf8),
  fc.uint8Array({ minLength: 1, maxLength: 80 }),
  fc.constantFrom('code\r\n', '例', 'x\r').map(utf8),
);
const device = HID_SCANNER satisfies HidPosScannerDevice;

/** Bytes of each text that was taken, and what was refused. A device is told again with its counts, at its own times. */
const outcome = (reports: readonly DriverReport[]) =>
  reports.flatMap((report): (string | number)[] => {
    if (report.type === 'device') return [];
    return report.type === 'scan' ? [utf8(report.text).length] : scanNames([report]);
  });

async function sameAsLive(live: Awaited<ReturnType<typeof recordScans>>): Promise<void> {
  const { reports, fault } = await replayScans(live.recording);
  expect(fault).toBeNull();
  expect(outcome(reports)).toEqual(outcome(live.reports));
}

function ssiMasked(chunks: readonly Uint8Array[]): Uint8Array {
  const mask = maskFor(SSI_SCANNER);
  return join(...chunks.map((chunk) => mask.heard(chunk, 0)), mask.settle());
}

describe('a recording of an SSI scanner', () => {
  const secrets = fc.stringMatching(/^[0-9A-Z:]{8,700}$/);

  it('keeps the packets’ heads, makes their checksums right again, and holds no four bytes of a code', () => {
    fc.assert(
      fc.property(secrets, fc.array(fc.nat()), (code, places) => {
        const stream = ssiPackets(28, utf8(code));
        const written = ssiMasked(cut(stream, places));
        const frames = ssiDeframer('scanner').push(written);
        const live = ssiDeframer('scanner').push(stream);
        const heads = (all: typeof live) =>
          all.map((frame) =>
            frame.kind === 'packet'
              ? { ...frame.packet, data: [frame.packet.data[0], frame.packet.data.length] }
              : 'damaged',
          );
        expect(heads(frames)).toEqual(heads(live));
        for (let at = 0; at + 4 <= code.length; at += 1)
          expect(Buffer.from(written).includes(code.slice(at, at + 4))).toBe(false);
      }),
    );
  });

  it('is the same however the stream is cut, damaged or not', () => {
    const piece = fc.oneof(
      codeBytes.map((code) => ssiPackets(28, code, 60)),
      fc.uint8Array({ maxLength: 40 }),
      fc.tuple(codeBytes, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([code, at, flip]) => {
        const packets = ssiPackets(28, code);
        packets[at % packets.length] = (packets[at % packets.length] ?? 0) ^ flip;
        return packets;
      }),
    );
    const kinds = (stream: readonly Uint8Array[]) => {
      const deframer = ssiDeframer('scanner');
      return stream.flatMap((chunk) => deframer.push(chunk)).map(({ kind }) => kind);
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.array(fc.nat()), (pieces, places) => {
        const stream = join(...pieces);
        const chunks = cut(stream, places);
        const written = ssiMasked(chunks);
        expect(written).toHaveLength(stream.length);
        let from = 0;
        const again = chunks.map((chunk) => {
          from += chunk.length;
          return written.subarray(from - chunk.length, from);
        });
        expect(kinds(again)).toEqual(kinds(chunks));
      }),
    );
  });

  it('tells a part that was sent again from one that only is as long', () => {
    const part = (words: string, retransmit: boolean) =>
      encodeSsi({
        opcode: SSI.decodeData,
        source: 'scanner',
        continued: true,
        retransmit,
        data: Uint8Array.of(28, ...utf8(words)),
      });
    const written = ssiMasked([part('one', false), part('one', true), part('two', true)]);
    const [first, second, third] = ssiDeframer('scanner')
      .push(written)
      .map((frame) => (frame.kind === 'packet' ? [...frame.packet.data] : null));
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
  });

  it('replays to the same scans and refusals as live', async () => {
    await fc.assert(
      fc.asyncProperty(codeBytes, fc.array(fc.nat(), { maxLength: 4 }), async (code, places) => {
        const live = await recordScans({
          device: SSI_SCANNER,
          scanner({ timers, send }) {
            const simulator = simulatedSsi({ timers, send, onLine: (bytes) => cut(bytes, places) });
            return {
              receive: simulator.receive,
              begin: () => simulator.show(new TextDecoder().decode(code)),
            };
          },
        });
        expect(outcome(live.reports)).toHaveLength(1);
        await sameAsLive(live);
      }),
      { numRuns: 40 },
    );
  });

  it('replays to the same scans when a packet is damaged or its end lost', async () => {
    for (const spoil of [
      (bytes: Uint8Array) => bytes.map((byte, at) => (at === 9 ? byte ^ 4 : byte)),
      (bytes: Uint8Array) => bytes.subarray(0, 12),
      (bytes: Uint8Array) => join(Uint8Array.of(0xff, 0x41, 0x00, 0x42), bytes),
    ]) {
      const live = await recordScans({
        device: SSI_SCANNER,
        time: 8000,
        scanner({ timers, send }) {
          const onLine = (bytes: Uint8Array, count: number) => [count === 3 ? spoil(bytes) : bytes];
          const simulator = simulatedSsi({ timers, send, onLine });
          return { receive: simulator.receive, begin: () => simulator.show('A'.repeat(600)) };
        },
      });
      expect(outcome(live.reports)).toContain(600);
      await sameAsLive(live);
    }
  });
});

describe('a recording of a HID POS scanner', () => {
  it('keeps counts and AIM, and nothing of the code', () => {
    const mask = maskFor(device);
    const written = hidReports(utf8('SECRETS-OF-SOMEBODY'.repeat(4))).map((report) => mask.heard(report, 0));
    expect(written.map((report) => Buffer.from(report.subarray(0, 8)).toString('latin1'))).toEqual([
      '\u00028]Q1xxx',
      '\u0002\u0014]Q1xxx',
    ]);
    expect(written.map((report) => report.at(-1))).toEqual([1, 0]);
    expect(Buffer.concat(written).toString('latin1')).not.toMatch(/SECR|BODY|-OF-/);
  });

  it('writes what is no report of its layout as one that is none either', () => {
    for (const report of [utf8('secret'), new Uint8Array(64).fill(0x41)]) {
      expect(new Set(maskFor(device).heard(report, 0))).toEqual(new Set([0x58]));
    }
  });

  it.each(['honeywell', 'minimal', 'counted', 'newland'] as const)(
    'replays to the same scans and refusals as live (%s)',
    async (layout) => {
      await fc.assert(
        fc.asyncProperty(fc.array(codeBytes, { minLength: 1, maxLength: 3 }), async (codes) => {
          const reports = codes.flatMap((code) => reportsOf(layout, code));
          const live = await recordScans({
            device: { ...device, layout },
            time: 5000,
            scanner: ({ timers, send }) => ({
              receive: () => {},
              begin() {
                for (const [index, report] of reports.entries()) timers.after(index * 20, () => send(report));
              },
            }),
          });
          await sameAsLive(live);
        }),
        { numRuns: 25 },
      );
    },
  );

  it('replays a code whose end was lost, a wrong report and a scanner’s answer', async () => {
    const answer = join(Uint8Array.of(2, 1), utf8('0000#SCNTRG1'), Uint8Array.of(6, 0x3b, 3));
    const cases = [
      { layout: 'honeywell', reports: hidReports(utf8('A'.repeat(100))).slice(0, 1) },
      { layout: 'honeywell', reports: [utf8('no report'), ...hidReports(utf8('A'))] },
      { layout: 'honeywell', reports: hidReports(Uint8Array.of(0x41, 6), ']Z6') },
      { layout: 'newland', reports: reportsOf('newland', answer) },
    ] as const;
    for (const { layout, reports } of cases) {
      const live = await recordScans({
        device: { ...device, layout },
        scanner: ({ send }) => ({
          receive: () => {},
          begin() {
            for (const report of reports) send(report);
          },
        }),
      });
      await sameAsLive(live);
    }
  });
});

/** A code as a scanner of each layout reports it. */
function reportsOf(layout: HidPosScannerDevice['layout'], code: Uint8Array): Uint8Array[] {
  return hidReports(code).map((report) => {
    if (layout === 'honeywell') return report;
    const count = report[1] ?? 0;
    const data = report.subarray(5, 5 + count);
    const made = new Uint8Array(64);
    const head = { minimal: [2, ...utf8(']Q1')], counted: [2, count, ...utf8(']Q1')], newland: [2, count] };
    made.set([...head[layout], ...data]);
    if (layout === 'minimal') made[60] = report[63] ?? 0;
    if (layout === 'counted') made[61] = report[63] ?? 0;
    return made;
  });
}
