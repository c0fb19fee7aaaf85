import type { JSX } from 'preact';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { useText } from '../context.ts';

/** Where the citizen stands among the steps. */
export function Progress(props: { readonly progress: Snapshot['progress'] }): JSX.Element {
  const t = useText();
  const { progress } = props;
  if (progress === null) return <div class="progress progress--none" />;
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={t('progress.label', progress)}
      aria-valuemin={1}
      aria-valuemax={progress.of}
      aria-valuenow={progress.step}
    >
      <div class="progress__bar">
        {Array.from({ length: progress.of }, (_, index) => {
          const step = index + 1;
          const state = step < progress.step ? 'done' : step === progress.step ? 'now' : 'ahead';
          return <span key={step} class={`progress__step progress__step--${state}`} />;
        })}
      </div>
      <span class="progress__label">{t('progress.label', progress)}</span>
    </div>
  );
}
