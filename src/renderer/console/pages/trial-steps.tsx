import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { TrialPrompt, TrialStep } from '#contract/device-trial.ts';
import type { ConsoleKey } from '#i18n/console-messages.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { useText } from '../context.ts';
import { Pill } from '../frame/pill.tsx';
import type { Tone } from '../frame/tones.ts';

/** A trial that runs, or has run. */
export interface ShownTrial {
  readonly model: string;
  /** Null while it is not known: that of the device as it is. */
  readonly place: string | null;
  /** Null while it runs. */
  readonly passed: boolean | null;
  readonly steps: readonly TrialStep[];
  /** What somebody has to do now. */
  readonly prompt: TrialPrompt | null;
}

const TONES: Readonly<Record<TrialStep['outcome'], Tone>> = {
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

const PROMPT_ICONS: Readonly<Record<TrialPrompt['ask'], IconName>> = {
  'show-code': 'phone',
  'lay-card': 'card',
  'watch-green-light': 'search',
  'watch-amber-light': 'search',
  'watch-red-light': 'search',
};

/** The steps of a trial as the drivers tell them, and below them what is to be done now. */
export function TrialSteps({ trial }: { readonly trial: ShownTrial }): JSX.Element {
  const t = useText();
  const { passed, prompt } = trial;
  const asks = useRef<HTMLParagraphElement>(null);
  // On a low display it may stand below what is seen.
  useEffect(() => asks.current?.scrollIntoView({ block: 'nearest' }), [prompt]);
  const verdict = passed === null ? 'running' : passed ? 'passed' : 'failed';
  const tone: Tone = passed === null ? 'amber' : passed ? 'jade' : 'cinnabar';
  const nameOf = (step: string) => {
    const known = STEPS.get(step);
    return known === undefined ? step : t(known);
  };
  return (
    <section class="trial" data-trial={verdict}>
      <header class="device__head">
        <strong>{trial.model}</strong>
        <Pill tone={tone}>{t(`trial.${verdict}`)}</Pill>
        {trial.place === null ? null : <span class="mono">{trial.place}</span>}
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
      {prompt === null ? null : (
        <p ref={asks} class="change change--asks" data-prompt={prompt.ask}>
          <Icon name={PROMPT_ICONS[prompt.ask]} />
          <span>{t(`prompt.${prompt.ask}`, { seconds: prompt.seconds })}</span>
        </p>
      )}
    </section>
  );
}
