import type { JSX } from 'preact';

/** A card that becomes something on a phone, over ripples. */
export function Welcome(): JSX.Element {
  return (
    <svg class="welcome" viewBox="0 0 920 640" aria-hidden="true" focusable="false">
      <g class="welcome__ripples" fill="none" stroke="#ffffff">
        {[110, 175, 245, 320, 400, 485].map((r, ring) => (
          <circle key={r} cx="460" cy="330" r={r} stroke-width="2" opacity={0.34 - ring * 0.05} />
        ))}
      </g>
      <g class="welcome__card" transform="rotate(-9 400 320)">
        <rect x="118" y="176" width="470" height="296" rx="26" fill="#041a38" opacity=".35" />
        <rect x="110" y="160" width="470" height="296" rx="26" fill="#e9f1fb" />
        <path
          d="M110 330c90-70 170 30 260-20s130-90 210-60v180a26 26 0 0 1-26 26H136a26 26 0 0 1-26-26z"
          fill="#d3eadf"
        />
        <path d="M330 456c60-90 170-60 250-130v104a26 26 0 0 1-26 26z" fill="#f3dfae" />
        <rect x="146" y="218" width="122" height="150" rx="14" fill="#ffffff" />
        <circle cx="207" cy="272" r="28" fill="#0d4080" />
        <path d="M159 368c3-38 22-56 48-56s45 18 48 56z" fill="#0d4080" />
        <g fill="#0d4080">
          <rect x="302" y="226" width="150" height="22" rx="11" />
          <rect x="302" y="272" width="220" height="14" rx="7" opacity=".45" />
          <rect x="302" y="304" width="190" height="14" rx="7" opacity=".45" />
          <rect x="302" y="336" width="120" height="14" rx="7" opacity=".45" />
          <rect x="146" y="400" width="260" height="18" rx="9" opacity=".7" />
        </g>
      </g>
      <g class="welcome__phone">
        <rect x="574" y="128" width="236" height="460" rx="38" fill="#041a38" opacity=".4" />
        <rect
          x="560"
          y="108"
          width="236"
          height="460"
          rx="38"
          fill="#06244c"
          stroke="#ffffff"
          stroke-width="6"
        />
        <rect x="578" y="130" width="200" height="416" rx="22" fill="#ffffff" />
        <rect x="646" y="142" width="64" height="12" rx="6" fill="#06244c" />
        <rect x="598" y="180" width="160" height="104" rx="12" fill="#dfeaf8" />
        <circle cx="630" cy="222" r="13" fill="#0d4080" />
        <path d="M608 266c2-18 10-27 22-27s20 9 22 27z" fill="#0d4080" />
        <rect x="668" y="210" width="70" height="10" rx="5" fill="#0d4080" />
        <rect x="668" y="232" width="54" height="8" rx="4" fill="#0d4080" opacity=".45" />
        <rect x="668" y="250" width="62" height="8" rx="4" fill="#0d4080" opacity=".45" />
        <circle cx="678" cy="412" r="74" fill="#e3f2ec" />
        <circle cx="678" cy="412" r="54" fill="#0b5643" />
        <path
          class="welcome__check"
          d="m654 413 17 17 32-36"
          fill="none"
          stroke="#ffffff"
          stroke-width="10"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </g>
    </svg>
  );
}
