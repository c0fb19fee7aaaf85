import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { RepairView } from '#contract/console-api.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { Output } from '../console-link.ts';
import { useConsole, useText } from '../context.ts';
import { Facts, Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';

/** Makes the machine a station: a code that is typed, or held to the scanner. */
export function ProvisioningPanel({ repair }: { readonly repair: RepairView }): JSX.Element {
  const t = useText();
  const { station } = useConsole();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Output<'provision'> | null>(null);
  const scanned = station.scannedCode.value;
  useEffect(() => {
    if (scanned === null) return;
    setCode(scanned);
    station.takeScannedCode();
  }, [scanned, station]);
  const { identity } = repair;
  return (
    <Panel
      name="provisioning"
      title={t('provisioning.title')}
      state={
        <Pill tone={identity === null ? 'cinnabar' : 'jade'}>
          {identity === null ? t('link.not-provisioned') : t('identity.provisioned')}
        </Pill>
      }
    >
      <p class="panel__text">{identity === null ? t('provisioning.lead') : t('provisioning.again')}</p>
      <Facts rows={[[t('link.address'), <span class="mono">{repair.registryUrl}</span>]]} />
      <form
        class="field"
        onSubmit={async (event) => {
          event.preventDefault();
          setBusy(true);
          setAnswer(null);
          setAnswer(await station.call('provision', { code }));
          setBusy(false);
        }}
      >
        <label for="provisioning-code">{t('provisioning.code')}</label>
        <input
          id="provisioning-code"
          class="mono"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={80}
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        <button type="submit" class="button button--main" disabled={busy || code === ''}>
          <Icon name="tool" />
          {busy ? t('provisioning.busy') : t('provisioning.send')}
        </button>
      </form>
      <div aria-live="polite">{answer === null ? null : <Outcome answer={answer} />}</div>
    </Panel>
  );
}

function Outcome({ answer }: { readonly answer: Output<'provision'> }): JSX.Element {
  const t = useText();
  switch (answer.kind) {
    case 'provisioned':
      return (
        <p class="notice notice--good" data-provisioned>
          <Icon name="tool" />
          <span>
            {t('provisioning.done', { station: answer.stationId, installation: answer.installation })}
          </span>
        </p>
      );
    case 'busy':
      return <p class="notice">{t('provisioning.busy')}</p>;
    case 'failed':
      return (
        <p class="notice" data-fault={answer.fault}>
          <Icon name="alert" />
          <span>{t(`provisioning.fault.${answer.fault}`)}</span>
        </p>
      );
  }
}
