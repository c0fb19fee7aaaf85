/** Entry point of the drivers' process. Talks to the station by messages only, and ends with it. */
import * as v from 'valibot';
import type { DriverReport } from '#contract/driver-messages.ts';
import { DriverCommandSchema, DriverReportSchema } from '#contract/driver-messages.ts';
import '../require-node.mjs';
import { createDeviceHub } from './hub/device-hub.ts';
import { systemPathWatch } from './hub/path-watch.ts';
import { parentLink } from './parent-link.ts';
import { systemTimers } from './timers.ts';
import { serialTransport } from './transport/serial.ts';

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
  }
}

const hub = createDeviceHub({
  openTransport: ({ path, baudRate }) => serialTransport({ path, baudRate }),
  timers: systemTimers,
  pathWatch: systemPathWatch,
  report,
  onStop: () => end(0),
});

function end(code: number): void {
  // A line that does not close must not keep the process.
  setTimeout(() => process.exit(code), 1000).unref();
  void hub.stop().finally(() => process.exit(code));
}

parent.onMessage((message) => {
  const command = v.safeParse(DriverCommandSchema, message);
  if (command.success) hub.handle(command.output);
  else {
    const place = command.issues[0] ? (v.getDotPath(command.issues[0]) ?? 'type') : 'type';
    console.error(`drivers: a command with a fault at "${place}" was refused`);
  }
});
parent.onClose(() => end(0));
process.on('SIGTERM', () => end(0));
