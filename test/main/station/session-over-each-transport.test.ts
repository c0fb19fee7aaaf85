import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { DriverCommand } from '#contract/driver-messages.ts';
import { createDeviceHub, type HubCommand } from '#drivers/hub/device-hub.ts';
import { systemConnector } from '#drivers/hub/system-connector.ts';
import { unconnectable } from '#drivers/hub/unconnectable.ts';
import { systemTimers } from '#drivers/timers.ts';
import type { ChildProcess, ProcessHost } from '#station/ports.ts';
import type { PluggedReader } from '../../drivers/hub/plugged-reader.ts';
import { readerOnHid, readerOnSerialLine, readerOverTcp } from '../../drivers/hub/plugged-reader.ts';
import { READER } from '../../drivers/reader/reader-bench.ts';
import { enrol, openTerminal, provision } from './open-terminal.ts';
import { cardOf } from './session/hall.ts';

/**
 * Drivers that live in the test's own process, because a HID handle that is acted cannot be given to another one.
 * Everything else is theirs: hub, connectors, drivers. Messages are cloned as between processes.
 */
function driversHere(reader: PluggedReader): ProcessHost {
  return {
    start() {
      let tell: (message: unknown) => void = () => {};
      let exit: (code: number | null) => void = () => {};
      const hub = createDeviceHub({
        connectorFor: (device) =>
          'connection' in device ? systemConnector(device.connection, reader.machine) : unconnectable(device),
        timers: systemTimers,
        report: (report) => tell(structuredClone(report)),
      });
      const child: ChildProcess = {
        pid: undefined,
        post(message) {
          const command = structuredClone(message) as DriverCommand;
          if (command.type === 'ping') tell({ type: 'pong', nonce: command.nonce, memory: 1 });
          else if (command.type === 'stop') void hub.stop().then(() => exit(0));
          // The station asks nothing of a technician's here.
          else hub.handle(command as HubCommand);
        },
        onMessage: (listener) => {
          tell = listener;
        },
        onExit: (listener) => {
          exit = listener;
        },
        kill: () => void hub.stop().then(() => exit(null)),
      };
      return child;
    },
  };
}

it.each([
  ['a serial line', readerOnSerialLine],
  ['raw HID reports', readerOnHid],
  ['TCP', readerOverTcp],
])(
  'a citizen is enrolled and leaves with an e-ID, the reader on %s',
  async (_, plugIn) => {
    const folder = mkdtempSync(join(tmpdir(), 'session-over-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const reader = await plugIn(folder);
    onTestFinished(() => reader.unplug());
    const terminal = await openTerminal({
      processHost: driversHere(reader),
      reader: { ...READER, simulated: true, connection: reader.connection },
    });
    await provision(terminal);
    const citizen = await terminal.openPage();
    const { text, photo } = cardOf('lin');
    await enrol(terminal, citizen, () => reader.simulator.insert({ kind: 'identity', text, photo }));
    const { eid } = await citizen.see('issued');
    expect(eid).toMatchObject({ grade: 'full', maskedName: '林**', simulated: true });
    await citizen.touch('continue');
    expect((await citizen.see('slip')).slip).toMatchObject({ state: 'issued', sequence: 1 });
    await citizen.touch('finish');
    await citizen.see('take-card');
    reader.simulator.lift();
    await citizen.see('attract');
    expect(terminal.renewals).toBe(1);
  },
  120_000,
);
