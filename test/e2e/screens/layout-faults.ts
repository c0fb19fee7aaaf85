import type { Page } from '@playwright/test';

/** Smallest side of anything that is touched, and smallest type, in the layout's own unit `--u`. */
const SMALLEST_TARGET = 88;
const SMALLEST_TYPE = 32;

/**
 * Looks for text that does not fit its box, boxes that leave the display or lie over each other, targets too small for
 * an unsteady finger, and type too small to read standing. Returns a sentence for each fault.
 */
export function layoutFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    ({ smallestTarget, smallestType }) => {
      const faults: string[] = [];
      const nameOf = (element: Element) =>
        `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent ?? '').trim().slice(0, 40)}`;
      const covered = document.querySelector('[role="dialog"]') !== null;
      const stage = document.querySelector('.stage');
      const scope = covered ? document.querySelector('.veil') : stage;
      if (scope === null || stage === null) return ['nothing is drawn'];
      const unit = Number.parseFloat(getComputedStyle(stage).getPropertyValue('--u'));
      if (!(unit > 0)) return ['the layout has no unit'];

      for (const element of scope.querySelectorAll('*')) {
        const box = element.getBoundingClientRect();
        if (box.width === 0 || box.height === 0 || element.closest('.visually-hidden')) continue;
        const ownText = [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
        );
        const style = getComputedStyle(element);
        const leaves =
          box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1;
        if (ownText && !(element instanceof SVGElement)) {
          if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) {
            faults.push(`text wider than its box: ${nameOf(element)}`);
          }
          if (Number.parseFloat(style.fontSize) < (smallestType - 0.5) * unit) {
            faults.push(`type of ${style.fontSize}: ${nameOf(element)}`);
          }
          if (!element.closest('.consent') && leaves) faults.push(`leaves the display: ${nameOf(element)}`);
        }
        if (element.localName === 'button') {
          if (Math.min(box.width, box.height) < (smallestTarget - 0.5) * unit) {
            faults.push(`target of ${Math.round(box.width)}x${Math.round(box.height)}: ${nameOf(element)}`);
          }
          if (element.scrollHeight > element.clientHeight + 2) {
            faults.push(`text higher than its button: ${nameOf(element)}`);
          }
        }
      }

      // What stands side by side in a part, with parts that are `contents` replaced by what they hold.
      const standing = (parent: Element): Element[] =>
        [...parent.children].flatMap((child) => {
          if (child.classList.contains('visually-hidden')) return [];
          return getComputedStyle(child).display === 'contents' ? standing(child) : [child];
        });
      const heightOf = (box: DOMRect) => `${Math.round(box.top)}-${Math.round(box.bottom)}`;
      for (const part of scope.querySelectorAll('.page__body, .dialog__body, .page__actions, .page__head')) {
        // A part that hands its children to the page's plan has no box of its own.
        const room = (
          getComputedStyle(part).display === 'contents' ? (part.closest('.page') ?? part) : part
        ).getBoundingClientRect();
        for (const child of standing(part)) {
          const box = child.getBoundingClientRect();
          if (box.top < room.top - 2 || box.bottom > room.bottom + 2) {
            faults.push(`does not fit: ${nameOf(child)} (${heightOf(box)} in ${heightOf(room)})`);
          }
        }
      }

      // A coloured line that a column has made lower than its words: they lie over its edges.
      for (const line of scope.querySelectorAll('.notice-line')) {
        const style = getComputedStyle(line);
        const box = line.getBoundingClientRect();
        const top = box.top + Number.parseFloat(style.paddingTop);
        const bottom = box.bottom - Number.parseFloat(style.paddingBottom);
        for (const child of standing(line)) {
          const words = child.getBoundingClientRect();
          if (words.top < top - 1 || words.bottom > bottom + 1)
            faults.push(`higher than its line: ${nameOf(line)} (${heightOf(words)} in ${heightOf(box)})`);
        }
      }

      for (const plan of scope.querySelectorAll('.page, .dialog')) {
        const parts = standing(plan).map((element) => ({ element, box: element.getBoundingClientRect() }));
        for (const [place, one] of parts.entries()) {
          for (const other of parts.slice(place + 1)) {
            const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            if (across > 2 && down > 2) {
              faults.push(
                `${nameOf(one.element)} (${heightOf(one.box)}) lies over ${nameOf(other.element)} (${heightOf(other.box)})`,
              );
            }
          }
        }
      }
      return faults;
    },
    { smallestTarget: SMALLEST_TARGET, smallestType: SMALLEST_TYPE },
  );
}
