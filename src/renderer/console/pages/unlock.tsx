import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RepairView } from '#contract/console-api.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { QrCode } from '#ui/qr-code/qr-code.tsx';
import { useConsole, useText } from '../context.ts';
import { Facts, Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';

/** Somebody is blocked: what to tell the registry, and where its answer goes. */
export function UnlockPanel(props: {
  readonly nonce: string;
  readonly identity: RepairView['identity'];
}): JSX.Element {
  const t = useText();
  const { station } = useConsole();
  const [code, setCode] = useState('');
  const stationId = props.identity?.stationId ?? '';
  return (
    <Panel
      name="unlock"
      title={t('unlock.title')}
      wide
      state={
        <Pill tone="cinnabar" name="blocked">
          {t('unlock.blocked')}
        </Pill>
      }
    >
      <div class="unlock">
        <QrCode class="unlock__qr" text={`${stationId} ${props.nonce}`} label={t('unlock.qr')} />
        <div class="unlock__steps">
          <p class="panel__text">{t('unlock.lead')}</p>
          <Facts
            rows={[
              [t('identity.station'), <span class="mono">{stationId}</span>],
              [
                t('unlock.nonce'),
                <strong class="mono unlock__nonce" data-nonce>
                  {props.nonce}
                </strong>,
              ],
            ]}
          />
          <form
            class="field"
            onSubmit={async (event) => {
              event.preventDefault();
              const answer = await station.call('unlock', { code });
              if (answer === null) return;
              station.say(
                answer.kind === 'unlocked'
                  ? { kind: 'unlocked' }
                  : { kind: 'unlock-refused', reason: answer.reason },
              );
              setCode('');
            }}
          >
            <label for="unlock-code">{t('unlock.code')}</label>
            <input
              id="unlock-code"
              class="mono"
              autocomplete="off"
              spellcheck={false}
              maxLength={1200}
              value={code}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
            <button type="submit" class="button button--main" disabled={code === ''}>
              <Icon name="lock" />
              {t('unlock.send')}
            </button>
          </form>
        </div>
      </div>
    </Panel>
  );
}
