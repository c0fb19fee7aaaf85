import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Calls `report` once for each `what`, when it has really been painted: after the second animation frame from its
 * drawing. Null stands for nothing to be reported.
 */
export function usePainted(what: string | null, report: () => void): void {
  const latest = useRef(report);
  latest.current = report;
  // Not an effect after painting: on a busy machine that would be a frame late.
  useLayoutEffect(() => {
    if (what === null) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => latest.current());
    });
    return () => cancelAnimationFrame(frame);
  }, [what]);
}
