import type { JSX } from 'preact';
import { Icon } from '#ui/icons/icon.tsx';

/** One line that asks for attention: a problem to put right, or a state to wait in. */
export function NoticeLine(props: { readonly tone: 'wait' | 'problem'; readonly text: string }): JSX.Element {
  return (
    <p class={`notice-line notice-line--${props.tone}`} role={props.tone === 'problem' ? 'alert' : 'status'}>
      {props.tone === 'problem' ? <Icon name="alert" /> : <span class="notice-line__pulse" />}
      <span>{props.text}</span>
    </p>
  );
}
