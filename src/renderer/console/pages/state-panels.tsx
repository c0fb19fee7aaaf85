import type { JSX } from 'preact';
import type { ClockView, LinkView, RepairView, RuleView } from '#contract/console-api.ts';
import type { ConsoleKey } from '#i18n/console-messages.ts';
import { useConsole, useText } from '../context.ts';
import { countdown, moment, skew } from '../frame/moments.ts';
import { Facts, Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import { clockTone, linkTone } from '../frame/tones.ts';

/** Troubles that have words of their own; any other is shown as the program names it. */
const TROUBLES = [
  'unreachable',
  'untrusted-server',
  'unproven-answer',
  'too-slow',
  'broken-off',
  'time-refused',
  'unknown-station',
  'revoked-station',
  'unavailable',
  'internal',
] as const;

export function useTrouble(): (reason: string) => string {
  const t = useText();
  return (reason) => {
    const known = TROUBLES.find((trouble) => trouble === reason);
    return known === undefined ? reason : t(`trouble.${known}`);
  };
}

export function LinkPanel({ link }: { readonly link: LinkView }): JSX.Element {
  const t = useText();
  const trouble = useTrouble();
  return (
    <Panel
      name="link"
      title={t('link.title')}
      state={
        <Pill tone={linkTone(link.state)} name="link">
          {t(`link.${link.state}`)}
        </Pill>
      }
    >
      <Facts
        rows={[
          [t('link.registry'), link.registryName ?? t('value.none')],
          [t('link.address'), <span class="mono">{link.registryUrl ?? t('value.none')}</span>],
          [t('link.last-answer'), link.lastAnswerAt === null ? t('value.never') : moment(link.lastAnswerAt)],
          [
            t('link.last-trouble'),
            link.lastTrouble === null
              ? t('value.none')
              : t('link.trouble', {
                  what: trouble(link.lastTrouble.reason),
                  at: moment(link.lastTrouble.at),
                }),
          ],
          [
            t('link.next-try'),
            link.nextTryInMs === null ? t('link.now') : t('value.in', { time: countdown(link.nextTryInMs) }),
          ],
        ]}
      />
    </Panel>
  );
}

export function ClockPanel({ clock }: { readonly clock: ClockView }): JSX.Element {
  const t = useText();
  const { language } = useConsole();
  return (
    <Panel
      name="clock"
      title={t('clock.title')}
      state={
        <Pill tone={clockTone(clock.trust)} name="clock">
          {t(`clock.${clock.trust}`)}
        </Pill>
      }
    >
      <p class="panel__text">{t(`clock.why.${clock.why}`)}</p>
      <Facts
        rows={[
          [t('clock.now'), <span class="mono">{moment(clock.now)}</span>],
          [t('clock.wall'), <span class="mono">{moment(clock.wall)}</span>],
          [t('clock.skew'), clock.skewMs === null ? t('value.not-known') : skew(language, clock.skewMs)],
        ]}
      />
    </Panel>
  );
}

const FROZEN: Readonly<Record<string, ConsoleKey>> = {
  'offline-too-long': 'frozen.offline-too-long',
  'storage-full': 'frozen.storage-full',
  'chain-broken': 'frozen.chain-broken',
  'certificate-expired': 'frozen.certificate-expired',
};

export function RulePanel({ rule }: { readonly rule: RuleView }): JSX.Element {
  const t = useText();
  const frozen = rule.frozen === null ? null : (FROZEN[rule.frozen] ?? null);
  return (
    <Panel
      name="rule"
      title={t('rule.title')}
      state={
        <Pill
          tone={rule.frozen !== null ? 'cinnabar' : rule.warnings.length > 0 ? 'amber' : 'jade'}
          name="rule"
        >
          {rule.frozen !== null
            ? t('rule.frozen')
            : rule.warnings.length > 0
              ? t('rule.warned')
              : t('rule.open')}
        </Pill>
      }
    >
      {frozen === null ? null : <p class="panel__text">{t(frozen)}</p>}
      {rule.warnings.map((warning) => (
        <p key={warning} class="panel__text">
          {t(`warning.${warning}`)}
        </p>
      ))}
      <div class="meters">
        <Meter
          name="days"
          label={t('rule.days')}
          value={
            rule.daysLeft === null
              ? t('value.not-known')
              : t('rule.days-left', { days: rule.daysLeft, of: rule.days })
          }
          share={rule.daysLeft === null ? null : 1 - rule.daysLeft / rule.days}
        />
        <Meter
          name="waiting"
          label={t('rule.waiting')}
          value={t('rule.of', { count: rule.waiting, of: rule.mostWaiting })}
          share={rule.waiting / rule.mostWaiting}
        />
        <Meter
          name="disk"
          label={t('rule.disk')}
          value={t('rule.megabytes', { count: rule.freeMegabytes, least: rule.leastFreeMegabytes })}
          share={Math.min(1, rule.leastFreeMegabytes / Math.max(1, rule.freeMegabytes))}
        />
      </div>
    </Panel>
  );
}

/** How much of a limit is used up. */
function Meter(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** 0 to 1; null when there is nothing to measure yet. */
  readonly share: number | null;
}): JSX.Element {
  const share = Math.min(1, Math.max(0, props.share ?? 0));
  const tone = share >= 1 ? 'cinnabar' : share >= 0.8 ? 'amber' : 'plain';
  return (
    <div class="meter" data-meter={props.name}>
      <span class="meter__label">{props.label}</span>
      <span class="meter__value">{props.value}</span>
      <svg
        class={`meter__bar meter__bar--${tone}`}
        viewBox="0 0 100 2"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect class="meter__ground" width="100" height="2" />
        <rect class="meter__used" width={100 * share} height="2" />
      </svg>
    </div>
  );
}

export function IdentityPanel({ repair }: { readonly repair: RepairView }): JSX.Element {
  const t = useText();
  const { identity } = repair;
  return (
    <Panel
      name="identity"
      title={t('identity.title')}
      state={
        <Pill tone={identity === null ? 'cinnabar' : 'jade'}>
          {identity === null ? t('link.not-provisioned') : t('identity.provisioned')}
        </Pill>
      }
    >
      <Facts
        rows={[
          [t('identity.name'), repair.stationName],
          [t('identity.mode'), t(`mode.${repair.mode}`)],
          [t('identity.station'), <span class="mono">{identity?.stationId ?? t('value.none')}</span>],
          [t('identity.installation'), identity === null ? t('value.none') : String(identity.installation)],
          [t('identity.kid'), <span class="mono">{identity?.kid ?? t('value.none')}</span>],
          [
            t('identity.key'),
            identity === null
              ? t('value.none')
              : identity.demoKey
                ? t('identity.key-file')
                : t('identity.key-kept'),
          ],
        ]}
      />
    </Panel>
  );
}
