import type { DriverCommand, LampSign } from '#contract/driver-messages.ts';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { lampSignFor } from './lamp-sign.ts';

/** Lets the lamp follow the session. The drivers say a sign again by themselves after they or the lamp were away. */
export function showLamp(options: {
  readonly drivers: { send(command: DriverCommand): void };
  readonly sessions: {
    snapshot(): Snapshot;
    onSnapshot(listener: (snapshot: Snapshot) => void): void;
  };
}): { stop(): void } {
  const { drivers, sessions } = options;
  let shown: LampSign | null = null;
  let stopped = false;

  function show(sign: LampSign): void {
    if (stopped || sign === shown) return;
    shown = sign;
    drivers.send({ type: 'lamp.show', sign });
  }

  show(lampSignFor(sessions.snapshot()));
  sessions.onSnapshot((snapshot) => show(lampSignFor(snapshot)));
  return {
    stop() {
      show('off');
      stopped = true;
    },
  };
}
