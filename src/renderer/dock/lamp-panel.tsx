import type { JSX } from 'preact';
import type { CounterState } from '#contract/dock-api.ts';
import type { DockKey } from '#i18n/dock-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import { Panel } from './panels.tsx';

/** The lights of the status lamp, as they stand on the column: red on top. */
export function LampPanel(props: {
  readonly lamp: CounterState['lamp'];
  readonly t: Translate<DockKey>;
}): JSX.Element {
  const { lamp, t } = props;
  return (
    <Panel title={t('lamp.title')} name="lamp">
      <ul class="lights" aria-live="polite">
        {(['red', 'amber', 'green'] as const).map((colour) => (
          <li key={colour} class="light" data-light={colour} data-lit={lamp[colour]}>
            <span class={lamp[colour] ? `light__lens light__lens--${colour}` : 'light__lens'} />
            <span class="light__name">{t(`lamp.${colour}`)}</span>
            <span class={lamp[colour] ? 'light__state light__state--on' : 'light__state'}>
              {lamp[colour] ? t('lamp.on') : t('lamp.off')}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
