import type { JSX } from 'preact';
import { CodeSketch, ScanDistance, Scanner } from './scanner.tsx';

/** A phone whose code faces the scanner's window, a hand's breadth away. */
export function PhoneAtScanner(): JSX.Element {
  return (
    <svg class="illustration" viewBox="0 0 920 600" aria-hidden="true" focusable="false">
      <Scanner />
      <g class="drift">
        <g fill="#f0c9a4" stroke="#0e1f35" stroke-width="6" stroke-linejoin="round">
          <path d="M648 78c46-4 80 8 110 36l132 118v134L746 298c-40 10-70 4-96-16V78z" stroke="none" />
          <path d="M644 78c48-4 84 8 114 36l132 118M890 366 746 298c-36 9-64 5-88-10" />
        </g>
        <rect x="276" y="40" width="368" height="222" rx="34" fill="#0e1f35" />
        <rect x="294" y="56" width="332" height="190" rx="20" fill="#ffffff" />
        <g transform="translate(384 75)">
          <CodeSketch />
        </g>
        <g fill="#f0c9a4" stroke="#0e1f35" stroke-width="6" stroke-linejoin="round">
          <path d="M690 100c-48-16-90-18-100 2-8 18 10 30 40 34l56 12" />
          <path d="M690 150c-50-8-92-4-98 16-6 18 14 28 44 30l56 2" />
          <path d="M694 202c-44-4-80 2-84 20-4 16 14 26 42 26l50 4" />
        </g>
      </g>
      <ScanDistance />
    </svg>
  );
}
