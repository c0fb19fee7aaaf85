import type { JSX } from 'preact';

/** The reader's pad with an ID card: on its way, being read, not read, or to be taken. */
export function CardOnReader(props: {
  readonly state: 'waiting' | 'reading' | 'problem' | 'take';
}): JSX.Element {
  const { state } = props;
  return (
    <svg
      class={`illustration card-on-reader card-on-reader--${state}`}
      viewBox="0 0 920 600"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M110 470 230 330h460l120 140z" fill="#d9e2ee" />
      <path d="M110 470h700v44a30 30 0 0 1-30 30H140a30 30 0 0 1-30-30z" fill="#c0cddd" />
      <path d="M272 442 332 366h256l60 76z" fill="#eef3f9" stroke="#7f97b5" stroke-width="4" stroke-dasharray="14 10" />
      <circle class="reader__lamp" cx="460" cy="506" r="11" />
      <g class="reader__waves" fill="none" stroke="#0d4080" stroke-width="8" stroke-linecap="round">
        <path d="M230 300c-34-66-34-128 0-190" />
        <path d="M184 322c-50-90-50-172 0-234" />
        <path d="M690 300c34-66 34-128 0-190" />
        <path d="M736 322c50-90 50-172 0-234" />
      </g>
      <g class="card-on-reader__card">
        <rect x="286" y="88" width="348" height="222" rx="20" fill="#ffffff" stroke="#0e1f35" stroke-width="6" />
        <path d="M289 214c70-54 124 22 190-14s96-66 152-48v138a17 17 0 0 1-17 17H306a17 17 0 0 1-17-17z" fill="#dfeaf8" />
        <rect x="512" y="122" width="92" height="112" rx="10" fill="#ffffff" stroke="#0e1f35" stroke-width="5" />
        <circle cx="558" cy="162" r="19" fill="#0e1f35" />
        <path d="M522 232c3-28 16-40 36-40s33 12 36 40z" fill="#0e1f35" />
        <g fill="#0e1f35">
          <rect x="316" y="128" width="86" height="15" rx="7.5" />
          <rect x="316" y="160" width="150" height="10" rx="5" opacity=".55" />
          <rect x="316" y="186" width="128" height="10" rx="5" opacity=".55" />
          <rect x="316" y="212" width="150" height="10" rx="5" opacity=".55" />
          <rect x="316" y="262" width="236" height="15" rx="7.5" opacity=".8" />
        </g>
      </g>
      {state === 'problem' ? (
        <g class="card-on-reader__sign">
          <circle cx="640" cy="96" r="54" fill="#96201a" stroke="#ffffff" stroke-width="8" />
          <path d="M640 68v32M640 121v1" stroke="#ffffff" stroke-width="13" stroke-linecap="round" />
        </g>
      ) : null}
    </svg>
  );
}
