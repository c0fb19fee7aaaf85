import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect as tcpConnect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeviceSchema } from '#contract/device.ts';
import { DOCK_METHODS } from '#contract/dock-api.ts';
import { decodeCard } from '#domain/identity/decode-card.ts';
import { fillCardBox } from '#drivers/simulator/card-box.ts';
import { loadOtherCards } from '#drivers/simulator/other-cards.ts';
import { loadPeople } from '#drivers/simulator/people.ts';
import { openPtyPair } from '#drivers/simulator/pty.ts';
import type { Simulators } from '#drivers/simulator/start-simulators.ts';
import { startSimulators } from '#drivers/simulator/start-simulators.ts';
import { serialTransport } from '#drivers/transport/serial.ts';
import { eventually } from '../eventually.ts';

const people = loadPeople(new URL('../../../resources/demo/people.json', import.meta.url));
const otherCards = loadOtherCards(new URL('../../../resources/demo/other-cards.json', import.meta.url));
const noPortraits = new URL('file:///nowhere/');
const folder = mkdtempSync(join(tmpdir(), 'simulators-'));
const registry = createServer((socket) => socket.pipe(socket));
let simulators: Simulators;

beforeAll(async () => {
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const address = registry.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  simulators = await startSimulators({
    folder,
    people,
    registryAddress: { host: '127.0.0.1', port: address.port },
    portraitFolder: noPortraits,
  });
});
afterAll(async () => {
  await simulators.stop();
  registry.close();
  rmSync(folder, { recursive: true });
});

/** Sends a word through the wire and gives back what comes; rejects when the wire is cut. */
function echo(word: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tcpConnect({ host: '127.0.0.1', port: simulators.networkPort ?? 0 });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed')));
    socket.on('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.write(word);
  });
}

describe('the simulators', () => {
  it('give devices that a station’s settings take', () => {
    for (const device of simulators.list) {
      expect(v.parse(DeviceSchema, device)).toEqual(device);
      expect(device.simulated).toBe(true);
    }
  });

  it('tell the dock who there is', async () => {
    const state = v.parse(DOCK_METHODS.state.output, await simulators.dock.state({}));
    expect(state.people.map(({ id }) => id)).toEqual([
      ...people.map(({ id }) => id),
      'permit',
      'foreigner-2017',
      'foreigner-2023',
      'bus-card',
    ]);
    expect(state).toMatchObject({ card: null, readerPlugged: true, scannerPlugged: true, network: 'up' });
  });

  it('stand without printer and lamp unless these were asked for', async () => {
    expect(simulators.list.map(({ role }) => role)).toEqual(['reader', 'scanner']);
    expect(await simulators.dock.state({})).toMatchObject({ counter: null });
    expect(() => simulators.dock.tearOff({})).toThrow('neither printer nor lamp');
    await expect(simulators.dock.plug({ device: 'lamp', plugged: false })).rejects.toThrow(
      'neither printer nor lamp',
    );
  });

  it('lay a card down and lift it', async () => {
    await simulators.dock.insertCard({ person: 'lin' });
    expect(await simulators.dock.state({})).toMatchObject({ card: 'lin' });
    await simulators.dock.liftCard({});
    expect(await simulators.dock.state({})).toMatchObject({ card: null });
    expect(() => simulators.dock.insertCard({ person: 'nobody' })).toThrow('no card called "nobody"');
  });

  it('send what is shown to the scanner over its line', async () => {
    const line = serialTransport({ path: simulators.scannerPath, baudRate: 115200 });
    let received = '';
    line.onData((bytes) => {
      received += new TextDecoder().decode(bytes);
    });
    await line.open();
    const code = `EIDP1:${'A'.repeat(500)}`;
    await simulators.dock.showCode({ text: code });
    await simulators.dock.showCode({ text: 'second' });
    await eventually(() => expect(received).toBe(`${code}\rsecond\r`));
    await line.close();
  });

  it('pull a device’s plug and put it back', async () => {
    await simulators.dock.plug({ device: 'reader', plugged: false });
    expect(existsSync(simulators.readerPath)).toBe(false);
    expect(await simulators.dock.state({})).toMatchObject({ readerPlugged: false });
    await simulators.dock.plug({ device: 'reader', plugged: true });
    expect(existsSync(simulators.readerPath)).toBe(true);
  });

  it('cut the wire to the registry, with what is under way on it, and restore it', async () => {
    expect(await echo('one')).toBe('one');
    const open = tcpConnect({ host: '127.0.0.1', port: simulators.networkPort ?? 0 });
    const ended = new Promise<void>((resolve) => open.on('close', () => resolve()));
    open.on('error', () => {});
    await new Promise<void>((resolve) => open.on('connect', resolve));
    await simulators.dock.setNetwork({ network: 'cut' });
    await ended;
    await expect(echo('two')).rejects.toThrow();
    expect(await simulators.dock.state({})).toMatchObject({ network: 'cut' });
    await simulators.dock.setNetwork({ network: 'up' });
    expect(await echo('three')).toBe('three');
  });

  it('play a fault script, and say what of it is still to come', async () => {
    const script = 'on read: silence\non scan: drop-byte 0';
    expect(await simulators.dock.setFaults({ script })).toEqual({ mistake: null });
    expect(await simulators.dock.state({})).toMatchObject({ faults: script });
    expect(await simulators.dock.setFaults({ script: 'on read: dance' })).toEqual({
      mistake: { line: 1, reason: 'no-such-fault' },
    });
    expect(await simulators.dock.state({})).toMatchObject({ faults: script });
    await simulators.dock.setFaults({ script: '' });
    expect(await simulators.dock.state({})).toMatchObject({ faults: '' });
  });
});

describe('the cards in the box', () => {
  const box = fillCardBox({ people, portraitFolder: noPortraits });

  it.each(people.map((person) => [person.id, person] as const))(
    '%s’s reads back as who it is',
    (id, person) => {
      const card = box.find((each) => each.id === id)?.card;
      expect(card?.kind === 'identity' && decodeCard(card.text)).toEqual({
        ok: true,
        value: {
          kind: 'resident',
          name: person.name,
          sex: person.sex,
          ethnicCode: person.ethnicCode,
          birth: person.birth,
          address: person.address,
          number: person.number,
          authority: person.authority,
          validFrom: person.validFrom,
          validUntil: person.validUntil,
        },
      });
    },
  );

  it.each(otherCards.map((other) => [other.id, other] as const))(
    '%s’s, invented too, reads back as who it is',
    (id, other) => {
      const card = box.find((each) => each.id === id)?.card;
      expect(card?.kind === 'identity' && decodeCard(card.text)).toEqual({ ok: true, value: other.card });
    },
  );

  it('are of every kind that the reader knows', () => {
    expect(new Set(otherCards.map(({ card }) => card.kind))).toEqual(
      new Set(['residence-permit', 'foreigner-2017', 'foreigner-2023']),
    );
  });

  it('say where a file of theirs is wrong', () => {
    const file = join(folder, 'other-cards.json');
    const [other] = otherCards;
    writeFileSync(file, JSON.stringify([{ ...other, invented: false }]));
    expect(() => loadOtherCards(file)).toThrow('0.invented');
  });
});

describe('a cable of pseudo-terminals', () => {
  it('says what to install when socat is missing', async () => {
    const path = process.env.PATH;
    process.env.PATH = folder;
    try {
      await expect(openPtyPair({ near: join(folder, 'a'), far: join(folder, 'b') })).rejects.toThrow(
        'apt-get install socat',
      );
    } finally {
      process.env.PATH = path;
    }
  });

  it('says where it could not be made', async () => {
    await expect(
      openPtyPair({ near: join(folder, 'no/such/a'), far: join(folder, 'no/such/b') }),
    ).rejects.toThrow(join(folder, 'no/such/a'));
  });
});
