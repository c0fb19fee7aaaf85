import { useEffect, useRef } from 'preact/hooks';

/**
 * Lets a connected keyboard type into a screen that has keys of its own. The focus need not be anywhere in particular;
 * what lies over the screen takes the keys away.
 */
export function useTypedKeys(handlers: {
  readonly onKey: (key: string) => void;
  readonly onDelete: () => void;
  readonly onEnter: () => void;
}): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    function listen(event: KeyboardEvent): void {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (document.querySelector('.stage__under[inert]') !== null) return;
      if (event.key === 'Backspace') latest.current.onDelete();
      else if (event.key === 'Enter') {
        // A button in focus is pressed by the same key.
        if (event.target instanceof HTMLButtonElement) return;
        latest.current.onEnter();
      } else if (event.key.length === 1) latest.current.onKey(event.key);
    }
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
