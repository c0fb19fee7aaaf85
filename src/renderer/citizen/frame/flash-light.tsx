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
const SHORTEST_COLOUR = 334;

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
  const shown = useUnhurried(props.covered ? null : flashOf(props.screen));
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

/** The flash that is wanted, once the one before it has stood painted for long enough. The light goes out at once. */
function useUnhurried(wanted: Flash | null): Flash | null {
  const { face } = useCitizen();
  const [shown, setShown] = useState<Flash | null>(null);
  const [painted, setPainted] = useState<{ readonly key: string; readonly at: number } | null>(null);
  const latest = useRef(wanted);
  latest.current = wanted;
  const wantedKey = wanted === null ? null : keyOf(wanted);
  const shownKey = shown === null ? null : keyOf(shown);

  usePainted(shownKey, () => {
    if (shown === null) return;
    setPainted({ key: keyOf(shown), at: performance.now() });
    face.flashPainted(shown);
  });
  useLayoutEffect(() => {
    if (wantedKey === null || shownKey === null) {
      setPainted(null);
      setShown(latest.current);
      return;
    }
    if (painted === null || painted.key !== shownKey) return;
    const timer = setTimeout(
      () => setShown(latest.current),
      painted.at + SHORTEST_COLOUR - performance.now(),
    );
    return () => clearTimeout(timer);
  }, [wantedKey, shownKey, painted]);
  return shown;
}
