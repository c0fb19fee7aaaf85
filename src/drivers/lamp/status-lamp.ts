import type { LampDevice } from '#contract/device.ts';
import type { DriverReport, LampSign } from '#contract/driver-messages.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import { backOff } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import { relaysFor } from './lamp-relays.ts';
import { type RelayFault, type RelayLine, relayLine } from './relay-line.ts';

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
  let line: RelayLine | null = null;
  let transport: Transport | null = null;
  let told = '';
  let failures = 0;
  let stopped = false;
  let showing: Promise<void> | null = null;
  let cancelWait: () => void = () => {};

  function tell(state: 'absent' | 'connecting' | 'ready' | 'out-of-service', detail: string | null): void {
    if (stopped || told === `${state} ${detail}`) return;
    told = `${state} ${detail}`;
    const report: DriverReport = {
      type: 'device',
      role: 'lamp',
      state,
      model: device.model,
      samId: null,
      simulated: device.simulated,
      detail: detail?.slice(0, 400) ?? null,
      health: health.counts,
    };
    options.report(report);
  }

  /** Switches the relays one after the other until the lights show what is wanted now. */
  async function show(): Promise<void> {
    while (line !== null && shown !== sign) {
      const wanted = sign;
      const through = line;
      for (const relay of relaysFor(wanted, device.channels)) {
        const fault = await through.switch(relay);
        if (line !== through) return;
        if (fault !== null) return onFault(fault);
        health.add('frames');
      }
      shown = wanted;
      failures = 0;
      tell('ready', null);
    }
  }

  function showNow(): void {
    if (showing !== null) return; // it looks at the sign again when it is done
    showing = show().finally(() => {
      showing = null;
      if (line !== null && shown !== sign && !stopped) showNow();
    });
  }

  function onFault(fault: RelayFault): void {
    health.add(fault.reason === 'no-answer' ? 'timeouts' : 'damaged');
    lose(fault.detail, 'out-of-service');
  }

  function lose(detail: string, state: 'absent' | 'out-of-service' = 'absent'): void {
    const old = transport;
    transport = null;
    line = null;
    shown = null;
    void old?.close();
    if (stopped) return;
    tell(state, detail);
    const again = () => {
      cancelWait();
      void connect();
    };
    const cancelTimer = timers.after(backOff(failures), again);
    const cancelWatch = connector.whenPresent(again);
    cancelWait = () => {
      cancelTimer();
      cancelWatch();
    };
    failures += 1;
  }

  async function connect(): Promise<void> {
    if (stopped) return;
    const found = await connector.connect();
    if (stopped) return;
    if (!found.ok) return lose(found.error.detail);
    const opening = found.value;
    transport = opening;
    opening.onEnd((end) => {
      if (transport === opening) lose(end.cause ?? `${opening.path} was closed`);
    });
    const opened = await opening.open();
    if (stopped) return opening.close();
    if (!opened.ok) return lose(opened.error.detail);
    health.add('connections');
    line = relayLine({ transport: opening, protocol: device.protocol, timers });
    showNow();
  }

  tell('connecting', null);
  void connect();

  return {
    handle(command) {
      if (command.type !== 'lamp.show' || stopped) return;
      sign = command.sign;
      showNow();
    },
    async stop() {
      stopped = true;
      cancelWait();
      sign = 'off';
      await showing;
      await show();
      const old = transport;
      transport = null;
      line = null;
      await old?.close();
    },
  };
}
