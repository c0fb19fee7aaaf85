import { type Connection, DEVICE_ROLES, type Device } from '#contract/device.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { Connector } from '../hub/connector.ts';
import type { DeviceHub } from '../hub/device-hub.ts';
import type { Timers } from '../timers.ts';
import { identifyDevice } from './identify-device.ts';
import { tryDevice, USUAL_WISH } from './try-device.ts';

export type TrialCommand = Extract<DriverCommand, { readonly type: 'device.identify' | 'device.try' }>;

/**
 * Answers what the station asks about devices on trial, one after the other. All devices of the terminal rest
 * meanwhile: any may hold the same line.
 */
export function answerTrials(options: {
  readonly hub: Pick<DeviceHub, 'pause' | 'resume'>;
  readonly connectorFor: (device: Device) => Connector;
  readonly connectorAt: (connection: Connection) => Connector;
  readonly timers: Timers;
  readonly report: (report: DriverReport) => void;
}): (command: TrialCommand) => Promise<void> {
  const { hub, connectorFor, connectorAt, timers, report } = options;
  let last: Promise<void> = Promise.resolve();

  async function whileResting(work: () => Promise<DriverReport>): Promise<void> {
    const paused = DEVICE_ROLES.map((role) => hub.pause(role));
    try {
      await Promise.all(paused);
      report(await work());
    } finally {
      for (const role of DEVICE_ROLES) hub.resume(role);
    }
  }

  function answer(command: TrialCommand): Promise<void> {
    const { request } = command;
    switch (command.type) {
      case 'device.identify':
        return whileResting(async () => ({
          type: 'identified',
          request,
          identity: await identifyDevice({
            connection: command.connection,
            connectorFor: connectorAt,
            timers,
          }),
        }));
      case 'device.try':
        return whileResting(async () => ({
          type: 'tried',
          request,
          trial: await tryDevice({
            device: command.device,
            connectorFor,
            timers,
            wish: { ...USUAL_WISH, card: command.card },
            onStep: (step) => report({ type: 'trial.progress', request, progress: { kind: 'step', step } }),
            onPrompt: (prompt) =>
              report({ type: 'trial.progress', request, progress: { kind: 'prompt', prompt } }),
          }),
        }));
      default:
        return assertNever(command);
    }
  }

  return (command) => {
    last = last.then(() => answer(command));
    return last;
  };
}
