import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '#ui/icons/icon.tsx';
import { useConsole, useText, useView } from '../context.ts';
import { Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import { AttachedPanel } from './attached-devices.tsx';
import { DeviceTable } from './device-table.tsx';
import { RecordingsPanel } from './recordings.tsx';
import { SetUpPanel } from './set-up-device.tsx';

/** Milliseconds: a device that is being tried is watched. */
const LOOK_EVERY = 1_000;

/** The devices as they fare; for a technician also what to do with them. */
export function DevicesPage(): JSX.Element | null {
  const t = useText();
  const { station } = useConsole();
  const page = useView('devices', {}, LOOK_EVERY);
  const [place, setPlace] = useState('');
  if (page === null) return null;

  /** The set-up goes on with the place; its panel may be out of sight below a long list. */
  function takeOver(attached: string): void {
    setPlace(attached);
    document.getElementById('set-up-place')?.focus();
  }

  return (
    <div class="grid">
      <Panel
        name="devices"
        title={t('nav.devices')}
        wide
        state={
          <Pill tone="plain" name="source">
            {t(`devices.source.${page.source}`)}
          </Pill>
        }
      >
        {page.listFaults.length === 0 ? null : (
          <div class="notice" data-list-faults>
            <Icon name="alert" />
            <div>
              {t('devices.list-faults')}
              {page.listFaults.map((fault) => (
                <p key={fault} class="mono">
                  {fault}
                </p>
              ))}
            </div>
          </div>
        )}
        <DeviceTable devices={page.devices} health />
        <div class="actions actions--one">
          <button
            type="button"
            class="button"
            data-action="reconnect-devices"
            onClick={() => void station.call('reconnectDevices', {})}
          >
            <Icon name="tool" />
            {t('actions.reconnect')}
          </button>
        </div>
      </Panel>
      {page.mayChange ? (
        <>
          <AttachedPanel onUse={takeOver} />
          <SetUpPanel page={page} place={place} onPlace={setPlace} />
          <RecordingsPanel page={page} />
        </>
      ) : null}
    </div>
  );
}
