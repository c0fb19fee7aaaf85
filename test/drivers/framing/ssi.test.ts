import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSsi, SSI, SSI_NAK, type SsiFrame, ssiDeframer } from '#drivers/framing/ssi.ts';
import { bytes, cut, join } from '../bytes.ts';

const HELLO = bytes('0A F3 00 00 1C 48 45 4C 4C 4F FD 73');
const HELLO_DATA = bytes('1C 48 45 4C 4C 4F');

function read(...chunks: readonly Uint8Array[]): SsiFrame[] {
  const deframer = ssiDeframer('scanner');
  return chunks.flatMap((chunk) => deframer.push(chunk));
}
const packets = (frames: readonly SsiFrame[]) =>
  frames.flatMap((frame) => (frame.kind === 'packet' ? [frame.packet] : []));

describe('SSI packets, written as the published vectors have them', () => {
  it.each([
    ['ACK', SSI.ack, '04 D0 04 00 FF 28'],
    ['start session', SSI.startSession, '04 E4 04 00 FF 14'],
    ['stop session', SSI.stopSession, '04 E5 04 00 FF 13'],
    ['scan enable', SSI.scanEnable, '04 E9 04 00 FF 0F'],
    ['scan disable', SSI.scanDisable, '04 EA 04 00 FF 0E'],
  ])('%s', (_, opcode, hex) => {
    expect(encodeSsi({ opcode, source: 'host' })).toEqual(bytes(hex));
  });

  it('NAK, resend', () => {
    const data = Uint8Array.of(SSI_NAK.resend);
    expect(encodeSsi({ opcode: SSI.nak, source: 'host', data })).toEqual(bytes('05 D1 04 00 01 FF 25'));
  });

  it("the decoder's ACK and a decoded HELLO", () => {
    expect(encodeSsi({ opcode: SSI.ack, source: 'scanner' })).toEqual(bytes('04 D0 00 00 FF 2C'));
    expect(encodeSsi({ opcode: SSI.decodeData, source: 'scanner', data: HELLO_DATA })).toEqual(HELLO);
  });
});

describe('SSI packets, read', () => {
  it('HELLO, one byte at a time', () => {
    expect(read(...Array.from(HELLO, (byte) => Uint8Array.of(byte)))).toEqual([
      {
        kind: 'packet',
        packet: { opcode: SSI.decodeData, retransmit: false, continued: false, data: HELLO_DATA },
      },
    ]);
  });

  it('the status bits, and no others', () => {
    const packet = (status: string, sum: string) => packets(read(bytes(`05 F3 00 ${status} 41 ${sum}`)))[0];
    expect(packet('01', 'FE C6')).toMatchObject({ retransmit: true, continued: false });
    expect(packet('02', 'FE C5')).toMatchObject({ retransmit: false, continued: true });
    expect(packet('20', 'FE A7')).toMatchObject({ retransmit: false, continued: false });
  });

  it('a wrong checksum, then good packets: the next that is whole within the longest length is read', () => {
    const bad = HELLO.slice();
    bad[6] = 0x46;
    const frames = read(join(bad, ...Array.from({ length: 25 }, () => HELLO)));
    expect(frames[0]?.kind).toBe('damaged');
    expect(packets(frames).at(-1)?.data).toEqual(HELLO_DATA);
  });

  it.each(['00', '03'])('length %s is none', (length) => {
    expect(read(join(bytes(length), HELLO)).map(({ kind }) => kind)).toEqual(['damaged', 'packet']);
  });

  it("does not take the host's own words, sent back, for the scanner's", () => {
    expect(packets(read(bytes('04 E4 04 00 FF 14')))).toEqual([]);
  });

  it('the longest packet', () => {
    const data = new Uint8Array(251).fill(0x41);
    const packet = encodeSsi({ opcode: SSI.decodeData, source: 'scanner', data });
    expect(packet.length).toBe(257);
    expect(packets(read(packet))[0]?.data).toEqual(data);
  });

  it('forgets a begun packet on reset', () => {
    const deframer = ssiDeframer('scanner');
    deframer.push(HELLO.slice(0, 8));
    expect(deframer.pending()).toBe(8);
    deframer.reset();
    expect(deframer.pending()).toBe(0);
    expect(packets(deframer.push(HELLO))).toHaveLength(1);
  });
});

describe('SSI packets, any bytes in any chunks', () => {
  const packet = fc
    .record({
      opcode: fc.integer({ min: 0, max: 255 }),
      retransmit: fc.boolean(),
      continued: fc.boolean(),
      data: fc.uint8Array({ maxLength: 251 }),
    })
    .map((fields) => ({ fields, bytes: encodeSsi({ ...fields, source: 'scanner' }) }));
  const places = fc.array(fc.nat(4000), { maxLength: 40 });

  it('gives every packet of a clean stream', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 6 }), places, (all, at) => {
        const whole = join(...all.map((each) => each.bytes));
        expect(read(...cut(whole, at))).toEqual(all.map((each) => ({ kind: 'packet', packet: each.fields })));
      }),
    );
  });

  it('never throws, keeps no more than a packet, and reads the same however it is cut', () => {
    const part = fc.oneof(
      packet.map((each) => each.bytes),
      packet.map((each) => each.bytes.slice(0, -1)),
      fc.uint8Array({ maxLength: 600 }),
    );
    const stream = fc.array(part, { maxLength: 8 }).map((parts) => join(...parts));
    fc.assert(
      fc.property(stream, places, (whole, at) => {
        const deframer = ssiDeframer('scanner');
        const frames = cut(whole, at).flatMap((chunk) => {
          const some = deframer.push(chunk);
          expect(deframer.pending()).toBeLessThan(257);
          return some;
        });
        expect(frames).toEqual(read(whole));
      }),
      { numRuns: 500 },
    );
  });
});
