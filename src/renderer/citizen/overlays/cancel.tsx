import type { JSX } from 'preact';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Dialog } from './dialog.tsx';

export function CancelDialog(): JSX.Element {
  const t = useText();
  return (
    <Dialog
      name="cancel"
      title={t('cancel.title')}
      actions={
        <>
          <ActButton event={{ type: 'confirm-cancel' }} look="danger">
            {t('cancel.confirm')}
          </ActButton>
          <ActButton event={{ type: 'keep-going' }} look="primary">
            {t('cancel.keep')}
          </ActButton>
        </>
      }
    >
      <p class="dialog__text">{t('cancel.text')}</p>
    </Dialog>
  );
}
