import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { FLASH_RGB, type FlashColour } from '#domain/liveness/flash-colour.ts';
import type { Screen } from '#domain/session/snapshot.ts';
import { useCitizen } from '../context.ts';
import { usePainted } from './use-painted.ts';

/**
 * No colour gives way to the next sooner than this, milliseconds, however fast the station sends them: at most three
 * flashes in any one second (WCAG 2.2, 2.3.1). What comes earlier waits, and what has waited too long is left out.
 */
const SHORTEST_COLOUR = 340;

interface Flash {
  readonly attempt: 1 | 2;
  readonly index: number;
  readonly colour: FlashColour;
}

/**
 * Lights the face: the whole display behind words and preview in one colour after the other. Who wishes for less motion
 * gets the same light, because nothing moves in it, and because its changes stay within the limit that holds for all.
 */
export function FlashLight(props: {
  readonly screen: Screen;
  readonly covered: boolean;
}): JSX.Element | null {
  const { face } = useCitizen();
  const shown = useUnhurried(props.covered ? null : flashOf(props.screen));
  usePainted(shown === null ? null : keyOf(shown), () => {
    if (shown !== null) face.flashPainted(shown);
  });
  if (shown === null) return null;
  return (
    <div
      class="flash-light"
      data-flash={shown.colour}
      style={{ backgroundColor: `rgb(${FLASH_RGB[shown.colour].join(' ')})` }}
      aria-hidden="true"
    />
  );
}

function flashOf(screen: Screen): Flash | null {
  if (screen.name !== 'face' || screen.view.phase !== 'flash') return null;
  const { index, colour } = screen.view;
  return { attempt: screen.attempt, index, colour };
}

function keyOf({ attempt, index, colour }: Flash): string {
  return `${attempt}/${index}/${colour}`;
}

/** The flash that is wanted, as soon as the one before it has stood for long enough. The light goes out at once. */
function useUnhurried(wanted: Flash | null): Flash | null {
  const [shown, setShown] = useState<Flash | null>(null);
  const since = useRef(Number.NEGATIVE_INFINITY);
  const latest = useRef(wanted);
  latest.current = wanted;
  const key = wanted === null ? null : keyOf(wanted);
  useLayoutEffect(() => {
    const change = () => {
      if (latest.current !== null) since.current = performance.now();
      setShown(latest.current);
    };
    const wait = key === null ? 0 : since.current + SHORTEST_COLOUR - performance.now();
    if (wait <= 0) {
      change();
      return;
    }
    const timer = setTimeout(change, wait);
    return () => clearTimeout(timer);
  }, [key]);
  return shown;
}
