import type { JSX } from 'preact';

/** The reader from above with an ID card: on its way, being read, not read, or to be taken. */
export function CardOnReader(props: {
  readonly state: 'waiting' | 'reading' | 'problem' | 'take';
}): JSX.Element {
  const { state } = props;
  return (
    <svg
      class={`illustration card-on-reader card-on-reader--${state}`}
      viewBox="0 0 920 640"
      aria-hidden="true"
      focusable="false"
    >
      <rect x="150" y="150" width="620" height="470" rx="44" fill="#c3d0df" />
      <rect x="150" y="136" width="620" height="470" rx="44" fill="#dce5f0" />
      <rect x="186" y="172" width="548" height="398" rx="28" fill="#eff4fa" />
      <circle class="reader__lamp" cx="460" cy="588" r="8" />
      <rect
        x="280"
        y="252"
        width="360"
        height="228"
        rx="22"
        fill="none"
        stroke="#7f97b5"
        stroke-width="4"
        stroke-dasharray="14 10"
      />
      <g fill="none" stroke="#7f97b5" stroke-width="6" stroke-linecap="round">
        <path d="M436 392a34 34 0 0 1 48 0M420 374a58 58 0 0 1 80 0M404 356a82 82 0 0 1 112 0" />
        <circle cx="460" cy="410" r="4" fill="#7f97b5" />
      </g>
      <g class="reader__waves" fill="none" stroke="#1f66bb" stroke-width="7">
        <rect x="264" y="236" width="392" height="260" rx="34" />
        <rect x="240" y="212" width="440" height="308" rx="48" opacity=".55" />
        <rect x="216" y="188" width="488" height="356" rx="62" opacity=".28" />
      </g>
      <g class="card-on-reader__card">
        <rect x="288" y="268" width="360" height="228" rx="22" fill="#0e1f35" opacity=".16" />
        <rect
          x="280"
          y="252"
          width="360"
          height="228"
          rx="22"
          fill="#ffffff"
          stroke="#0e1f35"
          stroke-width="6"
        />
        <path
          d="M283 382c72-56 128 22 196-14s100-68 158-50v140a19 19 0 0 1-19 19H302a19 19 0 0 1-19-19z"
          fill="#dfeaf8"
        />
        <rect
          x="514"
          y="288"
          width="94"
          height="114"
          rx="10"
          fill="#ffffff"
          stroke="#0e1f35"
          stroke-width="5"
        />
        <circle cx="561" cy="329" r="19" fill="#0e1f35" />
        <path d="M524 400c3-28 16-41 37-41s34 13 37 41z" fill="#0e1f35" />
        <g fill="#0e1f35">
          <rect x="312" y="294" width="88" height="16" rx="8" />
          <rect x="312" y="328" width="156" height="10" rx="5" opacity=".55" />
          <rect x="312" y="354" width="132" height="10" rx="5" opacity=".55" />
          <rect x="312" y="380" width="156" height="10" rx="5" opacity=".55" />
          <rect x="312" y="432" width="244" height="16" rx="8" opacity=".8" />
        </g>
      </g>
      {state === 'problem' ? (
        <g>
          <circle cx="640" cy="252" r="54" fill="#96201a" stroke="#ffffff" stroke-width="8" />
          <path d="M640 224v32M640 277v1" stroke="#ffffff" stroke-width="13" stroke-linecap="round" />
        </g>
      ) : null}
    </svg>
  );
}
