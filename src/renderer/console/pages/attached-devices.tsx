import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Connection } from '#contract/device.ts';
import type { AttachedDevice } from '#contract/device-trial.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { Output } from '../console-link.ts';
import { useConsole, useText } from '../context.ts';
import { Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import { RefusalNotice } from './device-answers.tsx';

type Identified = Output<'identifyDevice'>;

/** What is plugged into the machine, whether or not it is configured, and what answers there. */
export function AttachedPanel(props: { readonly onUse: (place: string) => void }): JSX.Element {
  const t = useText();
  const { station } = useConsole();
  const [looking, setLooking] = useState(false);
  const [answer, setAnswer] = useState<Output<'attachedDevices'> | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const [identified, setIdentified] = useState<ReadonlyMap<string, Identified>>(new Map());

  async function look(): Promise<void> {
    setLooking(true);
    setIdentified(new Map());
    setAnswer(await station.call('attachedDevices', {}));
    setLooking(false);
  }

  async function identify(device: AttachedDevice): Promise<void> {
    setAsked(device.path);
    const told = await station.call('identifyDevice', { connection: connectionOf(device) });
    if (told !== null) setIdentified((before) => new Map(before).set(device.path, told));
    setAsked(null);
  }

  return (
    <Panel name="attached" title={t('attached.title')} wide>
      <p class="panel__text">{t('attached.lead')}</p>
      <div class="actions actions--one">
        <button
          type="button"
          class="button"
          data-action="look-attached"
          disabled={looking}
          onClick={() => void look()}
        >
          <Icon name="search" />
          {looking ? t('attached.looking') : t('attached.look')}
        </button>
      </div>
      <div class="answers" aria-live="polite">
        {answer === null ? null : answer.kind !== 'view' ? (
          <RefusalNotice refusal={answer} />
        ) : (
          <>
            {answer.view.trouble === null ? null : <p class="mono panel__text">{answer.view.trouble}</p>}
            {answer.view.devices.length === 0 ? <p class="empty">{t('attached.none')}</p> : null}
            <ul class="attached">
              {answer.view.devices.map((device) => (
                <li
                  key={`${device.transport} ${device.path}`}
                  class="attached__one"
                  data-attached={device.path}
                >
                  <div class="attached__what">
                    <strong>{device.label}</strong>
                    <span class="mono">{device.path}</span>
                    <span class="attached__marks">
                      <Pill tone="plain">{t(`attached.${device.transport}`)}</Pill>
                      {device.usb === null ? null : (
                        <span class="mono">
                          {device.usb.vendorId}:{device.usb.productId}
                        </span>
                      )}
                      {device.profiles.length === 0 ? null : (
                        <span class="mono">
                          {t('attached.fits')} {device.profiles.join(', ')}
                        </span>
                      )}
                    </span>
                    <Identity told={identified.get(device.path) ?? null} />
                  </div>
                  <div class="attached__actions">
                    <button
                      type="button"
                      class="button"
                      data-action="identify"
                      disabled={asked !== null}
                      onClick={() => void identify(device)}
                    >
                      {asked === device.path ? t('identity-of.asking') : t('attached.identify')}
                    </button>
                    <button
                      type="button"
                      class="button"
                      data-action="use-place"
                      onClick={() => props.onUse(device.path)}
                    >
                      {t('attached.use')}
                    </button>
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}

function Identity({ told }: { readonly told: Identified | null }): JSX.Element | null {
  const t = useText();
  if (told === null) return null;
  if (told.kind !== 'view') return <RefusalNotice refusal={told} />;
  const { role, detail } = told.view;
  return (
    <span class="attached__identity" data-identity={role ?? 'nothing'}>
      <Pill tone={role === null ? 'amber' : 'jade'}>
        {role === null ? t('identity-of.nothing') : t(`devices.${role}`)}
      </Pill>
      <span class="mono">{detail}</span>
    </span>
  );
}

/** By its path, which is there just now; the rate of a serial line is found out. */
function connectionOf({ transport, path }: AttachedDevice): Connection {
  return transport === 'serial'
    ? { transport, path, baudRate: 'probe' }
    : { transport, path, reportId: 0, reportSize: 64 };
}
