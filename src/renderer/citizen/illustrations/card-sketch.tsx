import type { JSX } from 'preact';

/** The e-ID in colour, in small. */
export function CardSketch(): JSX.Element {
  return (
    <svg class="card-sketch" viewBox="0 0 300 190" aria-hidden="true" focusable="false">
      <rect
        x="1.5"
        y="1.5"
        width="297"
        height="187"
        rx="16"
        fill="#e4eefb"
        stroke="#9cb9dc"
        stroke-width="3"
      />
      <path
        d="M3 116c60-46 110 20 168-14s84-60 126-40v108a16 16 0 0 1-16 16H19a16 16 0 0 1-16-16z"
        fill="#cfe8db"
      />
      <path d="M150 187c36-58 104-40 147-84v67a16 16 0 0 1-16 17z" fill="#f1dcaa" />
      <rect x="24" y="34" width="78" height="96" rx="8" fill="#ffffff" />
      <circle cx="63" cy="68" r="18" fill="#0d4080" />
      <path d="M32 130c2-26 14-37 31-37s29 11 31 37z" fill="#0d4080" />
      <g fill="#0d4080">
        <rect x="124" y="40" width="96" height="14" rx="7" />
        <rect x="124" y="72" width="146" height="9" rx="4.5" opacity=".5" />
        <rect x="124" y="94" width="120" height="9" rx="4.5" opacity=".5" />
        <rect x="24" y="150" width="170" height="12" rx="6" opacity=".75" />
      </g>
    </svg>
  );
}
