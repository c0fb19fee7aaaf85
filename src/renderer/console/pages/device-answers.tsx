import type { JSX } from 'preact';
import type { DeviceChangeView, TrialView } from '#contract/console-devices.ts';
import { assertNever } from '#domain/result.ts';
import type { ConsoleKey } from '#i18n/console-messages.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { Output } from '../console-link.ts';
import { useText } from '../context.ts';
import { countdown } from '../frame/moments.ts';
import { Pill } from '../frame/pill.tsx';
import type { Tone } from '../frame/tones.ts';

/** What a method about devices answers when it did not do what was asked. */
export type Refusal = Exclude<Output<'saveDevice'>, { readonly kind: 'done' }>;

export function RefusalNotice({ refusal }: { readonly refusal: Refusal }): JSX.Element {
  const t = useText();
  const reason = refusal.kind === 'refused' ? refusal.reason : 'not-allowed';
  const detail = refusal.kind === 'refused' ? refusal.detail : null;
  return (
    <div class="notice" data-refused={reason}>
      <Icon name="alert" />
      <div>
        {t(`refusal.${reason}`)}
        {detail === null ? null : <p class="mono">{detail}</p>}
      </div>
    </div>
  );
}

const TONES: Readonly<Record<TrialView['steps'][number]['outcome'], Tone>> = {
  passed: 'jade',
  failed: 'cinnabar',
  skipped: 'plain',
};

/** Steps that have words of their own; any other is shown as the drivers name it. */
const STEPS: ReadonlyMap<string, ConsoleKey> = new Map([
  ['open', 'step.open'],
  ['status', 'step.status'],
  ['SAM id', 'step.sam-id'],
  ['card', 'step.card'],
  ['select', 'step.select'],
  ['read', 'step.read'],
  ['newest address', 'step.newest-address'],
  ['card number', 'step.card-number'],
  ['scan', 'step.scan'],
  ['test page', 'step.test-page'],
  ['light green', 'step.light-green'],
  ['light amber', 'step.light-amber'],
  ['light red', 'step.light-red'],
]);

/** The steps of a trial as the drivers told them. */
export function TrialSteps({ trial }: { readonly trial: TrialView }): JSX.Element {
  const t = useText();
  const nameOf = (step: string) => {
    const known = STEPS.get(step);
    return known === undefined ? step : t(known);
  };
  return (
    <section class="trial" data-trial={trial.passed ? 'passed' : 'failed'}>
      <header class="device__head">
        <strong>{trial.model}</strong>
        <Pill tone={trial.passed ? 'jade' : 'cinnabar'}>
          {t(trial.passed ? 'trial.passed' : 'trial.failed')}
        </Pill>
        <span class="mono">{trial.place}</span>
      </header>
      <ol class="steps">
        {trial.steps.map((step, index) => (
          <li key={index} class="step" data-outcome={step.outcome}>
            <Pill tone={TONES[step.outcome]}>{t(`trial.${step.outcome}`)}</Pill>
            <div class="step__said">
              <span>{nameOf(step.step)}</span>
              <p class="mono">{step.detail}</p>
            </div>
            <span class="step__took">{t('trial.took', { seconds: (step.tookMs / 1_000).toFixed(1) })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What became of the device that was saved last. */
export function ChangeState({ change }: { readonly change: DeviceChangeView }): JSX.Element | null {
  const t = useText();
  switch (change.at) {
    case 'resting':
      return null;
    case 'trying': {
      const { model, place } = change;
      return (
        <div class="change change--trying" data-change="trying">
          <Pill tone="amber">{t('set-up.state.trying')}</Pill>
          <p>{t('set-up.trying-for', { model, place, time: countdown(change.leftMs) })}</p>
        </div>
      );
    }
    case 'kept': {
      const { model, place } = change;
      return (
        <div class="change change--kept" data-change="kept">
          <Pill tone="jade">{t('set-up.state.kept')}</Pill>
          <p>{t('set-up.kept', { model, place })}</p>
        </div>
      );
    }
    case 'rolled-back': {
      const { model, place, reason, detail } = change;
      return (
        <div class="change change--back" data-change="rolled-back" data-reason={reason}>
          <Pill tone="cinnabar">{t('set-up.state.rolled-back')}</Pill>
          <div>
            <p>{t(`set-up.back.${reason}`, { model, place })}</p>
            {detail === null ? null : <p class="mono">{detail}</p>}
          </div>
        </div>
      );
    }
    default:
      return assertNever(change);
  }
}
