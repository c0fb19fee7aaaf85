import type { LampDevice } from '#contract/device.ts';
import { failed, passed, skipped } from './trial-steps.ts';
import type { TrialParts } from './try-device.ts';
import { watchDriver } from './watched-driver.ts';

/** Milliseconds that each light stays on, so that somebody can see it. */
const LIGHT_TIME = 1000;

const LIGHTS = [
  { light: 'green', sign: 'free' },
  { light: 'amber', sign: 'in-use' },
  { light: 'red', sign: 'call-staff' },
] as const;

/** Shows each light in turn and puts all out. Most relays do not answer: somebody has to look. */
export async function tryLamp(device: LampDevice, parts: TrialParts): Promise<void> {
  const { connectorFor, timers, steps, prompt } = parts;
  const driver = watchDriver({ device, connector: connectorFor(device), timers });
  try {
    if (!(await steps.run('open', () => driver.opened()))) return;
    for (const { light, sign } of LIGHTS) {
      const channel = device.channels[light];
      const goesOn = await steps.run(`light ${light}`, async () => {
        if (channel === null) return skipped('not built in');
        prompt({ ask: `watch-${light}-light`, seconds: LIGHT_TIME / 1000 });
        driver.handle({ type: 'lamp.show', sign });
        const lost = await driver.expect(
          (report) => report.type === 'device' && report.state !== 'ready' && report.state !== 'connecting',
          LIGHT_TIME,
        );
        return lost?.type === 'device'
          ? failed(`the relay was lost: ${lost.detail ?? lost.state}`)
          : passed(`channel ${channel} switched on: is the ${light} light, and no other, lit?`);
      });
      if (!goesOn) return;
    }
  } finally {
    await driver.stop();
  }
}
