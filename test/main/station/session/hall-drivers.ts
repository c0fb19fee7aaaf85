import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { NO_HEALTH } from '#contract/driver-messages.ts';
import type { SessionDrivers } from '#station/session/session-ports.ts';

/** Drivers as the link presents them: one card on the reader at most, read once until it is lifted. */
export function hallDrivers() {
  const commands: DriverCommand[] = [];
  const listeners = new Set<(report: DriverReport) => void>();
  const states: Record<'reader' | 'scanner', Extract<DriverReport, { type: 'device' }>['state']> = {
    reader: 'ready',
    scanner: 'ready',
  };
  let mode: 'read' | 'watch' = 'watch';
  let scanning = false;
  let lying: { text: Uint8Array; photo: Uint8Array } | null = null;
  let wasRead = false;
  let reads = 0;
  let renewals = 0;
  const tell = (report: DriverReport) => {
    for (const listener of listeners) listener(report);
  };
  const status = (role: 'reader' | 'scanner') =>
    ({
      type: 'device',
      role,
      state: states[role],
      model: 'test',
      samId: null,
      simulated: true,
      detail: null,
      health: NO_HEALTH,
    }) as const;
  function readLying(): void {
    if (mode !== 'read' || lying === null || states.reader !== 'ready') return;
    if (wasRead) {
      tell({ type: 'card.fault', fault: 'lift-and-replace', detail: 'read before', status: null });
      return;
    }
    wasRead = true;
    reads += 1;
    mode = 'watch';
    const text = Uint8Array.from(lying.text);
    const photo = Uint8Array.from(lying.photo);
    const samId = '05.01-20231231-0001234567-0123456789';
    tell({ type: 'card.read', text, photo, fingerprints: null, samId, simulated: true, tookMs: 5 });
  }
  const setState = (role: 'reader' | 'scanner', state: (typeof states)['reader']) => {
    states[role] = state;
    tell(status(role));
    if (role === 'reader' && state === 'ready') tell({ type: lying ? 'card.laid' : 'card.removed' });
  };
  const port: SessionDrivers = {
    send(command) {
      commands.push(command);
      if (command.type === 'reader.read') {
        mode = 'read';
        setImmediate(readLying);
      }
      if (command.type === 'reader.watch') mode = 'watch';
      if (command.type === 'scanner.start') scanning = true;
      if (command.type === 'scanner.stop') scanning = false;
    },
    onReport(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    device: status,
    renew() {
      renewals += 1;
      mode = 'watch';
      scanning = false;
      // Fresh drivers find what is plugged in, and nothing else.
      const there = (['reader', 'scanner'] as const).filter((role) => states[role] !== 'absent');
      for (const role of there) setState(role, 'connecting');
      setImmediate(() => {
        for (const role of there) setState(role, 'ready');
      });
    },
  };
  return {
    port,
    commands,
    tell,
    setState,
    get reads() {
      return reads;
    },
    /** The reader goes dark and forgets, as a module without power does, which card it has read. */
    loseReaderPower() {
      wasRead = false;
      setState('reader', 'absent');
    },
    /** The card is taken while no reader sees it. */
    takeUnseen() {
      lying = null;
    },
    get renewals() {
      return renewals;
    },
    get reading() {
      return mode === 'read';
    },
    get scanning() {
      return scanning;
    },
    lay(card: { text: Uint8Array; photo: Uint8Array }) {
      lying = card;
      wasRead = false;
      tell({ type: 'card.laid' });
      readLying();
    },
    lift() {
      lying = null;
      tell({ type: 'card.removed' });
    },
    scan(text: string) {
      if (scanning) tell({ type: 'scan', text, simulated: true });
    },
  };
}
