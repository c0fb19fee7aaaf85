import type { JSX } from 'preact';
import type { Action } from '#domain/liveness/action.ts';
import { assertNever } from '#domain/result.ts';

/**
 * A face that does what is asked for. Turns are drawn as in a mirror, which is what the preview shows: the citizen's
 * left is on the left of the screen.
 */
export function ActionPictogram(props: { readonly action: Action }): JSX.Element {
  const { action } = props;
  return (
    <svg
      class={`pictogram pictogram--${action}`}
      viewBox="0 0 200 200"
      aria-hidden="true"
      focusable="false"
      data-pictogram={action}
    >
      <g class="pictogram__head">
        <path
          d="M100 24c38 0 58 28 58 66 0 46-24 86-58 86s-58-40-58-86c0-38 20-66 58-66z"
          class="pictogram__skin"
        />
        <g class="pictogram__features">
          <g class="pictogram__eyes">
            <ellipse cx="78" cy="90" rx="8" ry="9" />
            <ellipse cx="122" cy="90" rx="8" ry="9" />
          </g>
          <path class="pictogram__lids" d="M66 92c7 7 17 7 24 0M110 92c7 7 17 7 24 0" />
          <path class="pictogram__nose" d="M100 96v22h-7" />
          <Mouth action={action} />
        </g>
      </g>
      {action === 'turn-left' ? (
        <path class="pictogram__arrow" d="M34 44C18 62 10 84 12 108M0 94l12 15 14-12" />
      ) : null}
      {action === 'turn-right' ? (
        <path class="pictogram__arrow" d="M166 44c16 18 24 40 22 64M200 94l-12 15-14-12" />
      ) : null}
      {action === 'nod' ? (
        <path class="pictogram__arrow" d="M183 58c10 24 10 52 0 76M168 119l14 16 18-11" />
      ) : null}
    </svg>
  );
}

function Mouth(props: { readonly action: Action }): JSX.Element {
  switch (props.action) {
    case 'open-mouth':
      return <ellipse class="pictogram__mouth" cx="100" cy="144" rx="17" ry="15" />;
    case 'smile':
      return <path class="pictogram__smile" d="M66 130c20 8 48 8 68 0-3 24-15 34-34 34s-31-10-34-34z" />;
    case 'turn-left':
    case 'turn-right':
    case 'nod':
    case 'blink':
      return <path class="pictogram__lips" d="M82 142c10 9 26 9 36 0" />;
    default:
      return assertNever(props.action);
  }
}
