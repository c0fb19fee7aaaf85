import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { Page } from '../frame/page.tsx';
import { CardOnReader } from '../illustrations/card-on-reader.tsx';

export function TakeCardScreen(): JSX.Element {
  const t = useText();
  return (
    <Page title={t('take-card.title')} lead={t('take-card.text')}>
      <CardOnReader state="take" />
    </Page>
  );
}
