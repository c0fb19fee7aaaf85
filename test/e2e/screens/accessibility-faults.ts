import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Serious breaches of the WCAG rules that axe knows, with a contrast of 7:1 asked for; a sentence each. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { 'color-contrast-enhanced': { enabled: true } } })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes.map((node) => String(node.target)).join(', ')}`);
}
