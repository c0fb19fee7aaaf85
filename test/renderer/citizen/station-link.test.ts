import { describe, expect, it } from 'vitest';
import { PLAIN_CAMERA } from '#contract/camera-profile.ts';
import { serve } from '#contract/rpc.ts';
import { CITIZEN_METHODS, CITIZEN_PUSHES, LARGEST_MESSAGE } from '#contract/station-api.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import type { Screen, Snapshot } from '#domain/session/snapshot.ts';
import { linkStation } from '#renderer/citizen/station-link.ts';
import { memoryChannelPair } from '../../contract/memory-channel.ts';

function snapshot(number: number, screen: Screen): Snapshot {
  return {
    number,
    language: 'en',
    screen,
    progress: null,
    canGoBack: false,
    canCancel: false,
    helpOpen: false,
    cancelAsked: false,
    idleSecondsLeft: null,
    notices: { simulated: true, offline: false, stationName: '' },
  };
}

/** A station that answers when the test lets it, and the page's end of the line. */
function openLine(options: { readonly failFirstAttach?: boolean } = {}) {
  const [stationEnd, pageEnd] = memoryChannelPair();
  const acted: CitizenEvent[] = [];
  const entries: unknown[] = [];
  const held: (() => void)[] = [];
  const later: (() => void)[] = [];
  const faults: string[] = [];
  let attaches = 0;
  const server = serve({
    channel: stationEnd,
    methods: CITIZEN_METHODS,
    pushes: CITIZEN_PUSHES,
    largestMessage: LARGEST_MESSAGE,
    onException: () => 'f-1',
    onUnreadable: () => {},
    handlers: {
      attach() {
        attaches += 1;
        if (options.failFirstAttach && attaches === 1) throw new Error('not yet');
        return snapshot(5, { name: 'attract' });
      },
      act: ({ event }) =>
        new Promise((resolve) => {
          acted.push(event);
          held.push(() => resolve({ accepted: true }));
        }),
      cameraProfile: () => PLAIN_CAMERA,
      submitNumber(input) {
        entries.push(input);
        return { accepted: true };
      },
      submitName(input) {
        entries.push(input);
        return { accepted: true };
      },
      submitPassword(input) {
        entries.push(input);
        return { accepted: true };
      },
      reportCamera: () => ({}),
      sendFrames: () => ({}),
      reportPrompt: () => ({}),
      reportFlash: () => ({}),
      sendKeyFrame: () => ({}),
    },
  });
  const link = linkStation({
    channel: pageEnd,
    later: (task) => later.push(task),
    onFault: (error) => faults.push(error.fault.reason),
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { link, server, acted, entries, held, later, faults, settle, attachCount: () => attaches };
}

describe('the page’s link to the station', () => {
  it('shows what the station shows, beginning with its answer to attach', async () => {
    const { link, server, settle } = openLine();
    expect(link.snapshot.value).toBeNull();
    await settle();
    expect(link.snapshot.value?.screen.name).toBe('attract');
    server.push('snapshot', snapshot(6, { name: 'language' }));
    await settle();
    expect(link.snapshot.value?.screen.name).toBe('language');
  });

  it('drops a snapshot that is older than the one shown', async () => {
    const { link, server, settle } = openLine();
    await settle();
    server.push('snapshot', snapshot(8, { name: 'consent', textVersion: '1' }));
    server.push('snapshot', snapshot(7, { name: 'visit', unavailable: [] }));
    await settle();
    expect(link.snapshot.value?.screen.name).toBe('consent');
  });

  it('asks again when the station did not answer attach', async () => {
    const { link, later, faults, settle } = openLine({ failFirstAttach: true });
    await settle();
    expect(link.snapshot.value).toBeNull();
    expect(faults).toEqual(['failed']);
    expect(later).toHaveLength(1);
    later[0]?.();
    await settle();
    expect(link.snapshot.value?.screen.name).toBe('attract');
  });

  it('sends one touch at a time and drops what comes while it is under way', async () => {
    const { link, acted, held, settle } = openLine();
    await settle();
    link.act({ type: 'continue' });
    link.act({ type: 'continue' });
    await settle();
    expect(acted).toEqual([{ type: 'continue' }]);
    held[0]?.();
    await settle();
    link.act({ type: 'back' });
    await settle();
    expect(acted).toEqual([{ type: 'continue' }, { type: 'back' }]);
  });

  it('tells of somebody’s presence without standing in a touch’s way', async () => {
    const { link, acted, settle } = openLine();
    await settle();
    link.noteActivity();
    link.act({ type: 'agree' });
    await settle();
    expect(acted).toEqual([{ type: 'more-time' }, { type: 'agree' }]);
  });

  it('hands on what was entered: a number, a name, a new password twice, the one of an e-ID once', async () => {
    const { link, entries, faults, settle } = openLine();
    await settle();
    await link.submitNumber({ number: '11010519491231002X' });
    await link.submitName({ name: '林示远' });
    await link.submitPassword({ password: '13972468', repeat: '13972468' });
    await link.submitPassword({ password: '13972468', repeat: null });
    expect(entries).toEqual([
      { number: '11010519491231002X' },
      { name: '林示远' },
      { password: '13972468', repeat: '13972468' },
      { password: '13972468', repeat: null },
    ]);
    expect(faults).toEqual([]);
  });

  it('reports an entry that the station could not take, and stands', async () => {
    const { link, faults, settle } = openLine();
    await settle();
    await link.submitNumber({ number: '1'.repeat(33) });
    expect(faults).toEqual(['bad-input']);
  });
});
