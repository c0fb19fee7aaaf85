import { describe, expect, it } from 'vitest';
import { commandTimeout } from '#drivers/command-session/command.ts';
import { sdtResponseDeframer } from '#drivers/framing/sdt.ts';
import { SDT_COMMANDS, type SdtCommandName, sdtBarriers, sdtCommands } from '#drivers/reader/sdt-commands.ts';
import { bytes } from '../bytes.ts';
import { SDT_ANSWER_VECTORS, SDT_REQUEST_VECTORS } from '../framing/sdt-vectors.ts';

const names = Object.keys(SDT_COMMANDS) as SdtCommandName[];

describe('what is asked of a security module', () => {
  it.each(Object.entries(SDT_REQUEST_VECTORS))('%s is the published frame', (name, hex) => {
    expect(SDT_COMMANDS[name as SdtCommandName].frame).toEqual(bytes(hex));
  });

  it('has a published frame for every command', () => {
    expect(names).toEqual(Object.keys(SDT_REQUEST_VECTORS));
  });

  it('fits one report of 64 bytes', () => {
    for (const name of names) expect(SDT_COMMANDS[name].frame.length).toBeLessThanOrEqual(64);
  });
});

describe('what can be the answer to a command', () => {
  const answer = (name: keyof typeof SDT_ANSWER_VECTORS) => {
    const [response] = sdtResponseDeframer().push(SDT_ANSWER_VECTORS[name]);
    if (!response) throw new Error(`${name} is no frame`);
    return response;
  };

  it.each([
    ['status', ['ok', 'self-test failed', 'not authorised', 'unknown command']],
    ['sam-id', ['sam id', 'self-test failed', 'unknown command']],
    ['find', ['found', 'no card', 'unknown command', 'self-test failed']],
    ['select', ['selected', 'select failed', 'no card', 'read failed']],
    ['read', ['read failed', 'module rejects card', 'select failed', 'unknown command']],
    ['read-fingerprints', ['read failed', 'module rejects card', 'unknown command']],
    ['extra-address', ['new address', 'no extra address', 'read failed', 'no card', 'unknown command']],
    ['card-number', ['read failed', 'unknown command']],
  ] as const)('%s takes its own', (name, own) => {
    for (const each of own) expect([each, SDT_COMMANDS[name].accepts(answer(each))]).toEqual([each, true]);
  });

  it.each([
    ['status', ['found', 'selected', 'sam id', 'new address', 'no extra address']],
    ['sam-id', ['ok', 'found', 'selected', 'new address', 'no extra address']],
    ['find', ['ok', 'selected', 'sam id', 'new address', 'no extra address']],
    ['select', ['ok', 'found', 'sam id', 'new address', 'no extra address']],
    ['read', ['ok', 'found', 'selected', 'sam id', 'new address', 'no extra address']],
    ['read-fingerprints', ['ok', 'found', 'selected', 'sam id', 'new address', 'no extra address']],
    ['extra-address', ['ok', 'found', 'selected', 'sam id']],
    ['card-number', ['ok', 'found', 'selected', 'sam id', 'new address', 'no extra address']],
  ] as const)('%s takes no success of another', (name, others) => {
    for (const each of others)
      expect([each, SDT_COMMANDS[name].accepts(answer(each))]).toEqual([each, false]);
  });

  it.each([
    ['read', [260, 1284]],
    ['read-fingerprints', [262, 774, 1286, 1286 + 512, 1286 + 1024]],
    ['extra-address', [70, 140, 210, 280]],
    ['card-number', [28]],
  ] as const)('%s takes success of these lengths only', (name, lengths) => {
    const accepted = Array.from({ length: 2400 }, (_, length) => length).filter((length) =>
      SDT_COMMANDS[name].accepts({ sw1: 0, sw2: 0, status: 0x90, data: new Uint8Array(length) }),
    );
    expect(accepted).toEqual(expect.arrayContaining([...lengths]));
    // A card without a photo has two fingerprints in as many bytes as one with a photo has none.
    expect(new Set(accepted).size).toBe(lengths.length);
  });

  it('no barrier takes the answer to the other', () => {
    const [status, samId] = sdtBarriers(SDT_COMMANDS);
    expect([status.accepts(answer('ok')), status.accepts(answer('sam id'))]).toEqual([true, false]);
    expect([samId.accepts(answer('ok')), samId.accepts(answer('sam id'))]).toEqual([false, true]);
    for (const barrier of [status, samId]) expect(barrier.accepts(answer('not authorised'))).toBe(true);
  });
});

describe('how long an answer may take', () => {
  it('is the time the module thinks and ten bits for each byte of question and answer', () => {
    const { read, find } = SDT_COMMANDS;
    expect(commandTimeout(find, 115200)).toBe(1000 + Math.ceil(((10 + 15) * 10_000) / 115200));
    expect(commandTimeout(read, 115200)).toBe(3000 + Math.ceil(((10 + 1295) * 10_000) / 115200));
    expect(commandTimeout(read, 9600)).toBe(3000 + Math.ceil(((10 + 1295) * 10_000) / 9600));
    expect(commandTimeout(SDT_COMMANDS['read-fingerprints'], 9600)).toBe(
      3000 + Math.ceil(((10 + 2321) * 10_000) / 9600),
    );
  });

  it('is what the device’s settings say', () => {
    const slow = sdtCommands({ find: 61, select: 62, read: 203, other: 64 });
    expect(Object.fromEntries(names.map((name) => [name, slow[name].thinkingTime]))).toEqual({
      reset: 64,
      status: 64,
      'sam-id': 64,
      find: 61,
      select: 62,
      read: 203,
      'read-fingerprints': 203,
      'extra-address': 64,
      'card-number': 64,
    });
  });
});
