import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { PORTRAIT_CHOICE_MS } from '#domain/session/portrait-choice.ts';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';

/** The portrait as it would go into the application, in place of the preview. */
export function ChosenPortrait(props: { readonly jpegBase64: string }): JSX.Element {
  const t = useText();
  return (
    <img
      class="face__portrait"
      src={`data:image/jpeg;base64,${props.jpegBase64}`}
      alt={t('face.portrait-picture')}
    />
  );
}

export function PortraitActions(props: { readonly retakesLeft: number }): JSX.Element {
  const t = useText();
  const left = props.retakesLeft;
  return (
    <>
      {left > 0 ? (
        <ActButton event={{ type: 'retake-portrait' }} look="secondary">
          {t('face.portrait-retake')}
          <span class="button__second">{t('face.portrait-left', { left })}</span>
        </ActButton>
      ) : null}
      <ActButton event={{ type: 'keep-portrait' }} look="primary">
        {t('face.portrait-keep')}
      </ActButton>
    </>
  );
}

/** Counts down to the moment in which the station keeps the portrait by itself. Drawn anew for each portrait. */
export function PortraitCountdown(): JSX.Element {
  const t = useText();
  const [endsAt] = useState(() => performance.now() + PORTRAIT_CHOICE_MS);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(1, Math.ceil((endsAt - now) / 1000));
  return (
    <p class="face__hint" role="timer">
      {t('face.portrait-auto', { seconds })}
    </p>
  );
}
