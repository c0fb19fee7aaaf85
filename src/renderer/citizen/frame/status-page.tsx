import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '#ui/icons/icon.tsx';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { Page } from './page.tsx';

export type Tone = 'calm' | 'good' | 'attention' | 'stop';

/** A screen that says one thing: a large sign, a sentence, and what to do next. */
export function StatusPage(props: {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly busy?: boolean;
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
}): JSX.Element {
  return (
    <Page title={props.title} class="page--status" actions={props.actions}>
      <Roundel icon={props.icon} tone={props.tone} busy={props.busy ?? false} />
      <div class="status__text" role={props.tone === 'stop' ? 'alert' : 'status'}>
        {props.children}
      </div>
    </Page>
  );
}

function Roundel(props: {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly busy: boolean;
}): JSX.Element {
  return (
    <div class={`roundel roundel--${props.tone}${props.busy ? ' roundel--busy' : ''}`}>
      <svg class="roundel__rings" viewBox="0 0 200 200" aria-hidden="true" focusable="false">
        <circle class="roundel__ring" cx="100" cy="100" r="98" />
        <circle class="roundel__ring" cx="100" cy="100" r="84" />
        <circle class="roundel__disc" cx="100" cy="100" r="68" />
        {props.busy ? <path class="roundel__arc" d="M100 16a84 84 0 0 1 84 84" /> : null}
      </svg>
      <Icon name={props.icon} class="roundel__icon" />
    </div>
  );
}
