import type { JSX } from 'preact';
import type { Grade } from '#domain/enrolment/enrolment.ts';

const INKS: Readonly<
  Record<Grade, { readonly ink: string; readonly ground: string; readonly edge: string }>
> = {
  full: { ink: '#0d4080', ground: '#e4eefb', edge: '#9cb9dc' },
  basic: { ink: '#111111', ground: '#ffffff', edge: '#111111' },
};

/** The e-ID in small, as it will look: in colour, or in black and white. */
export function CardSketch(props: { readonly grade: Grade }): JSX.Element {
  const { ink, ground, edge } = INKS[props.grade];
  return (
    <svg class="card-sketch" viewBox="0 0 300 190" aria-hidden="true" focusable="false">
      <rect x="1.5" y="1.5" width="297" height="187" rx="16" fill={ground} stroke={edge} stroke-width="3" />
      {props.grade === 'full' ? (
        <>
          <path
            d="M3 116c60-46 110 20 168-14s84-60 126-40v108a16 16 0 0 1-16 16H19a16 16 0 0 1-16-16z"
            fill="#cfe8db"
          />
          <path d="M150 187c36-58 104-40 147-84v67a16 16 0 0 1-16 17z" fill="#f1dcaa" />
        </>
      ) : (
        <path
          d="M3 116c60-46 110 20 168-14s84-60 126-40M3 140c60-46 110 20 168-14s84-60 126-40M3 164c60-46 110 20 168-14s84-60 126-40"
          fill="none"
          stroke="#9a9a9a"
          stroke-width="1.500"
        />
      )}
      <rect x="24" y="34" width="78" height="96" rx="8" fill="#ffffff" stroke={edge} stroke-width="2" />
      <circle cx="63" cy="68" r="18" fill={ink} />
      <path d="M32 130c2-26 14-37 31-37s29 11 31 37z" fill={ink} />
      <g fill={ink}>
        <rect x="124" y="40" width="96" height="14" rx="7" />
        <rect x="124" y="72" width="146" height="9" rx="4.500" opacity=".5" />
        <rect x="124" y="94" width="120" height="9" rx="4.500" opacity=".5" />
        <rect x="24" y="150" width="170" height="12" rx="6" opacity=".75" />
      </g>
    </svg>
  );
}
