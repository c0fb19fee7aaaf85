import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ScreenName } from '#domain/session/snapshot.ts';
import { useCitizen } from './context.ts';

/** How long staff hold the corner or the key. Longer than anybody leans on a screen by chance, milliseconds. */
const HOLD_FOR = 3000;
const KEY = 'F2';

/** Where nobody is served, staff can call their console. */
export function canCallConsole(name: ScreenName): boolean {
  return name === 'attract' || name === 'closed';
}

/**
 * The way to the console, for those who know it: hold the top right corner of the display for three seconds, or F2 on a
 * connected keyboard. It is not drawn, takes no focus and says nothing; what it opens asks for a badge and a PIN.
 */
export function ConsoleCorner(): JSX.Element {
  const { station } = useCitizen();
  const hold = useHold(() => station.act({ type: 'call-console' }));
  useEffect(() => {
    // Held down, a key repeats; only its first press counts.
    const press = (event: KeyboardEvent) => {
      if (event.key === KEY && !event.repeat) hold.begin();
    };
    const lift = (event: KeyboardEvent) => {
      if (event.key === KEY) hold.end();
    };
    document.addEventListener('keydown', press);
    document.addEventListener('keyup', lift);
    window.addEventListener('blur', hold.end);
    return () => {
      document.removeEventListener('keydown', press);
      document.removeEventListener('keyup', lift);
      window.removeEventListener('blur', hold.end);
    };
  }, [hold]);
  return (
    <div
      class="console-corner"
      aria-hidden="true"
      onPointerDown={hold.begin}
      onPointerUp={hold.end}
      onPointerLeave={hold.end}
      onPointerCancel={hold.end}
      onContextMenu={(event) => event.preventDefault()}
    />
  );
}

interface Hold {
  begin(): void;
  end(): void;
}

function useHold(onHeld: () => void): Hold {
  const held = useRef(onHeld);
  held.current = onHeld;
  const hold = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = () => clearTimeout(timer);
    const begin = () => {
      end();
      timer = setTimeout(() => held.current(), HOLD_FOR);
    };
    return { begin, end };
  }, []);
  useEffect(() => hold.end, [hold]);
  return hold;
}
