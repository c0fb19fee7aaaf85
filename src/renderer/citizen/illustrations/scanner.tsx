import type { JSX } from 'preact';

/** The code scanner with its beam, seen from the front, and how far away a code is held. Grid of 920 by 600. */
export function Scanner(): JSX.Element {
  return (
    <>
      <g class="scanner">
        <path d="M170 600V468a28 28 0 0 1 28-28h524a28 28 0 0 1 28 28v132z" fill="#d9e2ee" />
        <path d="M170 600V500h580v100z" fill="#c6d2e1" />
        <rect x="340" y="462" width="240" height="62" rx="18" fill="#0e1f35" />
        <rect x="358" y="476" width="204" height="34" rx="10" fill="#7a1712" />
        <rect class="scanner__lamp" x="372" y="488" width="176" height="10" rx="5" fill="#ff6b5e" />
      </g>
      <path class="beam" d="M372 462 300 262h320l-72 200z" fill="#d9463b" opacity=".16" />
    </>
  );
}

export function ScanDistance(): JSX.Element {
  return (
    <>
      <g stroke="#36485d" stroke-width="5" fill="none" stroke-linecap="round" stroke-linejoin="round">
        <path d="M236 276v150M220 292l16-16 16 16M220 410l16 16 16-16" />
      </g>
      <text x="204" y="363" text-anchor="end" class="illustration__text">
        10 cm
      </text>
    </>
  );
}

/** Looks like a code, says nothing. 152 on a side. */
export function CodeSketch(): JSX.Element {
  return (
    <g fill="#0e1f35">
      <path
        d="M0 0h46v46H0zm9 9v28h28V9zM106 0h46v46h-46zm9 9v28h28V9zM0 106h46v46H0zm9 9v28h28v-28z"
        fill-rule="evenodd"
      />
      <path d="M17 17h12v12H17zM123 17h12v12h-12zM17 123h12v12H17zM58 4h14v14H58zM82 14h12v18H82zM60 32h14v20H60zM6 60h20v12H6zM40 58h18v18H40zM72 64h22v12H72zM104 58h14v22h-14zM130 62h20v12h-20zM20 82h18v14H20zM62 88h16v16H62zM90 90h20v12H90zM128 86h14v22h-14zM60 118h12v32H60zM84 112h16v16H84zM84 138h24v12H84zM112 118h14v14h-14zM136 122h14v28h-14z" />
    </g>
  );
}
