import type { Frame, Page } from 'playwright-core';

/** The document of a webview on the screen that holds `selector`; undefined: there is none now. */
export async function webviewWith(page: Page, selector: string): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    if (frame === page.mainFrame()) continue;
    const count = await frame
      .locator(selector)
      .count()
      .catch(() => 0);
    if (count > 0 && (await isOnScreen(frame))) return frame;
  }
  return undefined;
}

/** A webview that has been closed, or is behind another tab, may be in the page still. */
export async function isOnScreen(frame: Frame): Promise<boolean> {
  for (let at: Frame | null = frame; at?.parentFrame(); at = at.parentFrame()) {
    const isVisible = await at
      .frameElement()
      .then((element) => element.isVisible())
      .catch(() => false);
    if (!isVisible) return false;
  }
  return true;
}
