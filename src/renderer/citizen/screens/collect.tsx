import type { JSX } from 'preact';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { StatusPage } from '../frame/status-page.tsx';

/** Issued to somebody without a phone: where it is handed over, and what to bring. */
export function CollectScreen(): JSX.Element {
  const t = useText();
  return (
    <StatusPage
      icon="check"
      tone="good"
      title={t('collect.title')}
      actions={
        <ActButton event={{ type: 'continue' }} look="primary">
          {t('waiting.continue')}
        </ActButton>
      }
    >
      <p class="status__main">{t('collect.text')}</p>
      <section class="next sheet">
        <h2 class="section-title">{t('collect.bring')}</h2>
        <ul class="next__list">
          <li>
            <Icon name="receipt" />
            <span>{t('collect.bring-slip')}</span>
          </li>
          <li>
            <Icon name="card" />
            <span>{t('collect.bring-card')}</span>
          </li>
          <li>
            <Icon name="phone" />
            <span>{t('collect.bring-phone')}</span>
          </li>
        </ul>
      </section>
    </StatusPage>
  );
}
