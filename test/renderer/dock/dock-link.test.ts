import { describe, expect, it } from 'vitest';
import { DOCK_METHODS, DOCK_PUSHES } from '#contract/dock-api.ts';
import { serve } from '#contract/rpc.ts';
import { type DockState, linkDock } from '#renderer/dock/dock-link.ts';
import { memoryChannelPair } from '../../contract/memory-channel.ts';

function openDock() {
  const [simulators, page] = memoryChannelPair();
  const later: (() => void)[] = [];
  let state: DockState = {
    people: [{ id: 'lin', name: '林示远', note: '' }],
    card: null,
    readerPlugged: true,
    scannerPlugged: true,
    network: 'up',
    faults: '',
    counter: null,
  };
  const change = (part: Partial<DockState>) => {
    state = { ...state, ...part };
    return {};
  };
  serve({
    channel: simulators,
    methods: DOCK_METHODS,
    pushes: DOCK_PUSHES,
    largestMessage: 10_000,
    onException: () => 'f-7',
    onUnreadable: () => {},
    handlers: {
      state: () => state,
      insertCard({ person }) {
        if (person !== 'lin') throw new Error('nobody of that name');
        return change({ card: person });
      },
      liftCard: () => change({ card: null }),
      showCode: () => ({}),
      plug: ({ plugged }) => change({ readerPlugged: plugged }),
      setFaults({ script }) {
        if (script === 'nonsense') return { mistake: { line: 1, reason: 'no-rule' as const } };
        change({ faults: script });
        return { mistake: null };
      },
      setPrinter: () => ({}),
      tearOff: () => ({}),
      setNetwork: ({ network }) => change({ network }),
    },
  });
  const dock = linkDock({ channel: page, later: (task) => later.push(task) });
  return { dock, later, change, settle: () => new Promise((resolve) => setTimeout(resolve, 5)) };
}

describe('the dock', () => {
  it('shows at once what an action changed', async () => {
    const { dock } = openDock();
    await dock.act('insertCard', { person: 'lin' });
    expect(dock.state.value?.card).toBe('lin');
    await dock.act('liftCard', {});
    expect(dock.state.value?.card).toBeNull();
  });

  it('says why an action failed until one succeeds', async () => {
    const { dock } = openDock();
    await dock.act('insertCard', { person: 'nobody' });
    expect(dock.fault.value).toBe('failed (f-7)');
    await dock.act('liftCard', {});
    expect(dock.fault.value).toBeNull();
  });

  it('gives back what an action answers, and null when it failed', async () => {
    const { dock } = openDock();
    expect(await dock.act('setFaults', { script: 'on read: silence' })).toEqual({ mistake: null });
    expect(dock.state.value?.faults).toBe('on read: silence');
    expect(await dock.act('setFaults', { script: 'nonsense' })).toEqual({
      mistake: { line: 1, reason: 'no-rule' },
    });
    expect(await dock.act('insertCard', { person: 'nobody' })).toBeNull();
  });

  it('notices what was moved from elsewhere', async () => {
    const { dock, later, change, settle } = openDock();
    await settle();
    change({ network: 'cut' });
    later.shift()?.();
    await settle();
    expect(dock.state.value?.network).toBe('cut');
  });
});
