import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchChromium } from '../../test/support/chromium.ts';
import { EditorWindow } from '../../test/support/editor/editorWindow.ts';
import { startEditorServer } from '../../test/support/editor/startEditorServer.ts';
import { benchSource } from './benchSource.ts';
import type { MadeTrace } from './madeTrace.ts';
import { usePage, type UseFigures } from './measurePage.ts';
import { inEditor } from './pageKinds.ts';
import { installProbe } from './probe.ts';

/** A waterfall in the real editor; times in ms. */
export interface InEditorFigures extends UseFigures {
  /** From the trace's ID to painted rows. */
  readonly rowsMs: number;
  /** Of it, until the editor had begun the page of the webview. */
  readonly webviewMs: number;
}

/** The packed extension in a window of its own; the trace is opened by its ID, as a user does. */
export async function measureInEditor(
  { traceId, namePart }: MadeTrace,
  { jaegerUrl, workspace }: { readonly jaegerUrl: string; readonly workspace: string },
): Promise<InEditorFigures> {
  const root = resolve(import.meta.dirname, '../..');
  const extension = globSync('out/spanhop-*.vsix', { cwd: root }).at(0);
  if (extension === undefined)
    throw new Error('The packed extension is missing: run "npm run package", then this again.');
  const screenshots = await mkdtemp(join(tmpdir(), 'spanhop-bench-'));
  const { timeoutMs, maxBytes, sampleSize } = benchSource(jaegerUrl);
  const server = await startEditorServer({
    extensions: [join(root, extension)],
    settings: {
      'spanhop.source': 'jaeger',
      'spanhop.jaeger.url': jaegerUrl,
      'spanhop.jaeger.timeoutSeconds': timeoutMs / 1_000,
      'spanhop.jaeger.maxResponseMegabytes': maxBytes / 1e6,
      'spanhop.jaeger.sampleSize': sampleSize,
    },
  });
  const browser = await launchChromium();
  try {
    const address = server.address(workspace);
    const editor = await EditorWindow.open({ browser, address, screenshots });
    await editor.page.context().addInitScript(installProbe, inEditor);
    await editor.openFile('src/c0.controller.ts');
    await editor.ask('Spanhop: Open Trace by ID', 'Open Trace by ID');
    await editor.quickInput.fill('Open Trace by ID', traceId);
    const askedAt = Date.now();
    await editor.page.keyboard.press('Enter');
    const frame = await editor.webview(inEditor.row);
    await frame.waitForFunction(() => window.probe.rowsAt !== undefined);
    const { rowsAt, origin } = await frame.evaluate(() => ({
      rowsAt: window.probe.rowsAt ?? 0,
      origin: performance.timeOrigin,
    }));
    const used = await usePage(frame, editor.page.mouse, inEditor, namePart);
    return { rowsMs: origin + rowsAt - askedAt, webviewMs: origin - askedAt, ...used };
  } finally {
    await browser.close();
    await server.close();
    await rm(screenshots, { recursive: true });
  }
}
