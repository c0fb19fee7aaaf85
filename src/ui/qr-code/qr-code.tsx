import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { qrPath } from './qr-path.ts';

/** ISO/IEC 18004 asks for a quiet zone of four modules. */
const QUIET = 4;

/** A QR code, black on white with its quiet zone, as wide as its container. */
export function QrCode(props: {
  readonly text: string;
  readonly label: string;
  readonly class?: string;
}): JSX.Element {
  const shape = useMemo(() => qrPath(props.text), [props.text]);
  const side = shape.size + 2 * QUIET;
  return (
    <svg
      class={props.class}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#ffffff" />
      <path d={shape.path} fill="#000000" />
    </svg>
  );
}
