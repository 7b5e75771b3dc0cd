import axe from 'axe-core';
import type { WaterfallView } from './pageObject.ts';

/** What axe finds wrong with the page as it is, and with the colors of texts that a screen reader doesn't get. */
export async function violations(view: WaterfallView): Promise<readonly string[]> {
  await view.frame();
  await view.page.evaluate(axe.source);
  return view.page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const whole = await checker.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    // A row's texts are hidden from a screen reader, which gets its label; the eye must read them all the same.
    const shown = [...document.querySelectorAll('.row > [aria-hidden]')];
    for (const part of shown) part.removeAttribute('aria-hidden');
    const rows = await checker.run(document, { runOnly: ['color-contrast'] });
    for (const part of shown) part.setAttribute('aria-hidden', 'true');
    return [...whole.violations, ...rows.violations].flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    );
  });
}
