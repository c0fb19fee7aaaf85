import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relaysFor } from '#drivers/lamp/lamp-relays.ts';
import { lcusFrame } from '#drivers/lamp/lcus.ts';
import { coilFrame, crc16, readCoilAnswer } from '#drivers/lamp/modbus-coil.ts';
import { bytes } from '../bytes.ts';

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex').toUpperCase();

describe('a frame for an LCUS board', () => {
  it.each([
    [1, true, 'A00101A2'],
    [1, false, 'A00100A1'],
    [8, true, 'A00801A9'],
  ])('switches channel %i to %s', (channel, on, frame) => {
    expect(hex(lcusFrame({ channel, on }))).toBe(frame);
  });
});

describe('a Modbus frame', () => {
  it.each([
    [1, true, '01050000FF008C3A'],
    [1, false, '010500000000CDCA'],
  ])('switches channel %i to %s', (channel, on, frame) => {
    expect(hex(coilFrame({ channel, on }))).toBe(frame);
  });

  it('has the CRC of the standard', () => {
    expect(crc16(bytes('01 01 00 00 00 08'))).toBe(0xcc3d);
  });

  const frame = coilFrame({ channel: 2, on: true });
  it('is answered by itself', () => {
    expect(readCoilAnswer(frame, frame)).toBe('done');
    expect(readCoilAnswer(frame.subarray(0, 7), frame)).toBe('more-to-come');
    expect(readCoilAnswer(coilFrame({ channel: 1, on: true }), frame)).toBe('damaged');
  });

  it('may be refused, when the refusal is whole', () => {
    const refusal = [0x01, 0x85, 0x02];
    const crc = crc16(refusal);
    expect(readCoilAnswer(Uint8Array.of(...refusal, crc & 0xff, crc >> 8), frame)).toBe('refused');
    expect(readCoilAnswer(Uint8Array.of(...refusal, 0, 0), frame)).toBe('damaged');
  });

  it('is not taken as done for any other answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (answer) => {
        if (hex(answer) === hex(frame)) return;
        expect(readCoilAnswer(answer, frame)).not.toBe('done');
      }),
    );
  });
});

describe('a sign', () => {
  const channels = { green: 1, amber: 2, red: 3 };
  it('is one light, lit after the others went out', () => {
    expect(relaysFor('in-use', channels)).toEqual([
      { channel: 1, on: false },
      { channel: 3, on: false },
      { channel: 2, on: true },
    ]);
    expect(relaysFor('off', channels).some(({ on }) => on)).toBe(false);
    expect(relaysFor('call-staff', channels).at(-1)).toEqual({ channel: 3, on: true });
    expect(relaysFor('free', channels).at(-1)).toEqual({ channel: 1, on: true });
  });

  it('leaves out lights that are not built in', () => {
    expect(relaysFor('in-use', { green: 4, amber: null, red: null })).toEqual([{ channel: 4, on: false }]);
  });
});
