import type { LampDevice } from '#contract/device.ts';
import type { LampSign } from '#contract/driver-messages.ts';
import { tellingDeviceState } from '../connection/device-state.ts';
import { keepConnected } from '../connection/keep-connected.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import type { Transport } from '../transport/transport.ts';
import { relaysFor } from './lamp-relays.ts';
import { type RelayFault, type RelayLine, relayLine } from './relay-line.ts';

interface OpenLamp {
  readonly transport: Transport;
  readonly relays: RelayLine;
}

/**
 * Shows one sign on a column of lights. The sign is said again on every new connection: a board that lost its power has
 * forgotten it. At the end the lights go out, so that a terminal that was shut down does not look free.
 */
export function createStatusLamp(options: DriverParts & { readonly device: LampDevice }): Driver {
  const { device, connector, timers } = options;
  const health = new HealthCount();
  let sign: LampSign = 'off';
  /** What the lights show as far as is known. */
  let shown: LampSign | null = null;
  let lamp: OpenLamp | null = null;
  let lossState: 'absent' | 'out-of-service' = 'absent';
  let stopped = false;
  let showing: Promise<void> | null = null;
  /** Whether anybody may be told of the connection. */
  let isProven = false;
  const state = tellingDeviceState({
    device,
    health: () => health.counts,
    report: (report) => {
      if (!stopped) options.report(report);
    },
  });

  /** Switches the relays one after the other until the lights show what is wanted now. */
  async function show(): Promise<void> {
    while (lamp !== null && shown !== sign) {
      const wanted = sign;
      const through = lamp;
      for (const relay of relaysFor(wanted, device.channels)) {
        const fault = await through.relays.switch(relay);
        if (lamp !== through) return;
        if (fault !== null) return onFault(through, fault);
        health.add('frames');
      }
      shown = wanted;
      tellReady();
    }
  }

  function showNow(): void {
    if (showing !== null) return; // it looks at the sign again when it is done
    showing = show().finally(() => {
      showing = null;
      if (lamp !== null && shown !== sign && !stopped) showNow();
    });
  }

  /** Once the lights have been switched: a board that does not answer is not ready. */
  function tellReady(): void {
    if (isProven && shown !== null) state.tell('ready', null);
  }

  function onFault(at: OpenLamp, fault: RelayFault): void {
    health.add(fault.reason === 'no-answer' ? 'timeouts' : 'damaged');
    lamp = null;
    // A board that answers wrongly, or not, is there all the same.
    lossState = 'out-of-service';
    connection.giveUp(at.transport, fault.detail);
    lossState = 'absent';
  }

  state.tell('connecting', null);
  const connection = keepConnected({
    connector,
    timers,
    onOpen(transport) {
      health.add('connections');
      lamp = { transport, relays: relayLine({ transport, protocol: device.protocol, timers }) };
      showNow();
    },
    onProven() {
      isProven = true;
      tellReady();
    },
    onLost(detail) {
      lamp = null;
      shown = null;
      isProven = false;
      state.tell(lossState, detail);
    },
  });

  return {
    handle(command) {
      if (command.type !== 'lamp.show' || stopped) return;
      sign = command.sign;
      showNow();
    },
    health: () => health.counts,
    async stop() {
      stopped = true;
      sign = 'off';
      await showing;
      await show();
      lamp = null;
      await connection.stop();
    },
  };
}
