import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Browser } from 'playwright-core';

import { launchChromium } from '../support/chromium.ts';
import { EditorWindow, type WindowOptions } from '../support/editor/editorWindow.ts';
import { startEditorServer, type EditorServer } from '../support/editor/startEditorServer.ts';

const root = resolve(import.meta.dirname, '../..');

/** Where windows leave their pictures. */
export const screenshots = join(root, 'out/screenshots/integration');

/** Opens what the tests of one `describe` need; it is closed with the last of them. */
export interface Opened {
  /** A server with the packed extension and these settings. */
  server(
    settings: Readonly<Record<string, unknown>>,
    options?: { readonly workspaceTrust?: boolean },
  ): Promise<EditorServer>;
  browser(): Promise<Browser>;
  window(
    server: EditorServer,
    browser: Browser,
    folder: string,
    options?: Partial<WindowOptions>,
  ): Promise<EditorWindow>;
  /** Closes something else then, before what was opened sooner. */
  closes(close: () => Promise<void>): void;
}

/** To be called in the `describe`: a window that stays open goes on asking for figures, and takes its part of two cores. */
export function openedHere(): Opened {
  const closing: (() => Promise<void>)[] = [];
  after(async function () {
    this.timeout(60_000);
    for (const close of closing.splice(0).reverse()) await close();
  });
  return {
    closes: (close) => void closing.push(close),
    async server(settings, options = {}) {
      const server = await startEditorServer({
        extensions: [packedExtension()],
        settings: { 'spanhop.refreshSeconds': 5, ...settings },
        ...options,
      });
      closing.push(() => server.close());
      return server;
    },
    async browser() {
      const browser = await launchChromium();
      closing.push(() => browser.close());
      return browser;
    },
    async window(server, browser, folder, options = {}) {
      const address = server.address(folder);
      const window = await EditorWindow.open({
        browser,
        address,
        screenshots,
        extensionLog: () => server.extensionLog(),
        ...options,
      });
      closing.push(() => window.close());
      return window;
    },
  };
}

export function packedExtension(): string {
  const [vsix] = globSync('out/spanhop-*.vsix', { cwd: root });
  if (vsix === undefined) throw new Error('There is no packed extension: `npm run package` first.');
  return join(root, vsix);
}
