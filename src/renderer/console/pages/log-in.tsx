import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LogInView } from '#contract/console-api.ts';
import type { ConsoleKey } from '#i18n/console-messages.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { Output } from '../console-link.ts';
import { useConsole, useText } from '../context.ts';
import { countdown } from '../frame/moments.ts';
import { Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import { PinPad } from './pin-pad.tsx';
import { UnlockPanel } from './unlock.tsx';

/** A badge, then its PIN. */
export function LogInPage(): JSX.Element | null {
  const { station } = useConsole();
  const logIn = station.logIn.value;
  const nonce = logIn?.unlockNonce ?? null;
  if (logIn === null) return null;
  return (
    <div class="grid grid--door">
      {logIn.member === null ? <BadgePanel /> : <PinPanel logIn={logIn} />}
      {nonce === null ? null : (
        <UnlockPanel nonce={nonce} identity={station.repair.value?.identity ?? null} />
      )}
    </div>
  );
}

function BadgePanel(): JSX.Element {
  const t = useText();
  const { station } = useConsole();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  return (
    <Panel name="badge" title={t('log-in.badge')}>
      <div class="badge-call">
        <Icon name="card" />
        <p>{t('log-in.scan')}</p>
      </div>
      <form
        class="field"
        onSubmit={async (event) => {
          event.preventDefault();
          setBusy(true);
          const answer = await station.call('showBadge', { code });
          setBusy(false);
          setCode('');
          if (answer?.kind === 'refused') station.say({ kind: 'badge-refused', reason: answer.reason });
        }}
      >
        <label for="badge-code">{t('log-in.type')}</label>
        <input
          id="badge-code"
          class="mono"
          autocomplete="off"
          spellcheck={false}
          maxLength={1200}
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={busy || code === ''}>
          {busy ? t('log-in.looking') : t('log-in.show')}
        </button>
      </form>
      <p class="panel__text">{t('log-in.alone')}</p>
    </Panel>
  );
}

type PinResult = Output<'enterPin'>['result'];

const ANSWERS: Readonly<Partial<Record<PinResult, ConsoleKey>>> = {
  wrong: 'pin.wrong',
  'not-a-pin': 'pin.not-a-pin',
  'no-badge': 'pin.no-badge',
  'not-kept': 'pin.not-kept',
};

function PinPanel({ logIn }: { readonly logIn: LogInView }): JSX.Element {
  const t = useText();
  const { station } = useConsole();
  const [result, setResult] = useState<PinResult | null>(null);
  const leftMs = useWait(logIn);
  const { member, tries } = logIn;
  const blocked = tries?.kind === 'blocked';
  const answer = result === null ? undefined : ANSWERS[result];
  return (
    <Panel
      name="pin"
      title={t('pin.title')}
      state={
        member === null ? null : (
          <Pill tone="plain">
            <span class="mono">{member.staffId}</span> {t(`role.${member.role}`)}
          </Pill>
        )
      }
    >
      <div class="pin__say" aria-live="polite" data-tries={tries?.kind}>
        {blocked ? (
          <p class="notice">
            <Icon name="lock" />
            <span>{t('pin.blocked')}</span>
          </p>
        ) : leftMs > 0 ? (
          <p class="notice">
            <Icon name="clock" />
            <span>{t('pin.wait', { time: countdown(leftMs) })}</span>
          </p>
        ) : answer !== undefined && tries?.kind === 'free' ? (
          <p class="notice" data-result={result ?? undefined}>
            <Icon name="alert" />
            <span>{t(answer, { tries: tries.triesLeft })}</span>
          </p>
        ) : (
          <p class="panel__text">{t('pin.lead')}</p>
        )}
      </div>
      <PinPad
        disabled={blocked || leftMs > 0 || logIn.stage === 'checking'}
        checking={logIn.stage === 'checking'}
        onPin={async (pin) => {
          station.say(null);
          const entered = await station.call('enterPin', { pin });
          setResult(entered?.result ?? null);
        }}
      />
      <button
        type="button"
        class="button button--quiet"
        data-action="other-badge"
        onClick={() => void station.call('logOut', {})}
      >
        {t('pin.other')}
      </button>
    </Panel>
  );
}

/** Milliseconds left of a wait, counted on the page; the station is asked again when they are over. */
function useWait(logIn: LogInView): number {
  const { station } = useConsole();
  const [now, setNow] = useState(station.now());
  const toldAt = station.logInAt.value;
  const told = logIn.tries?.kind === 'waiting' ? logIn.tries.leftMs : 0;
  const left = Math.max(0, told - Math.max(0, now - toldAt));
  useEffect(() => {
    if (told === 0) return;
    const timer = setInterval(() => {
      setNow(station.now());
      if (station.now() - toldAt >= told) station.lookAgain();
    }, 250);
    return () => clearInterval(timer);
  }, [station, told, toldAt]);
  return left;
}
