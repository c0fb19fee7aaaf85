import type { JSX } from 'preact';
import { assertNever } from '#domain/result.ts';
import type { ConsoleKey } from '#i18n/console-messages.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { Notice } from '../console-link.ts';
import { useConsole, useText } from '../context.ts';

/** What became of the code that was shown last. */
export function NoticeLine(): JSX.Element {
  const t = useText();
  const notice = useConsole().station.notice.value;
  return (
    <div class="notice-line" aria-live="polite">
      {notice === null ? null : (
        <p class={notice.kind === 'unlocked' ? 'notice notice--good' : 'notice'} data-notice={notice.kind}>
          <Icon name={notice.kind === 'unlocked' ? 'tool' : 'alert'} />
          <span>{t(keyOf(notice))}</span>
        </p>
      )}
    </div>
  );
}

function keyOf(notice: Notice): ConsoleKey {
  switch (notice.kind) {
    case 'badge-refused':
      return `badge.${notice.reason}`;
    case 'unlock-refused':
      return `unlock.${notice.reason}`;
    case 'unlocked':
      return 'unlock.done';
    default:
      return assertNever(notice);
  }
}
