import { type Connection, connectionPlace } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import type { TransportFault } from '../transport/transport.ts';

/** Why a connection could not be made, and what to do about it. */
export function connectionAdvice(connection: Connection, fault: TransportFault): string {
  const place = connectionPlace(connection);
  const { reason } = fault;
  // A line over TCP names its place itself.
  const detail = fault.detail.replace(`${place}: `, '');
  if (/permission denied|EACCES|EPERM|operation not permitted/i.test(detail))
    return `${place} may not be opened by this user: it must be in the device's group (eid-terminal with our udev rules, else ${connection.transport === 'hid' ? 'plugdev' : 'dialout'}), and log in anew.`;
  if (connection.transport === 'tcp' && reason !== 'closed')
    return `${place} cannot be reached (${detail}): look at address, port and network.`;
  if (/inappropriate ioctl/i.test(detail))
    return connection.transport === 'hid'
      ? `${place} is no HID device: name a /dev/hidraw file.`
      : `${place} is no serial port: name a /dev/tty file, best its link below /dev/serial/by-id.`;
  switch (reason) {
    case 'missing':
      return `${place} is not there: look at plug and power; "npm run devices -- list" shows what is attached.`;
    case 'busy':
      return `${place} is held by another program, most often the terminal: try the device at the terminal's console, or stop the terminal first (systemctl stop eid-terminal).`;
    case 'failed':
      return `${place} cannot be opened (${detail}).`;
    case 'closed':
      return `${place} was closed (${detail}).`;
    default:
      return assertNever(reason);
  }
}
