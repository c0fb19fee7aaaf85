import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';
import { ActionPictogram } from '../illustrations/action-pictogram.tsx';

/** The six movements, of which a citizen leaves out what is difficult. With none left a person goes on. */
export function ExchangeScreen(props: { readonly exchanged: readonly Action[] }): JSX.Element {
  const t = useText();
  const [chosen, setChosen] = useState(props.exchanged);
  const all = chosen.length === ACTIONS.length;
  const toggle = (action: Action) =>
    setChosen(chosen.includes(action) ? chosen.filter((other) => other !== action) : [...chosen, action]);
  return (
    <Page
      class="page--exchange"
      title={t('exchange.title')}
      lead={t('exchange.lead')}
      actions={
        <ActButton event={{ type: 'exchange-actions', actions: chosen }} look="primary">
          {all
            ? t('exchange.staff')
            : t(chosen.length === 0 ? 'exchange.continue-all-asked' : 'exchange.continue')}
        </ActButton>
      }
    >
      <section class="movements" aria-label={t('exchange.title')}>
        {ACTIONS.map((action) => (
          <MovementCard
            key={action}
            action={action}
            chosen={chosen.includes(action)}
            onToggle={() => toggle(action)}
          />
        ))}
      </section>
      <p class="aside exchange__note" role="status">
        {all ? t('exchange.note-all') : t('exchange.note')}
      </p>
    </Page>
  );
}

function MovementCard(props: {
  readonly action: Action;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}): JSX.Element {
  const t = useText();
  const { settling } = useCitizen();
  const { action, chosen } = props;
  return (
    <button
      type="button"
      class="movement"
      data-movement={action}
      aria-pressed={chosen}
      disabled={settling}
      onClick={props.onToggle}
    >
      <span class="movement__picture">
        <ActionPictogram action={action} />
      </span>
      <span class="movement__words">
        <span class="movement__name">{t(`exchange.action.${action}`)}</span>
        <span class="movement__mark">
          <Icon name="check" />
          {chosen ? t('exchange.left-out') : null}
        </span>
      </span>
    </button>
  );
}
