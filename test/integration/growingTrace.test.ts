import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { extensionId } from '../../src/core/extensionId.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { receives } from './stage.ts';

const traceId = '5eed5eed5eed5eed5eed5eed5eed5eed';
const idOf = (index: number) => `00f067aa0ba9${String(index).padStart(4, '0')}`;

describe('a trace that a link leads to while it arrives', () => {
  const opened = openedHere();
  let folder = '';
  let receiver = '';
  let window: EditorWindow;
  let waterfall: WaterfallPage;
  /** The calls from one to another, below a request that began 20 s ago. */
  const arrive = (from: number, to: number) =>
    sendOtlp(
      receiver,
      Array.from({ length: to - from }, (_, at) => from + at).map((index) =>
        makeSpan({
          id: idOf(index),
          parent: index === 0 ? undefined : idOf(0),
          traceId,
          name: index === 0 ? 'POST /imports' : `step ${String(index)}`,
          kind: index === 0 ? 'server' : 'client',
          start: (Date.now() - 20_000) * 1_000 + index * 100_000,
          duration: index === 0 ? 15_000_000 : 90_000,
        }),
      ),
    );
  before(async function () {
    this.timeout(240_000);
    folder = await mkdtemp(join(tmpdir(), 'spanhop-growing-'));
    const port = await freePort();
    receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, await opened.browser(), folder);
    await window.views.openContainer('Spanhop');
    await receives(receiver);
    await arrive(0, 4);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** As the operating system hands a link to the editor, which asks first by itself. */
  const follow = async (link: string) => {
    await window.ask('Developer: Open URL', 'URL to open');
    await window.quickInput.answer('URL to open', link);
    const allow = window.page.locator('.monaco-dialog-box', { hasText: 'to open this' });
    await window.step("the editor's own question", () => allow.waitFor());
    await allow.getByRole('button', { name: 'Open', exact: true }).click();
    await allow.waitFor({ state: 'hidden' });
  };
  const question = () =>
    window.page.locator('.monaco-dialog-box', { hasText: `Open trace ${traceId}?` });
  const spanCount = async (count: number) => {
    await window.until(
      `${String(count)} spans`,
      async () => (await waterfall.spanCount()) === count,
    );
  };

  it('is asked about, with where it is read from, and not opened against the user', async () => {
    await follow(`vscode://${extensionId}/trace/${traceId}?span=${idOf(2)}`);
    await window.step('the question', () => question().waitFor());
    assert.match(
      await question().innerText(),
      /A link outside the editor.* read from: Local traces/s,
    );
    await window.screenshot('trace-link');
    await window.page.keyboard.press('Escape');
    await question().waitFor({ state: 'hidden' });
    assert.equal(await window.page.locator('.tab').count(), 0);
  });

  it('is opened at the span that the link names, and no other link opens anything', async () => {
    await follow(`vscode://${extensionId}/trace/${traceId}?url=http://evil.example`);
    await window.until('what is wrong with the link', async () =>
      (await window.notifications()).join().includes("This link doesn't lead to a trace."),
    );
    await window.runCommand('Notifications: Clear All Notifications');
    await follow(`vscode://${extensionId}/trace/${traceId}?span=${idOf(2)}`);
    await question().getByRole('button', { name: 'Open Trace' }).click();
    waterfall = await WaterfallPage.shown(window);
    await waterfall.waitForSelected(({ operation }) => operation === 'step 2');
  });

  it('says that it is receiving, and grows with selection and filter as they are', async () => {
    await waterfall.focusTree();
    await waterfall.filter('step');
    await spanCount(4);
    await waterfall.frame.locator('.receiving', { hasText: 'Receiving…' }).waitFor();
    await arrive(4, 7);
    await spanCount(7);
    await window.screenshot('trace-growing');
    const selected = await waterfall.selected();
    assert.equal(selected?.operation, 'step 2');
    assert.equal(await waterfall.frame.locator('#filter').inputValue(), 'step');
    await arrive(7, 9);
    await spanCount(9);
  });

  it('says so, and can be asked again, once nothing has arrived for a minute', async () => {
    const again = waterfall.frame.getByRole('button', { name: 'No new spans' });
    await window.until(
      'that nothing arrives',
      () => again.isVisible(),
      () => '',
      100_000,
    );
    await window.screenshot('trace-complete');
    await arrive(9, 10);
    await again.click();
    await spanCount(10);
  });
});
