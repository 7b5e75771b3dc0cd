import type { Page } from 'playwright-core';

import type { EditorWindow } from './editorWindow.ts';
import { extensionId } from '../../../src/core/extensionId.ts';
import { isOnScreen } from './webviews.ts';

const limitMs = 1_000;
const textLength = 200;

/** What a window shows, a line each, for a failure that nobody saw: as much as it says within a second. Never throws. */
export async function windowState(window: EditorWindow): Promise<string> {
  const told: string[] = [];
  const tell = async (what: string, read: () => Promise<unknown>) => {
    const said = await read().catch(() => 'not read');
    told.push(`${what}: ${typeof said === 'string' ? said : JSON.stringify(said)}`);
  };
  const reading = Promise.all([
    tell('groups', () => activeTabs(window.page)),
    tell('asked', async () => (await window.quickInput.shown()) ?? 'nothing'),
    tell('dialogs', () => window.page.locator('.monaco-dialog-box').allInnerTexts()),
    tell('status bar', () => window.statusTexts(extensionId)),
    tell('notifications', () => window.notifications()),
    ...window.page.frames().map(async (frame) => {
      if (frame === window.page.mainFrame() || !(await isOnScreen(frame))) return;
      const text = await frame
        .evaluate((length) => document.body.innerText.trim().slice(0, length), textLength)
        .catch(() => '');
      if (text !== '') told.push(`webview: ${text.replaceAll(/\s+/g, ' ')}`);
    }),
  ]);
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, limitMs, undefined);
  await Promise.race([reading, late]).catch(() => undefined);
  clearTimeout(timer);
  return told.join('\n');
}

/** The active tab of each group; the group that has the focus is marked. */
function activeTabs(page: Page): Promise<string[]> {
  return page.locator('.editor-group-container').evaluateAll((groups) =>
    groups.map((group) => {
      const tab = group.querySelector('.tab.active')?.getAttribute('aria-label') ?? 'no editor';
      return group.classList.contains('active') ? `${tab} (active)` : tab;
    }),
  );
}
