import type { Channel } from '#contract/channel.ts';

/** What a host puts on the window before the page's scripts run. */
export interface HostChannel {
  send(message: string): void;
  onMessage(listener: (message: string) => void): void;
}

/** Names under which hosts offer a channel: the citizen's window talks to the station, the dock to the simulators. */
export type HostChannelName = 'eidChannel' | 'eidDockChannel';

/** The page was opened outside a host. */
export class NoHostError extends Error {
  constructor(name: HostChannelName) {
    super(`the host has put no ${name} on this window`);
  }
}

/**
 * The host's channel as the contract knows it. A page never closes it: it ends with the page. Throws
 * {@link NoHostError} when there is none.
 */
export function hostChannel(window: object, name: HostChannelName): Channel {
  const host = (window as Readonly<Partial<Record<HostChannelName, HostChannel>>>)[name];
  if (!host) throw new NoHostError(name);
  return {
    send: (message) => host.send(message),
    onMessage: (listener) => host.onMessage(listener),
    onClose: () => {},
    close: () => {},
  };
}
