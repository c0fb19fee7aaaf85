import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RepairView } from '#contract/console-api.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useConsole, useText } from '../context.ts';
import { Panel } from '../frame/panel.tsx';
import { DeviceTable } from './device-table.tsx';
import { ProvisioningPanel } from './provisioning.tsx';
import { ClockPanel, LinkPanel, RulePanel } from './state-panels.tsx';
import { UnlockPanel } from './unlock.tsx';

/** What whoever mends the terminal needs when nothing else goes any more. Asks for nobody, shows nobody. */
export function RepairPage(): JSX.Element | null {
  const t = useText();
  const { station } = useConsole();
  const repair = station.repair.value;
  const nonce = station.logIn.value?.unlockNonce ?? null;
  if (repair === null) return null;
  return (
    <>
      <p class="lead">{t('repair.lead')}</p>
      <div class="grid">
        {nonce === null ? null : <UnlockPanel nonce={nonce} identity={repair.identity} />}
        <ActionsPanel repair={repair} />
        <LinkPanel link={repair.link} />
        <ClockPanel clock={repair.clock} />
        <RulePanel rule={repair.rule} />
        <ProvisioningPanel repair={repair} />
        <Panel name="devices" title={t('nav.devices')} wide>
          <DeviceTable devices={repair.devices} />
        </Panel>
      </div>
    </>
  );
}

type Done = 'sent' | 'not-sent' | 'devices';

function ActionsPanel({ repair }: { readonly repair: RepairView }): JSX.Element {
  const t = useText();
  const { station } = useConsole();
  const [done, setDone] = useState<Done | null>(null);
  return (
    <Panel name="actions" title={t('actions.title')} wide>
      <div class="actions">
        <button
          type="button"
          class="button button--main"
          data-action="upload-now"
          disabled={repair.identity === null}
          onClick={async () => {
            const answer = await station.call('uploadNow', {});
            setDone(answer?.started ? 'sent' : 'not-sent');
          }}
        >
          <Icon name="send" />
          {t('actions.upload')}
        </button>
        <button
          type="button"
          class="button"
          data-action="reconnect-devices"
          onClick={async () => {
            await station.call('reconnectDevices', {});
            setDone('devices');
          }}
        >
          <Icon name="printer" />
          {t('actions.reconnect')}
        </button>
      </div>
      <p class="panel__text" aria-live="polite" data-done={done ?? undefined}>
        {done === null ? t('actions.waiting', { count: repair.rule.waiting }) : t(`actions.done.${done}`)}
      </p>
    </Panel>
  );
}
