import assert from 'node:assert/strict';
import { cp, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { extensionId } from '../../src/core/extensionId.ts';
import { chooseInMenu } from '../support/editor/chooseInMenu.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { openTraceFile } from '../support/editor/openTraceFile.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { jaegerJson } from '../support/jaegerJson.ts';
import { otlpOf } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, shopLine } from './stage.ts';

/** A request of shop-api that took so many milliseconds. */
const request = (trace: string, milliseconds: number, name = 'DELETE /api/v1/orders/:id') =>
  makeSpan({
    id: `${trace}0f067aa0ba902b7`,
    traceId: trace.repeat(32),
    name,
    kind: 'server',
    start: 1_700_000_000_000_000,
    duration: milliseconds * 1_000,
    scope: '@opentelemetry/instrumentation-http',
    attributes: { 'http.request.method': 'DELETE', 'http.route': '/api/v1/orders/:id' },
  });

describe('trace files', () => {
  const opened = openedHere();
  let folder = '';
  let window: EditorWindow;
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  before(async function () {
    this.timeout(240_000);
    folder = await mkdtemp(join(tmpdir(), 'spanhop-files-'));
    await cp(join(shopFolder, 'apps/shop-api'), join(folder, 'apps/shop-api'), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    await write('slow.trace.json', jaegerJson([request('1', 250)]));
    await write('two.trace.json', jaegerJson([request('2', 20), request('3', 30)]));
    await write(
      'lines.jsonl',
      [4, 5].map((one) => JSON.stringify(otlpOf([request(String(one), one)]))).join('\n'),
    );
    await write('tempo.json', JSON.stringify({ trace: otlpOf([request('6', 60)]) }));
    await write('page.trace.json', '<!doctype html><title>Jaeger UI</title>');
    await write('large.trace.json', '');
    await truncate(join(folder, 'large.trace.json'), 500_000_000);
    // A source that doesn't answer is none of a file's business.
    const server = await opened.server({
      'spanhop.source': 'jaeger',
      'spanhop.jaeger.url': 'http://127.0.0.1:9',
      // The folders of the code that is opened would push the files off the screen.
      'explorer.autoReveal': false,
    });
    window = await opened.window(server, await opened.browser(), folder);
    // Which editors there are is known once extensions are.
    await extensionRuns();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** It starts with the window, behind all others that are tested. */
  const extensionRuns = () =>
    window.until(
      'the extension',
      () => window.statusItem(extensionId).isVisible(),
      () => '',
      150_000,
    );
  const inExplorer = (name: string) =>
    window.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`);
  const openInExplorer = async (name: string) => {
    await window.step(`${name} in the explorer`, () => inExplorer(name).dblclick());
  };
  const shown = async (duration: string): Promise<WaterfallPage> => {
    let page: WaterfallPage | undefined;
    let seen = '';
    await window.until(
      `a waterfall of ${duration}`,
      async () => {
        page = await WaterfallPage.shown(window);
        seen = await page.duration().catch(() => '');
        return seen === duration;
      },
      () => seen,
    );
    if (page === undefined) throw new Error('There is no waterfall.');
    return page;
  };
  /** What the page says in place of a trace. */
  const refusal = async (sentence: RegExp) => {
    let text = '';
    await window.until(
      `a page that says ${String(sentence)}`,
      async () => {
        const frame = await window.webview('.waiting-failed');
        text = await frame
          .locator('.waiting-failed p')
          .innerText()
          .catch(() => '');
        return sentence.test(text);
      },
      () => text,
    );
    return text;
  };

  it('named *.trace.json open as a waterfall, with the line of the code, whatever the source is', async () => {
    await openInExplorer('slow.trace.json');
    const waterfall = await shown('250 ms');
    await waterfall.focusTree();
    await waterfall.press('Home');
    await waterfall.press(' ');
    await window.until('the line of the handler', async () =>
      (await waterfall.details()).includes('orders.controller.ts'),
    );
    await window.screenshot('trace-file');
    await waterfall.focusTree();
    await waterfall.press('Enter');
    const line = shopLine(ordersController, "@Delete(':id')");
    await window.until('the cursor in the handler', async () => {
      const cursor = await window.cursor();
      return cursor?.file === 'orders.controller.ts' && Math.abs(cursor.line - line) < 6;
    });
    await window.closeEditors();
  });

  it('are followed when they change, and keep what they showed while they are half written', async () => {
    await openInExplorer('slow.trace.json');
    await shown('250 ms');
    await write('slow.trace.json', '{"data":[{"traceID":');
    await write('slow.trace.json.part', jaegerJson([request('1', 750)]));
    await rename(join(folder, 'slow.trace.json.part'), join(folder, 'slow.trace.json'));
    await shown('750 ms');
    await window.closeEditors();
  });

  it('with several traces show the slowest, offer the others, and the choice outlives a reload', async () => {
    await openInExplorer('two.trace.json');
    const waterfall = await shown('30 ms');
    const bar = waterfall.frame.locator('.notice', { hasText: 'One of 2 traces in this file.' });
    await window.step('that there are others', () => bar.waitFor());
    await window.screenshot('trace-file-several');
    await bar.getByRole('button', { name: 'Show another trace' }).click();
    const question = 'Traces in two.trace.json';
    const entries = await window.quickInput.entries(question);
    assert.deepEqual(
      entries.map((entry) => /\d+ ms/.exec(entry)?.[0]),
      ['30 ms', '20 ms'],
    );
    await window.screenshot('trace-file-choice');
    await window.quickInput.pick(question, '20 ms');
    const other = await shown('20 ms');
    await other.filter('DELETE');
    await window.reload();
    await extensionRuns();
    const again = await shown('20 ms');
    await window.until(
      'its filter',
      async () => (await again.frame.locator('#filter').inputValue()) === 'DELETE',
    );
    await window.closeEditors();
  });

  it('of other names open from the explorer and by command, with a choice first', async () => {
    await chooseInMenu(window, inExplorer('lines.jsonl'), 'Open as Trace');
    await window.quickInput.pick('Traces in lines.jsonl', '4 ms');
    await shown('4 ms');
    await window.closeEditors();
    await openTraceFile(window, join(folder, 'tempo.json'));
    await shown('60 ms');
    await window.closeEditors();
  });

  it('are opened by dropping them on a waterfall', async () => {
    await openInExplorer('slow.trace.json');
    await shown('750 ms');
    const { mouse } = window.page;
    const area = await window.page
      .locator('.editor-group-container .editor-container')
      .boundingBox();
    assert.ok(area);
    await inExplorer('two.trace.json').hover();
    await mouse.down();
    await mouse.move(area.x + 50, area.y + 50, { steps: 5 });
    await mouse.move(area.x + area.width / 2, area.y + area.height / 2, { steps: 10 });
    await window.step('where it would be dropped', () =>
      window.page.locator('#monaco-workbench-editor-drop-overlay').waitFor(),
    );
    await mouse.up();
    await shown('20 ms');
    await window.closeEditors();
  });

  it('that are none say what is wrong with them and what can be opened', async () => {
    await openInExplorer('page.trace.json');
    const text = await refusal(/page\.trace\.json isn't valid JSON/);
    assert.match(text, /Spanhop opens traces downloaded from Jaeger, Tempo or Zipkin/);
    await window.screenshot('trace-file-refused');
    await write('page.trace.json', jaegerJson([request('7', 70)]));
    await shown('70 ms');
    await openInExplorer('large.trace.json');
    await refusal(/large\.trace\.json is larger than 400 MB\. Split it into smaller files\./);
    await window.closeEditors();
  });
});
