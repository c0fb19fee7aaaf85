import type { ComponentChildren, JSX } from 'preact';
import { useCitizen } from '../context.ts';

/** The button that hands an entry to the station, greyed until the entry is whole. `data-event` names what it does. */
export function SubmitButton(props: {
  readonly does: 'next-entry' | 'submit-password' | 'submit-number' | 'submit-name';
  readonly ready: boolean;
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { settling } = useCitizen();
  return (
    <button
      type="button"
      class={`button button--primary${props.ready ? '' : ' button--incomplete'}`}
      data-event={props.does}
      disabled={!props.ready || settling}
      onClick={props.onSubmit}
    >
      <span class="button__text">{props.children}</span>
    </button>
  );
}
