import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Dialog } from './dialog.tsx';

/** Read out when the countdown begins, and again near its end; every second would be a torrent. */
const ANNOUNCED = [30, 20, 10, 5];
const CIRCUMFERENCE = 100;
/** The countdown that the ring is drawn for, seconds. */
const LONGEST = 30;

export function IdleDialog(props: { readonly secondsLeft: number }): JSX.Element {
  const t = useText();
  const seconds = Math.max(0, Math.ceil(props.secondsLeft));
  const announced = ANNOUNCED.findLast((limit) => seconds <= limit) ?? seconds;
  const share = Math.min(1, seconds / LONGEST);
  return (
    <Dialog
      name="idle"
      title={t('idle.title')}
      actions={
        <ActButton event={{ type: 'more-time' }} look="primary">
          {t('idle.more')}
        </ActButton>
      }
    >
      <div class="countdown" data-seconds={seconds}>
        <svg viewBox="0 0 200 200" aria-hidden="true" focusable="false">
          <circle class="countdown__ground" cx="100" cy="100" r="90" />
          <circle
            class="countdown__ring"
            cx="100"
            cy="100"
            r="90"
            pathLength={CIRCUMFERENCE}
            stroke-dasharray={`${share * CIRCUMFERENCE} ${CIRCUMFERENCE}`}
          />
        </svg>
        <span class="countdown__number" aria-hidden="true">
          {t('idle.seconds', { seconds })}
        </span>
      </div>
      <p class="dialog__text">{t('idle.text')}</p>
      <p class="visually-hidden" aria-live="assertive">
        {t('idle.announce', { seconds: announced })}
      </p>
    </Dialog>
  );
}
