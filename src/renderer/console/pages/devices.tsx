import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '#ui/icons/icon.tsx';
import type { Output } from '../console-link.ts';
import { useConsole, useText, useView } from '../context.ts';
import { AskTwice } from '../frame/ask-twice.tsx';
import { Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import { AttachedPanel } from './attached-devices.tsx';
import { ChangeState, type Refusal, RefusalNotice } from './device-answers.tsx';
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
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (page === null) return null;
  const underWay = page.change.at === 'trying';
  /** Of a change that is made in this panel, or of none. */
  const isOfList =
    page.change.at === 'removed' || page.change.at === 'erased' || page.change.at === 'not-erased';

  async function change(asked: Promise<Output<'removeDevice'> | null>): Promise<void> {
    setRefusal(null);
    const answer = await asked;
    if (answer !== null && answer.kind !== 'done') setRefusal(answer);
  }

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
        <DeviceTable
          devices={page.devices}
          health
          actions={({ role, model }) =>
            page.mayChange ? (
              <AskTwice
                action={`remove-${role}`}
                label={t('devices.remove')}
                question={t('devices.remove.ask', { role: t(`devices.${role}`), model })}
                yes={t('devices.remove')}
                disabled={underWay}
                onYes={() => void change(station.call('removeDevice', { role }))}
              />
            ) : null
          }
        />
        <div class="answers" aria-live="polite">
          {isOfList ? <ChangeState change={page.change} /> : null}
          {refusal === null ? null : <RefusalNotice refusal={refusal} />}
        </div>
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
          {page.mayChange && (page.source === 'saved' || page.listFaults.length > 0) ? (
            <AskTwice
              action="erase-list"
              label={t('devices.erase')}
              question={t('devices.erase.ask')}
              yes={t('devices.erase.yes')}
              disabled={underWay}
              onYes={() => void change(station.call('eraseDeviceList', {}))}
            />
          ) : null}
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
