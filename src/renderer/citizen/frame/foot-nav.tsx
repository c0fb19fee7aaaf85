import type { JSX } from 'preact';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { useText } from '../context.ts';
import { hasHelp } from '../overlays/help.tsx';
import { ActButton } from './act-button.tsx';

/** Back, help and cancel: always there, always at the same places. What does not apply leaves its place empty. */
export function FootNav(props: { readonly snapshot: Snapshot }): JSX.Element {
  const t = useText();
  return (
    <nav class="foot-nav" aria-label={t('nav.label')}>
      <div class="foot-nav__slot">
        {props.snapshot.canGoBack ? (
          <ActButton event={{ type: 'back' }} look="nav" icon="back">
            {t('nav.back')}
          </ActButton>
        ) : null}
      </div>
      <div class="foot-nav__slot">
        {hasHelp(props.snapshot.screen.name) ? (
          <ActButton event={{ type: 'open-help' }} look="nav" icon="help">
            {t('nav.help')}
          </ActButton>
        ) : null}
      </div>
      <div class="foot-nav__slot">
        {props.snapshot.canCancel ? (
          <ActButton event={{ type: 'cancel' }} look="nav" icon="close">
            {t('nav.cancel')}
          </ActButton>
        ) : null}
      </div>
    </nav>
  );
}
