import type { JSX } from 'preact';
import type { LogInView, RepairView } from '#contract/console-api.ts';
import { LANGUAGES, type Language } from '#domain/language.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { Mark } from '#ui/mark/mark.tsx';
import { useConsole, useText } from '../context.ts';
import { Pill } from './pill.tsx';
import { linkTone } from './tones.ts';

/** Which terminal this is, who is in, and the way out. */
export function TopBar(props: {
  readonly logIn: LogInView;
  readonly repair: RepairView;
  readonly onLanguage: (language: Language) => void;
}): JSX.Element {
  const t = useText();
  const { station, language } = useConsole();
  const { logIn, repair } = props;
  const simulated = repair.mode === 'demo' || repair.devices.some((device) => device.simulated);
  return (
    <header class="bar">
      <Mark class="bar__mark" />
      <div class="bar__names">
        <h1 class="bar__title">{t('bar.title')}</h1>
        <p class="bar__station">
          {repair.stationName}
          {repair.identity === null ? null : <span class="mono"> {repair.identity.stationId}</span>}
        </p>
      </div>
      <div class="bar__state">
        {simulated ? <Pill tone="amber">{t('bar.simulated')}</Pill> : null}
        <Pill tone={linkTone(repair.link.state)}>{t(`link.${repair.link.state}`)}</Pill>
        {logIn.stage === 'in' && logIn.member !== null ? (
          <Pill tone="plain" name="member">
            <Icon name="person" />
            <span class="mono">{logIn.member.staffId}</span> {t(`role.${logIn.member.role}`)}
          </Pill>
        ) : null}
      </div>
      <div class="bar__actions">
        {LANGUAGES.filter((other) => other !== language).map((other) => (
          <button
            key={other}
            type="button"
            class="button button--quiet"
            lang={other}
            data-language={other}
            onClick={() => props.onLanguage(other)}
          >
            <Icon name="globe" />
            {t(`language.${other}`)}
          </button>
        ))}
        {logIn.stage === 'in' ? (
          <button
            type="button"
            class="button button--quiet"
            data-action="log-out"
            onClick={() => void station.call('logOut', {})}
          >
            <Icon name="lock" />
            {t('bar.log-out')}
          </button>
        ) : null}
        <button
          type="button"
          class="button"
          data-action="leave"
          onClick={() => void station.call('leave', {})}
        >
          {t('bar.leave')}
        </button>
      </div>
    </header>
  );
}
