import type { JSX } from 'preact';
import { ICON_SHAPES, type IconName } from './icon-shapes.tsx';

/** A line icon on a grid of 48 units, in the colour of the text around it. Decorative: its label is the text beside it. */
export function Icon(props: { readonly name: IconName; readonly class?: string }): JSX.Element {
  return (
    <svg
      class={props.class ? `icon ${props.class}` : 'icon'}
      viewBox="0 0 48 48"
      fill="none"
      stroke="currentColor"
      stroke-width="3"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {ICON_SHAPES[props.name]}
    </svg>
  );
}
