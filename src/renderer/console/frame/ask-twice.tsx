import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';

/** A button for what cannot be taken back by another press: it asks before it is done. */
export function AskTwice(props: {
  readonly action: string;
  readonly label: string;
  readonly question: string;
  /** What is done, in the words of its button. */
  readonly yes: string;
  readonly disabled?: boolean;
  readonly onYes: () => void;
}): JSX.Element {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const no = useRef<HTMLButtonElement>(null);
  // The button that had the focus is gone; what changes nothing comes first.
  useEffect(() => {
    if (asked) no.current?.focus();
  }, [asked]);
  if (!asked)
    return (
      <button
        type="button"
        class="button button--quiet"
        data-action={props.action}
        disabled={props.disabled}
        onClick={() => setAsked(true)}
      >
        <Icon name="delete" />
        {props.label}
      </button>
    );
  return (
    <fieldset class="ask-twice" data-asks={props.action}>
      <legend>{props.question}</legend>
      <div class="actions">
        <button
          type="button"
          class="button"
          data-action={`${props.action}-yes`}
          disabled={props.disabled}
          onClick={() => {
            setAsked(false);
            props.onYes();
          }}
        >
          {props.yes}
        </button>
        <button ref={no} type="button" class="button" onClick={() => setAsked(false)}>
          {t('confirm.no')}
        </button>
      </div>
    </fieldset>
  );
}
