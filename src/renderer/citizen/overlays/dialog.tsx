import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A sheet over the screen, with its actions where the screen has its own. The focus goes to its title. */
export function Dialog(props: {
  readonly name: 'help' | 'cancel' | 'idle';
  readonly title: string;
  readonly children: ComponentChildren;
  readonly actions: ComponentChildren;
}): JSX.Element {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const labelId = `dialog-${props.name}`;
  return (
    <div class="veil">
      <section
        class="dialog"
        role="dialog"
        aria-modal="true"
        aria-labelledby={labelId}
        data-dialog={props.name}
      >
        <div class="dialog__body">
          <h1 id={labelId} ref={title} tabIndex={-1} class="dialog__title">
            {props.title}
          </h1>
          {props.children}
        </div>
        <div class="page__actions">{props.actions}</div>
      </section>
    </div>
  );
}
