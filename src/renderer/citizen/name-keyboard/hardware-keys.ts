import type { Key, Typing } from './typing.ts';

/** What a key of a keyboard that is plugged in means, or null when it is not for us. */
export function hardwareKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'>,
  standing: {
    readonly typing: Typing;
    /** The candidates of the page that is shown, in their order. */
    readonly shown: readonly (Key & { readonly key: 'candidate' })[];
    readonly pages: number;
  },
): Key | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  const { typing, shown, pages } = standing;
  if (/^[a-z]$/i.test(event.key) || (typing.mode === 'code' && /^\d$/.test(event.key))) {
    return { key: 'character', character: event.key };
  }
  if (/^[1-9]$/.test(event.key)) return shown[Number(event.key) - 1] ?? null;
  switch (event.key) {
    case 'Backspace':
      return { key: 'delete' };
    case "'":
      return { key: 'separator' };
    case '.':
    case '·':
      return { key: 'dot' };
    case ' ':
      return typing.typed === '' ? { key: 'space' } : (shown[0] ?? null);
    case 'Enter':
      return typing.typed === '' ? null : (shown[0] ?? null);
    case 'PageDown':
      return typing.page + 1 < pages ? { key: 'page', page: typing.page + 1 } : null;
    case 'PageUp':
      return typing.page > 0 ? { key: 'page', page: typing.page - 1 } : null;
    default:
      return null;
  }
}
