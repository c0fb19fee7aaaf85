import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lcusFrame } from '#drivers/lamp/lcus.ts';
import { createLcusRelaySimulator } from '#drivers/simulator/lcus-relays.ts';
import { bytes } from '../bytes.ts';

const relay = fc.record({ channel: fc.integer({ min: 1, max: 8 }), on: fc.boolean() });
const joined = (frames: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(frames));

describe('a simulated board of LCUS relays', () => {
  it('switches what it is told, and keeps the rest', () => {
    const board = createLcusRelaySimulator();
    board.receive(bytes('A0 02 01 A3'));
    board.receive(bytes('A0 01 01 A2'));
    expect(board.lit()).toEqual([1, 2]);
    board.receive(bytes('A0 02 00 A2'));
    expect(board.lit()).toEqual([1]);
  });

  it.each([
    ['a wrong sum', 'A0 01 01 A3'],
    ['a channel that it does not have', 'A0 09 01 AA'],
    ['a state that is neither on nor off', 'A0 01 02 A3'],
    ['half a command', 'A0 01 01'],
  ])('does nothing on %s', (_, wrong) => {
    const board = createLcusRelaySimulator();
    board.receive(bytes(wrong));
    expect(board.lit()).toEqual([]);
  });

  it('finds the next command behind one that lost an octet', () => {
    const board = createLcusRelaySimulator();
    board.receive(bytes('A0 01 A2 A0 03 01 A4'));
    expect(board.lit()).toEqual([3]);
  });

  it('is dark when it has lost its power, and has forgotten what it had half heard', () => {
    const board = createLcusRelaySimulator();
    board.receive(bytes('A0 01 01 A2 A0 02'));
    board.losePower();
    board.receive(bytes('01 A3'));
    expect(board.lit()).toEqual([]);
  });

  it('shows what the last command for each channel said, however the octets are cut', () => {
    fc.assert(
      fc.property(fc.array(relay), fc.integer({ min: 1, max: 9 }), (relays, size) => {
        const board = createLcusRelaySimulator();
        const said = joined(relays.map(lcusFrame));
        for (let at = 0; at < said.length; at += size) board.receive(said.subarray(at, at + size));
        const last = new Map(relays.map(({ channel, on }) => [channel, on]));
        const lit = [...last].filter(([, on]) => on).map(([channel]) => channel);
        expect(board.lit()).toEqual(lit.sort());
      }),
    );
  });

  it('takes any octets, and understands a command that is said twice behind them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), relay, (octets, wanted) => {
        const board = createLcusRelaySimulator();
        board.receive(octets);
        // The end of the rubbish may have taken the beginning of the first one with it.
        board.receive(joined([lcusFrame(wanted), lcusFrame(wanted)]));
        expect(board.lit().includes(wanted.channel)).toBe(wanted.on);
      }),
    );
  });
});
