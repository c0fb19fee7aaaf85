import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * The plan of every screen: what it is about at the top, one thing in the middle, and the way on always at the same
 * place at the foot, within reach from a wheelchair.
 */
export function Page(props: {
  readonly title: ComponentChildren;
  readonly lead?: ComponentChildren | undefined;
  readonly children?: ComponentChildren;
  /** At most two buttons; the one that leads on comes last and stands to the right. */
  readonly actions?: ComponentChildren;
  readonly class?: string;
}): JSX.Element {
  const title = useRef<HTMLHeadingElement>(null);
  // Whoever listens rather than looks begins a new screen at its title.
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <div class={props.class ? `page ${props.class}` : 'page'}>
      <div class="page__head">
        <h1 ref={title} class="page__title" tabIndex={-1}>
          {props.title}
        </h1>
        {props.lead === undefined ? null : <p class="page__lead">{props.lead}</p>}
      </div>
      <div class="page__body">{props.children}</div>
      <div class="page__actions">{props.actions}</div>
    </div>
  );
}
