import { BAUD_RATES, type BaudRate, type Connection } from '#contract/device.ts';

/** The rates that a connection leaves open, the delivered one first; null where a line has none. */
export function ratesOf(connection: Connection): readonly (BaudRate | null)[] {
  if (connection.transport !== 'serial') return [null];
  return connection.baudRate === 'probe' ? BAUD_RATES : [connection.baudRate];
}

/**
 * Bits a second, for how long an answer may take. What is not a serial line is as fast as the fastest; a serial server
 * that is slower behind its network needs longer thinking times in the device's settings.
 */
export function speedOf(rate: BaudRate | null): BaudRate {
  return rate ?? BAUD_RATES[0];
}
