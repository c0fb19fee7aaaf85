import type { Page } from '@playwright/test';

/** Smallest side of anything that is touched, and smallest type, in pixels of a display 1080 wide. */
const SMALLEST_TARGET = 88;
const SMALLEST_TYPE = 32;

/**
 * Looks for text that does not fit its box, boxes that leave the display or run into the actions, targets too small for
 * an unsteady finger, and type too small to read standing. Returns a sentence for each fault.
 */
export function layoutFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    ({ smallestTarget, smallestType }) => {
      const faults: string[] = [];
      const nameOf = (element: Element) =>
        `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent ?? '').trim().slice(0, 40)}`;
      const covered = document.querySelector('[role="dialog"]') !== null;
      const scope = covered ? document.querySelector('.veil') : document.querySelector('.stage');
      if (scope === null) return ['nothing is drawn'];
      for (const element of scope.querySelectorAll('*')) {
        const box = element.getBoundingClientRect();
        if (box.width === 0 || box.height === 0 || element.closest('.visually-hidden')) continue;
        const ownText = [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
        );
        const style = getComputedStyle(element);
        if (ownText && !(element instanceof SVGElement)) {
          if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) {
            faults.push(`text wider than its box: ${nameOf(element)}`);
          }
          if (Number.parseFloat(style.fontSize) < smallestType - 0.5) {
            faults.push(`type of ${style.fontSize}: ${nameOf(element)}`);
          }
          if (!element.closest('.consent') && (box.left < -1 || box.right > innerWidth + 1)) {
            faults.push(`leaves the display: ${nameOf(element)}`);
          }
        }
        if (element.localName === 'button' && Math.min(box.width, box.height) < smallestTarget) {
          faults.push(`target of ${Math.round(box.width)}x${Math.round(box.height)}: ${nameOf(element)}`);
        }
      }
      for (const body of scope.querySelectorAll('.page__body, .dialog__body, .page__actions, .page__head')) {
        const room = body.getBoundingClientRect();
        for (const child of body.querySelectorAll(':scope > *:not(.visually-hidden)')) {
          const box = child.getBoundingClientRect();
          if (box.top < room.top - 2 || box.bottom > room.bottom + 2) {
            faults.push(
              `does not fit: ${nameOf(child)} (${Math.round(box.top)}-${Math.round(box.bottom)} in ${Math.round(room.top)}-${Math.round(room.bottom)})`,
            );
          }
        }
      }
      return faults;
    },
    { smallestTarget: SMALLEST_TARGET, smallestType: SMALLEST_TYPE },
  );
}
