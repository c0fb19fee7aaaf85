import type { JSX } from 'preact';

/** Drawn by hand for this product on a grid of 48 with strokes of 3. */
export const ICON_SHAPES = {
  back: <path d="M29 10 15 24l14 14" />,
  forward: <path d="m19 10 14 14-14 14" />,
  close: <path d="m13 13 22 22M35 13 13 35" />,
  check: <path d="m11 25 9 9 18-20" />,
  help: (
    <>
      <circle cx="24" cy="24" r="18" />
      <path d="M18.5 19a5.5 5.5 0 1 1 7.6 5.1c-1.4.6-2.1 1.5-2.1 2.9v1" />
      <path d="M24 34v.2" stroke-width="4" />
    </>
  ),
  globe: (
    <>
      <circle cx="24" cy="24" r="18" />
      <path d="M6 24h36M24 6c-10 10-10 26 0 36M24 6c10 10 10 26 0 36" />
    </>
  ),
  phone: (
    <>
      <rect x="14" y="5" width="20" height="38" rx="4" />
      <path d="M22 37h4" />
    </>
  ),
  card: (
    <>
      <rect x="4" y="10" width="40" height="28" rx="4" />
      <circle cx="15.5" cy="20.5" r="3.5" />
      <path d="M9.5 31c1-4 3-5.5 6-5.500s5 1.5 6 5.500M28 19h10M28 25h10M28 31h6" />
    </>
  ),
  face: (
    <>
      <path d="M6 16v-5a5 5 0 0 1 5-5h5M32 6h5a5 5 0 0 1 5 5v5M42 32v5a5 5 0 0 1-5 5h-5M16 42h-5a5 5 0 0 1-5-5v-5" />
      <path d="M18 18v2M30 18v2M17.5 29c3.5 4 9.5 4 13 0" />
    </>
  ),
  lock: (
    <>
      <rect x="10" y="21" width="28" height="21" rx="4" />
      <path d="M16 21v-6a8 8 0 0 1 16 0v6M24 29v5" />
    </>
  ),
  clock: (
    <>
      <circle cx="24" cy="24" r="18" />
      <path d="M24 13v11l8 5" />
    </>
  ),
  alert: (
    <>
      <path d="M24 7 43 40H5z" />
      <path d="M24 19v10" />
      <path d="M24 34.500v.2" stroke-width="4" />
    </>
  ),
  offline: (
    <>
      <path d="M13 36a9 9 0 0 1-1-18 12 12 0 0 1 3-5M21 9.500A12 12 0 0 1 35.5 19a8.5 8.5 0 0 1 5 14M8 7l33 34" />
    </>
  ),
  person: (
    <>
      <circle cx="24" cy="15" r="8" />
      <path d="M8 42c1-10 7-15 16-15s15 5 16 15" />
    </>
  ),
  counter: (
    <>
      <circle cx="24" cy="12" r="6" />
      <path d="M13 29c1-6 5-9 11-9s10 3 11 9M5 29h38M9 29v13M39 29v13" />
    </>
  ),
  camera: (
    <>
      <rect x="4" y="13" width="40" height="27" rx="4" />
      <path d="m15 13 3-6h12l3 6" />
      <circle cx="24" cy="26" r="7" />
    </>
  ),
  storage: (
    <>
      <ellipse cx="24" cy="11" rx="16" ry="6" />
      <path d="M8 11v26c0 3.3 7.2 6 16 6s16-2.7 16-6V11M8 24c0 3.3 7.2 6 16 6s16-2.7 16-6" />
    </>
  ),
  receipt: (
    <>
      <path d="M11 5h26v38l-5-4-4 4-4-4-4 4-4-4-5 4z" />
      <path d="M18 15h12M18 23h12M18 31h6" />
    </>
  ),
  printer: (
    <>
      <path d="M14 17V6h20v11M14 35H9a4 4 0 0 1-4-4v-9a5 5 0 0 1 5-5h28a5 5 0 0 1 5 5v9a4 4 0 0 1-4 4h-5" />
      <path d="M14 29h20v13H14z" />
    </>
  ),
  delete: (
    <>
      <path d="M17 10h24a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H17L4 24z" />
      <path d="m23 18 12 12M35 18 23 30" />
    </>
  ),
  send: (
    <>
      <path d="M43 5 21 27M43 5 29 43l-8-16-16-8z" />
    </>
  ),
  tool: (
    <>
      <path d="M42 13a10 10 0 0 1-13.5 9.4L13 38a4.2 4.2 0 0 1-6-6l15.6-15.500A10 10 0 0 1 35 6l-5.5 5.5 1.5 5.5 5.5 1.500z" />
    </>
  ),
  search: (
    <>
      <circle cx="21" cy="21" r="14" />
      <path d="m31.500 31.500 11 11" />
    </>
  ),
  shield: (
    <>
      <path d="M24 4 40 10v12c0 10-6.500 17.500-16 22-9.500-4.500-16-12-16-22V10z" />
      <path d="m16.500 24 5.500 5.500L32 19" />
    </>
  ),
  block: (
    <>
      <circle cx="24" cy="24" r="18" />
      <path d="M11.500 11.500l25 25" />
    </>
  ),
  upgrade: (
    <>
      <path d="M24 43V12M11 24 24 11l13 13M11 5h26" />
    </>
  ),
} as const satisfies Record<string, JSX.Element>;

export type IconName = keyof typeof ICON_SHAPES;
