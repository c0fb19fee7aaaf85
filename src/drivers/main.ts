/** Entry point of the drivers' process. Talks to the station by messages only, and ends with it. */
import { join } from 'node:path';
import * as v from 'valibot';
import type { Device } from '#contract/device.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { DriverCommandSchema, DriverReportSchema } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import '../require-node.mjs';
import { parentLink } from '#contract/parent-link.ts';
import { createDeviceHub } from './hub/device-hub.ts';
import { listAttachedHere } from './hub/list-attached-here.ts';
import { systemConnector } from './hub/system-connector.ts';
import { unconnectable } from './hub/unconnectable.ts';
import { roleRecordings } from './recording/role-recordings.ts';
import { systemTimers } from './timers.ts';
import { answerRecordings } from './trial/answer-recordings.ts';
import { answerTrials } from './trial/answer-trials.ts';

/** The same place from the sources and from a package. */
const PROFILES = join(import.meta.dirname, '../../resources/profiles');

const parent = parentLink();
if (parent === null) {
  console.error('The drivers are started by the station: there is nobody to talk to.');
  process.exit(1);
}

function report(message: DriverReport): void {
  const checked = v.safeParse(DriverReportSchema, message);
  if (checked.success) parent?.post(checked.output);
  else console.error(`drivers: a ${message.type} report does not fit its schema and was not sent`);
  // The message has been copied out by now.
  if (message.type === 'card.read') {
    message.text.fill(0);
    message.photo.fill(0);
    message.fingerprints?.fill(0);
  }
}

const connectorFor = (device: Device) =>
  'connection' in device ? systemConnector(device.connection) : unconnectable(device);
const recordings = roleRecordings({
  timers: systemTimers,
  now: Date.now,
  report,
});
const hub = createDeviceHub({
  connectorFor,
  timers: systemTimers,
  report,
  wrap: recordings.wrap,
});
const answerTrial = answerTrials({
  hub,
  connectorFor,
  connectorAt: systemConnector,
  timers: systemTimers,
  report,
});
const answerRecording = answerRecordings({ timers: systemTimers, report });

function perform(command: DriverCommand): void {
  switch (command.type) {
    case 'configure':
    case 'reader.read':
    case 'reader.watch':
    case 'scanner.start':
    case 'scanner.stop':
    case 'printer.print':
    case 'lamp.show':
      if (command.type === 'configure') recordings.configured(command.devices);
      recordings.told(command);
      hub.handle(command);
      break;
    case 'devices.health':
      hub.handle(command);
      break;
    case 'devices.list':
      report({ type: 'attached', request: command.request, ...listAttachedHere(PROFILES) });
      break;
    case 'device.identify':
    case 'device.try':
      void answerTrial(command);
      break;
    case 'recording.start':
      void recordings.start({ role: command.role, file: command.file, hub });
      break;
    case 'recording.stop':
      recordings.stop(command.role);
      break;
    case 'recording.replay':
    case 'recording.try':
      void answerRecording(command);
      break;
    case 'ping':
      report({ type: 'pong', nonce: command.nonce, memory: process.memoryUsage.rss() });
      break;
    case 'stop':
      end(0);
      break;
    default:
      assertNever(command);
  }
}

function end(code: number): void {
  recordings.stopAll();
  // A line that does not close must not keep the process.
  setTimeout(() => process.exit(code), 1000).unref();
  void hub.stop().finally(() => process.exit(code));
}

parent.onMessage((message) => {
  const command = v.safeParse(DriverCommandSchema, message);
  if (command.success) perform(command.output);
  else {
    const place = command.issues[0] ? (v.getDotPath(command.issues[0]) ?? 'type') : 'type';
    console.error(`drivers: a command with a fault at "${place}" was refused`);
  }
});
parent.onClose(() => end(0));
process.on('SIGTERM', () => end(0));
