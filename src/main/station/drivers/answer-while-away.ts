import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';

const AWAY = 'the drivers are being started again: ask once more in a moment';

/** What whoever asked is told when the drivers' process is not there to answer; null when nobody waits for an answer. */
export function answerWhileAway(command: DriverCommand): DriverReport | null {
  switch (command.type) {
    case 'printer.print':
      return { type: 'printed', request: command.request, fault: 'offline' };
    case 'devices.list':
      return { type: 'attached', request: command.request, devices: [], trouble: AWAY };
    case 'device.identify': {
      const { request, connection } = command;
      return { type: 'identified', request, identity: { connection, role: null, detail: AWAY } };
    }
    case 'device.try': {
      const { request, device } = command;
      const step = { step: 'open', outcome: 'failed', detail: AWAY, tookMs: 0 } as const;
      return { type: 'tried', request, trial: { device, passed: false, steps: [step] } };
    }
    case 'recording.replay':
    case 'recording.try': {
      const { request } = command;
      return { type: 'recording.refused', request, reason: 'drivers-away', detail: AWAY };
    }
    case 'recording.start':
      return { type: 'recording', role: command.role, state: 'failed', detail: AWAY };
    default:
      return null;
  }
}
