import type { ComponentChildren, JSX } from 'preact';
import type { Tone } from './tones.ts';

/** A state in a word. Its colour repeats what the word says. */
export function Pill(props: {
  readonly tone: Tone;
  readonly name?: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <span class={`pill pill--${props.tone}`} data-pill={props.name}>
      {props.children}
    </span>
  );
}
