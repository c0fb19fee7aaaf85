import type { ComponentChildren, JSX } from 'preact';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { useCitizen } from '../context.ts';

export type ButtonLook = 'primary' | 'secondary' | 'danger' | 'nav' | 'choice' | 'chip';

/** A button that sends one event. Its text is its accessible name; `data-event` names the event. */
export function ActButton(props: {
  readonly event: CitizenEvent;
  readonly look: ButtonLook;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
  readonly lang?: string;
}): JSX.Element {
  const { station, settling } = useCitizen();
  const { event } = props;
  return (
    <button
      type="button"
      class={`button button--${props.look}`}
      data-event={event.type}
      {...(event.type === 'choose-language' ? { 'data-language': event.language } : {})}
      {...(props.lang === undefined ? {} : { lang: props.lang })}
      disabled={settling}
      onClick={() => station.act(event)}
    >
      {props.icon ? <Icon name={props.icon} /> : null}
      <span class="button__text">{props.children}</span>
    </button>
  );
}
