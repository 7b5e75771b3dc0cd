import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Frame } from 'playwright-core';

import { chooseInMenu } from '../support/editor/chooseInMenu.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { openTraceFile } from '../support/editor/openTraceFile.ts';
import { jaegerJson } from '../support/jaegerJson.ts';
import { makeSpan } from '../support/span.ts';
import { stage } from './stage.ts';

/** A trace of one span. */
const traceOf = (digit: string, milliseconds: number) =>
  makeSpan({
    id: `${digit}0f067aa0ba902b7`,
    traceId: digit.repeat(32),
    name: 'GET /reports',
    kind: 'server',
    start: 1_700_000_000_000_000,
    duration: milliseconds * 1_000,
  });

const question = 'Compare with…';

describe('two traces compared', () => {
  let window: EditorWindow;
  let folder = '';
  before(async function () {
    this.timeout(240_000);
    ({ window } = await stage());
    folder = await mkdtemp(join(tmpdir(), 'spanhop-compared-'));
    await window.views.openContainer('Spanhop');
    await window.views.expand('Traces');
    await window.views.collapse('Endpoints');
    await rows().nth(1).waitFor();
  });
  afterEach(() => window.closeEditors());
  after(async () => {
    await window.views.expand('Endpoints');
    await rm(folder, { recursive: true, force: true });
  });

  const rows = () => window.views.rows('Traces').filter({ hasText: ' ago' });
  const comparison = (): Promise<Frame> => window.webview('.comparison .grid-row');
  const sentenceOf = (frame: Frame) => frame.locator('.comparison-head h2').innerText();

  it('are chosen from those of the same kind, the fast ones first', async () => {
    await rows().first().click();
    await window.webview('[role="tree"] .row:not([hidden])');
    await window.ask('Spanhop: Compare Trace', question);
    const entries = await window.quickInput.entries(question);
    assert.ok(entries.length > 0);
    await window.screenshot('compare-with');
    await window.quickInput.takeFirst(question);
    const frame = await comparison();
    assert.match(await sentenceOf(frame), /(slower|faster|As long as)/);
  });

  it('offer the one whose ID is pasted with dashes, or in an address', async () => {
    await rows().first().click();
    await window.webview('[role="tree"] .row:not([hidden])');
    await window.ask('Spanhop: Compare Trace', question);
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    for (const pasted of [
      '4BF92F35-77B3-4DA6-A3CE-929D0E0E4736',
      `http://localhost:16686/trace/${id}?uiFind=1`,
    ]) {
      await window.quickInput.fill(question, pasted);
      await window.quickInput.entries(question, ([first = '']) => first.includes(id));
    }
    await window.quickInput.close();
  });

  it('are two rows of the Traces view, selected together', async () => {
    const names = (await rows().allTextContents()).map((text) => /[A-Z]+ \S+/.exec(text)?.[0]);
    const second = names.findIndex((name, at) => names.indexOf(name) < at);
    const first = names.indexOf(names[second]);
    await rows().nth(first).click();
    await rows()
      .nth(second)
      .click({ modifiers: ['ControlOrMeta'] });
    await chooseInMenu(window, rows().nth(second), 'Compare Selected');
    const frame = await comparison();
    assert.match(await sentenceOf(frame), /(slower|faster|As long as)/);
    await window.screenshot('compare-selected');
  });

  it('are refused where they are one', async () => {
    await rows().first().click();
    await window.webview('[role="tree"] .row:not([hidden])');
    await chooseInMenu(window, rows().first(), 'Select for Compare');
    await chooseInMenu(window, rows().first(), 'Compare with Selected');
    await window.until('a sentence that says so', async () =>
      (await window.notifications()).some((text) => text.startsWith('This is the same trace.')),
    );
  });

  it('may be two of one file', async () => {
    const path = join(folder, 'two.trace.json');
    await writeFile(path, jaegerJson([traceOf('2', 20), traceOf('3', 500)]));
    await openTraceFile(window, path);
    await window.quickInput.pick('Traces in two.trace.json', '500 ms');
    await window.webview('[role="tree"] .row:not([hidden])');
    await window.ask('Spanhop: Compare Trace', question);
    await window.quickInput.pick(question, '20 ms');
    const frame = await comparison();
    assert.match(await sentenceOf(frame), /^480 ms slower/);
    await window.screenshot('compare-file');
  });
});
