import type { JSX } from 'preact';

/**
 * The service's own mark: a person whose shoulders are ripples, as from a drop in water. It stands for nobody's
 * authority and resembles no emblem of state.
 */
export function Mark(props: { readonly class?: string }): JSX.Element {
  return (
    <svg class={props.class} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="15" fill="currentColor" />
      <g fill="none" stroke="#ffffff" stroke-width="4" stroke-linecap="round">
        <circle cx="32" cy="19.5" r="6.5" fill="#ffffff" stroke="none" />
        <path d="M23.5 41a8.5 8.5 0 0 1 17 0" />
        <path d="M16.5 45.500a15.5 15.5 0 0 1 31 0" opacity=".8" />
        <path d="M9.5 50a22.5 22.5 0 0 1 45 0" opacity=".55" />
      </g>
    </svg>
  );
}
