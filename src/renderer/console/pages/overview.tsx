import type { JSX } from 'preact';
import { useConsole, useText, useView } from '../context.ts';
import { moment } from '../frame/moments.ts';
import { Facts, Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import { deviceTone } from '../frame/tones.ts';
import { ClockPanel, IdentityPanel, LinkPanel, RulePanel } from './state-panels.tsx';

export function OverviewPage(): JSX.Element | null {
  const t = useText();
  const { station } = useConsole();
  const repair = station.repair.value;
  const view = useView('overview', {});
  if (repair === null || view === null) return null;
  return (
    <div class="grid">
      <Panel name="queue-counts" title={t('nav.queue')}>
        <ul class="tiles">
          {(['waiting', 'acknowledged', 'refused'] as const).map((delivery) => (
            <li key={delivery} class="tile" data-count={delivery}>
              <strong>{view.queue[delivery]}</strong>
              <span>{t(`delivery.${delivery}`)}</span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel name="device-states" title={t('nav.devices')}>
        <ul class="lines">
          {repair.devices.map((device) => (
            <li key={device.role}>
              <span>{t(`devices.${device.role}`)}</span>
              <Pill tone={deviceTone(device.state)}>{t(`device.${device.state}`)}</Pill>
            </li>
          ))}
        </ul>
      </Panel>
      <RulePanel rule={repair.rule} />
      <LinkPanel link={repair.link} />
      <ClockPanel clock={repair.clock} />
      <IdentityPanel repair={repair} />
      <Panel name="program" title={t('program.title')}>
        <Facts
          rows={[
            [t('program.version'), <span class="mono">{view.version}</span>],
            [t('program.started'), moment(view.startedAt)],
            [t('program.key-store'), t(`key-store.${view.keyStore}`)],
            [
              t('program.staff-list'),
              view.staffListVersion === null ? t('value.none') : String(view.staffListVersion),
            ],
          ]}
        />
      </Panel>
    </div>
  );
}
