import type { JSX } from 'preact';
import { CodeSketch, ScanDistance, Scanner } from './scanner.tsx';

/** A receipt whose code faces the scanner's window, a hand's breadth away. */
export function SlipAtScanner(): JSX.Element {
  return (
    <svg class="illustration" viewBox="0 0 920 600" aria-hidden="true" focusable="false">
      <Scanner />
      <g class="drift">
        <path d="M648 78c46-4 80 8 110 36l132 118v134L746 298c-40 10-70 4-96-16V78z" fill="#f0c9a4" />
        <path
          d="M644 78c48-4 84 8 114 36l132 118M890 366 746 298c-36 9-64 5-88-10"
          fill="none"
          stroke="#0e1f35"
          stroke-width="6"
          stroke-linejoin="round"
        />
        <path
          d="M222 40h430v222H222l-18-18.500 18-18.500-18-18.500 18-18.500-18-18.500 18-18.500-18-18.500 18-18.500-18-18.500 18-18.500-18-18.500z"
          fill="#ffffff"
          stroke="#0e1f35"
          stroke-width="6"
          stroke-linejoin="round"
        />
        <g transform="translate(384 75)">
          <CodeSketch />
        </g>
        <g fill="#0e1f35">
          <rect x="252" y="82" width="102" height="14" rx="7" />
          <rect x="252" y="120" width="86" height="9" rx="4.500" opacity=".5" />
          <rect x="252" y="146" width="102" height="9" rx="4.500" opacity=".5" />
          <rect x="252" y="172" width="74" height="9" rx="4.500" opacity=".5" />
          <rect x="252" y="204" width="94" height="12" rx="6" opacity=".75" />
        </g>
        <path
          d="M694 132c-56-14-104-14-112 6-6 18 14 28 50 30l66 6z"
          fill="#f0c9a4"
          stroke="#0e1f35"
          stroke-width="6"
          stroke-linejoin="round"
        />
      </g>
      <ScanDistance />
    </svg>
  );
}
