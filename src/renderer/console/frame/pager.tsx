import type { JSX } from 'preact';
import { useText } from '../context.ts';

/** Newer and older pages of a list that is read newest first. */
export function Pager(props: {
  /** Where the pages before this one began. */
  readonly starts: readonly number[];
  readonly next: number | null;
  readonly onStarts: (starts: readonly number[]) => void;
}): JSX.Element | null {
  const t = useText();
  const { starts, next } = props;
  if (starts.length === 0 && next === null) return null;
  return (
    <div class="pager">
      <button
        type="button"
        class="button"
        data-action="newer"
        disabled={starts.length === 0}
        onClick={() => props.onStarts(starts.slice(0, -1))}
      >
        {t('pager.newer')}
      </button>
      <span>{t('pager.page', { page: starts.length + 1 })}</span>
      <button
        type="button"
        class="button"
        data-action="older"
        disabled={next === null}
        onClick={() => {
          if (next !== null) props.onStarts([...starts, next]);
        }}
      >
        {t('pager.older')}
      </button>
    </div>
  );
}
