import type { ComponentChildren, JSX } from 'preact';
import type { DeviceView } from '#contract/console-devices.ts';
import { useText } from '../context.ts';
import { moment } from '../frame/moments.ts';
import { Facts } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import { deviceTone } from '../frame/tones.ts';

const COUNTS = ['connections', 'frames', 'damaged', 'timeouts'] as const;

/** Every device that the terminal drives, and how it fares. */
export function DeviceTable(props: {
  readonly devices: readonly DeviceView[];
  /** What went by on its line, for who mends it. */
  readonly health?: boolean;
  /** What can be done with one of them. */
  readonly actions?: (device: DeviceView) => ComponentChildren;
}): JSX.Element {
  const t = useText();
  const { devices } = props;
  if (devices.length === 0) return <p class="panel__text">{t('devices.none')}</p>;
  return (
    <ul class="devices">
      {devices.map((device) => (
        <li key={device.role} class="device" data-device={device.role} data-state={device.state}>
          <div class="device__head">
            <strong>{t(`devices.${device.role}`)}</strong>
            <Pill tone={deviceTone(device.state)}>{t(`device.${device.state}`)}</Pill>
            {device.simulated ? <Pill tone="amber">{t('bar.simulated')}</Pill> : null}
          </div>
          <Facts
            rows={[
              [t('device.model'), device.model],
              [t('device.path'), <span class="mono">{device.path}</span>],
              ...(device.samId === null
                ? []
                : [[t('device.sam'), <span class="mono">{device.samId}</span>] as const]),
              [
                t('device.last-report'),
                device.lastReportAt === null ? t('value.never') : moment(device.lastReportAt),
              ],
              [t('device.reconnects'), String(device.reconnects)],
              ...(device.detail === null
                ? []
                : [[t('device.detail'), <span class="mono">{device.detail}</span>] as const]),
            ]}
          />
          {props.health ? (
            <dl class="counts" aria-label={t('device.health')}>
              {COUNTS.map((count) => (
                <div
                  key={count}
                  class={
                    (count === 'damaged' || count === 'timeouts') && device.health[count] > 0
                      ? 'count count--amiss'
                      : 'count'
                  }
                  data-health={count}
                >
                  <dt>{t(`health.${count}`)}</dt>
                  <dd>{device.health[count]}</dd>
                </div>
              ))}
            </dl>
          ) : null}
          {props.actions?.(device)}
        </li>
      ))}
    </ul>
  );
}
