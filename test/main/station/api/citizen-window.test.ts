import { describe, expect, it } from 'vitest';
import { PLAIN_CAMERA } from '#contract/camera-profile.ts';
import type { Channel } from '#contract/channel.ts';
import { CallError, connect } from '#contract/rpc.ts';
import { CITIZEN_METHODS, CITIZEN_PUSHES } from '#contract/station-api.ts';
import { TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { citizenWindow } from '#station/api/citizen-window.ts';
import { silentLog } from '#station/log/station-log.ts';
import { memoryChannelPair } from '../../../contract/memory-channel.ts';
import { settle } from '../../../drivers/manual-timers.ts';
import { openHall } from '../session/hall.ts';

function openWindow() {
  const hall = openHall();
  const warnings: { code: string; fields: unknown }[] = [];
  const window = citizenWindow({
    sessions: hall.sessions,
    camera: { ...PLAIN_CAMERA, rotation: 90 },
    log: { ...silentLog, warn: (code, fields) => warnings.push({ code, fields }) },
    newId: () => '7f3b9f6c-0000-4000-8000-000000000001',
  });
  return { hall, window, warnings, openPage: () => openPage(window.attach) };
}

function openPage(attach: (channel: Channel) => void) {
  const [station, page] = memoryChannelPair();
  attach(station);
  const client = connect({ channel: page, methods: CITIZEN_METHODS, pushes: CITIZEN_PUSHES });
  const snapshots: Snapshot[] = [];
  const commands: unknown[] = [];
  client.on('snapshot', (snapshot) => snapshots.push(snapshot));
  client.on('face', (command) => commands.push(command));
  return { client, page, snapshots, commands };
}

describe('a citizen’s page', () => {
  it('asks for the screen, touches it and is told what changes', async () => {
    const { openPage } = openWindow();
    const { client, snapshots } = openPage();
    expect((await client.call('attach', {})).screen.name).toBe('attract');
    expect(await client.call('act', { event: { type: 'start' } })).toEqual({ accepted: true });
    await settle();
    expect(snapshots.map(({ screen }) => screen.name)).toEqual(['language']);
  });

  it('is told that a touch came too late', async () => {
    const { openPage } = openWindow();
    const { client } = openPage();
    expect(await client.call('act', { event: { type: 'submit' } })).toEqual({ accepted: false });
  });

  it('comes back after a reload to the same screen', async () => {
    const { hall, openPage } = openWindow();
    const before = openPage();
    await hall.goTo('phone');
    const after = openPage();
    expect((await after.client.call('attach', {})).screen).toEqual({ name: 'phone', problem: null });
    await settle();
    await expect(before.client.call('act', { event: { type: 'back' } })).rejects.toThrow(CallError);
    hall.touch('back');
    await settle();
    expect(after.snapshots.map(({ screen }) => screen.name)).toEqual(['consent']);
    expect(before.snapshots.at(-1)?.screen.name).toBe('phone');
  });

  it('comes back after a crash in the face step, and its camera is started again', async () => {
    const { hall, openPage } = openWindow();
    openPage().page.close();
    await hall.goTo('face');
    const { client, commands } = openPage();
    await client.call('attach', {});
    await settle();
    expect(commands).toEqual([{ type: 'stop' }, { type: 'start', attempt: 1 }]);
  });

  it('sends frames and pictures, which reach the try under way as octets', async () => {
    const { hall, openPage } = openWindow();
    const { client } = openPage();
    await hall.goTo('face');
    const seen: unknown[] = [];
    const face = hall.sessions.face();
    if (!face) throw new Error('no face step');
    face.frames = (batch) => seen.push(batch);
    face.keyFrame = (picture) => seen.push(picture);
    const points = Int16Array.from({ length: TRACKED_POINTS.length * 3 }, (_, index) => index - 100);
    await client.call('sendFrames', {
      attempt: 1,
      sentAt: 20,
      frames: [
        {
          at: 10,
          width: 640,
          height: 480,
          faces: 1,
          points: Buffer.from(points.buffer).toString('base64'),
          secondFaceShare: 0,
          texture: null,
          colour: null,
          digest: 0,
          light: null,
        },
      ],
    });
    await client.call('sendKeyFrame', {
      requestId: 1,
      at: 30,
      jpeg: Buffer.from([1, 2, 250]).toString('base64'),
    });
    expect(seen).toEqual([
      {
        attempt: 1,
        sentAt: 20,
        frames: [
          {
            at: 10,
            width: 640,
            height: 480,
            faces: 1,
            points,
            secondFaceShare: 0,
            texture: null,
            colour: null,
            digest: 0,
            light: null,
          },
        ],
      },
      { requestId: 1, at: 30, jpeg: Uint8Array.of(1, 2, 250) },
    ]);
  });

  it('asks how the camera is built in', async () => {
    const { openPage } = openWindow();
    const { client } = openPage();
    expect(await client.call('cameraProfile', {})).toEqual({ ...PLAIN_CAMERA, rotation: 90 });
  });

  it('sends frames when no face is asked for: they reach nobody', async () => {
    const { openPage } = openWindow();
    const { client } = openPage();
    expect(await client.call('sendFrames', { attempt: 1, sentAt: 20, frames: [] })).toEqual({});
  });
});

describe('a page that is not what it should be', () => {
  it.each([
    ['no JSON', '{'],
    ['no call', '{"kind":"push","event":"x","payload":1}'],
    ['far too long', `"${'x'.repeat(500_000)}"`],
    ['nothing', ''],
  ])('sends %s: it is counted, logged once for many, and changes nothing', async (_, message) => {
    const { hall, window, warnings, openPage } = openWindow();
    const { page } = openPage();
    for (let count = 0; count < 9; count += 1) page.send(message);
    await settle();
    expect(window.unreadable).toBe(9);
    expect(warnings.map(({ fields }) => fields)).toEqual(
      [1, 2, 4, 8].map((count) => ({ count, bytes: message.length })),
    );
    hall.screen('attract');
  });

  it.each([
    ['an unknown method', { method: 'provision', input: {} }, { reason: 'unknown-method' }],
    ['a property of every object', { method: 'constructor', input: {} }, { reason: 'unknown-method' }],
    [
      'an unknown event',
      { method: 'act', input: { event: { type: 'card.accepted' } } },
      { reason: 'bad-input' },
    ],
    [
      'a station’s event',
      { method: 'act', input: { event: { type: 'face.passed' } } },
      { reason: 'bad-input' },
    ],
    [
      'a field too many',
      { method: 'act', input: { event: { type: 'start', admin: true } } },
      { reason: 'bad-input' },
    ],
    [
      'a password too long',
      { method: 'submitPassword', input: { password: '1'.repeat(17), repeat: '' } },
      { reason: 'bad-input' },
    ],
  ])('calls with %s: refused, by name and place', async (_, call, fault) => {
    const { hall, openPage } = openWindow();
    const { page } = openPage();
    const answers: string[] = [];
    page.onMessage((message) => answers.push(message));
    page.send(JSON.stringify({ kind: 'call', id: 1, ...call }));
    await settle();
    expect(answers.map((answer) => JSON.parse(answer))).toEqual([
      { kind: 'fault', id: 1, fault: expect.objectContaining(fault) },
    ]);
    hall.screen('attract');
  });

  const FRAME = {
    ...{ at: 1, width: 640, height: 480, faces: 0, points: null, secondFaceShare: 0 },
    ...{ light: null, texture: null, colour: null, digest: 1 },
  };
  const sendFrame = (change: object) => ({ attempt: 1, sentAt: 2, frames: [{ ...FRAME, ...change }] });
  it.each([
    ['sendFrames', sendFrame({ at: Number.NaN })],
    ['sendFrames', sendFrame({ digest: 2 ** 33 })],
    ['sendFrames', sendFrame({ texture: { moire: Number.POSITIVE_INFINITY, bezel: 0 } })],
    ['sendFrames', sendFrame({ colour: { face: { red: 2, green: 0, blue: 0 }, surround: null } })],
    ['sendFrames', sendFrame({ points: 'A'.repeat(100_000) })],
    ['sendFrames', { attempt: 1, sentAt: 2, frames: Array.from({ length: 65 }, () => FRAME) }],
    ['reportPrompt', { attempt: 1, index: 0, action: 'fly', at: 1 }],
    ['reportFlash', { attempt: 1, index: 0, colour: 'red', at: 1 }],
    ['reportFlash', { attempt: 3, index: 0, colour: 'blue', at: 1 }],
    ['reportFlash', { attempt: 1, index: 0, colour: 'blue', at: Number.NaN }],
    ['sendKeyFrame', { requestId: 1, at: 1, jpeg: 'A'.repeat(90_004) }],
    ['reportCamera', { state: 'fine', label: '', deviceId: '', width: 1, height: 1 }],
    ['act', { event: { type: 'exchange-actions', actions: ['fly'] } }],
  ])('gives %s what no page of ours does: refused, and logged by its method', async (method, input) => {
    const { warnings, openPage } = openWindow();
    const { page } = openPage();
    const answers: string[] = [];
    page.onMessage((message) => answers.push(message));
    for (let id = 1; id < 4; id += 1) page.send(JSON.stringify({ kind: 'call', id, method, input }));
    await settle();
    expect(answers.map((answer) => JSON.parse(answer).fault.reason)).toEqual(
      Array.from({ length: 3 }, () => 'bad-input'),
    );
    expect(warnings.map(({ fields }) => fields)).toEqual([
      { method, count: 1 },
      { method, count: 2 },
    ]);
  });

  it('is cut off when another one is attached', async () => {
    const { hall, openPage } = openWindow();
    const first = openPage();
    openPage();
    await settle();
    await expect(first.client.call('act', { event: { type: 'start' } })).rejects.toThrow(CallError);
    hall.screen('attract');
  });
});
