import type { JSX } from 'preact';
import type { DeviceChangeView } from '#contract/console-devices.ts';
import { assertNever } from '#domain/result.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { Output } from '../console-link.ts';
import { useText } from '../context.ts';
import { countdown } from '../frame/moments.ts';
import { Pill } from '../frame/pill.tsx';

/** What a method about devices answers when it did not do what was asked. */
export type Refusal = Exclude<Output<'saveDevice'>, { readonly kind: 'done' }>;

export function RefusalNotice({ refusal }: { readonly refusal: Refusal }): JSX.Element {
  const t = useText();
  const reason = refusal.kind === 'refused' ? refusal.reason : 'not-allowed';
  const detail = refusal.kind === 'refused' ? refusal.detail : null;
  return (
    <div class="notice" data-refused={reason}>
      <Icon name="alert" />
      <div>
        {t(`refusal.${reason}`)}
        {detail === null ? null : <p class="mono">{detail}</p>}
      </div>
    </div>
  );
}

/** What became of the last change of the list. */
export function ChangeState({ change }: { readonly change: DeviceChangeView }): JSX.Element | null {
  const t = useText();
  switch (change.at) {
    case 'resting':
      return null;
    case 'trying': {
      const { model, place } = change;
      return (
        <div class="change change--trying" data-change="trying">
          <Pill tone="amber">{t('set-up.state.trying')}</Pill>
          <p>{t('set-up.trying-for', { model, place, time: countdown(change.leftMs) })}</p>
        </div>
      );
    }
    case 'kept':
    case 'removed': {
      const { at, model, place } = change;
      return (
        <div class="change change--kept" data-change={at}>
          <Pill tone="jade">{t(`set-up.state.${at}`)}</Pill>
          <p>{t(`set-up.${at}`, { model, place })}</p>
        </div>
      );
    }
    case 'erased':
      return (
        <div class="change change--kept" data-change="erased">
          <Pill tone="jade">{t('set-up.state.erased')}</Pill>
          <p>{t('set-up.erased')}</p>
        </div>
      );
    case 'not-erased':
      return (
        <div class="change change--back" data-change="not-erased">
          <Pill tone="cinnabar">{t('set-up.state.not-erased')}</Pill>
          <div>
            <p>{t('set-up.not-erased')}</p>
            <p class="mono">{change.detail}</p>
          </div>
        </div>
      );
    case 'rolled-back': {
      const { model, place, reason, detail } = change;
      return (
        <div class="change change--back" data-change="rolled-back" data-reason={reason}>
          <Pill tone="cinnabar">{t('set-up.state.rolled-back')}</Pill>
          <div>
            <p>{t(`set-up.back.${reason}`, { model, place })}</p>
            {detail === null ? null : <p class="mono">{detail}</p>}
          </div>
        </div>
      );
    }
    default:
      return assertNever(change);
  }
}
