import type { Device } from '#contract/device.ts';
import type { DriverCommand } from '#contract/driver-messages.ts';

/** What is wanted of the devices: said to every new child, so that nothing has to be said again after a crash. */
export interface Wanted {
  readonly devices: readonly Device[];
  readonly reader: 'reader.read' | 'reader.watch';
  readonly scanner: 'scanner.start' | 'scanner.stop';
  /** Null until it was shown something. */
  readonly lamp: Extract<DriverCommand, { readonly type: 'lamp.show' }> | null;
}

export function initiallyWanted(devices: readonly Device[]): Wanted {
  return { devices, reader: 'reader.watch', scanner: 'scanner.stop', lamp: null };
}

/** As {@link Wanted} is after a command. What is asked once, and answered, is not wanted for longer. */
export function wantedAfter(wanted: Wanted, command: DriverCommand): Wanted {
  switch (command.type) {
    case 'configure':
      return { ...wanted, devices: command.devices };
    case 'reader.read':
    case 'reader.watch':
      return { ...wanted, reader: command.type };
    case 'scanner.start':
    case 'scanner.stop':
      return { ...wanted, scanner: command.type };
    case 'lamp.show':
      return { ...wanted, lamp: command };
    default:
      return wanted;
  }
}

export function commandsFor(wanted: Wanted): readonly DriverCommand[] {
  const { devices, reader, scanner, lamp } = wanted;
  return [
    { type: 'configure', devices: [...devices] },
    { type: reader },
    { type: scanner },
    ...(lamp === null ? [] : [lamp]),
  ];
}

/** Nobody waits for a card or a code. */
export function isIdle(wanted: Wanted): boolean {
  return wanted.reader === 'reader.watch' && wanted.scanner === 'scanner.stop';
}
