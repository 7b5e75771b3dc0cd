import assert from 'node:assert/strict';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { hoverOn } from '../support/editor/hoverOn.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { freePort } from '../support/freePort.ts';
import { nPlusOne } from '../support/nPlusOne.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { openedHere } from './openedHere.ts';
import { receives } from './stage.ts';

const minute = 60_000_000;
const controller = 'src/users/users.controller.ts';
/** In users.service.ts: the call in the loop, the call before it, and a method that this trace doesn't run. */
const [looped, first, otherMethod] = [18, 16, 9];
/** Where the name of the call in the loop begins: a line that is gone to has the cursor at its start. */
const called = 33;

describe('the trace of a waterfall in the code beside', () => {
  const opened = openedHere();
  let folder = '';
  let window: EditorWindow;
  let waterfall: WaterfallPage;

  before(async function () {
    this.timeout(240_000);
    folder = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-code-')));
    await cp(fileURLToPath(new URL('../fixtures/apps/users', import.meta.url)), folder, {
      recursive: true,
    });
    const port = await freePort();
    const receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, await opened.browser(), folder);
    await window.openFile(controller);
    await receives(receiver);
    const { traceId, spans } = nPlusOne(6, Date.now() * 1_000 - minute);
    await sendOtlp(receiver, spans);
    await window.closeEditors();
    waterfall = await WaterfallPage.openTrace(window, traceId);
    await openLooped();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** The second of the calls in the loop, with the keyboard in its code. */
  async function openLooped(): Promise<string> {
    await waterfall.focusTree();
    const { label } = await waterfall.select('post.findMany');
    await waterfall.press('n');
    const second = await waterfall.waitForSelected((row) => row.label !== label);
    await waterfall.press('Escape');
    await waterfall.press('Enter');
    // The editor has the keyboard before it has the cursor: only then is the line open.
    await window.waitForCursor({ file: 'users.service.ts', line: looped, column: called });
    return startOf(second);
  }

  const lensIs = (line: number, text: string) =>
    window.lenses.aboveOnce(line, text, (texts) => texts.includes(text));
  /** What the editor shows that has not the keyboard. */
  const beside = (text: string) =>
    window.step(`${text} beside`, () =>
      window.page
        .locator('.editor-group-container:not(.active) .view-lines', { hasText: text })
        .first()
        .waitFor(),
    );
  /** The lines with a mark in the gutter of the active editor. */
  const marksAre = (wanted: readonly number[]) =>
    window.until(`marks at ${wanted.join()}`, async () => {
      const lines = await window.page
        .locator('.editor-group-container.active .monaco-editor')
        .first()
        .evaluate((editor) => {
          const top = (element: Element) => Math.round(element.getBoundingClientRect().top);
          const numbers = [...editor.querySelectorAll('.line-numbers')];
          const marks = [...editor.querySelectorAll('.glyph-margin-widgets .cgmr')];
          return marks.map((mark) =>
            Number(numbers.find((number) => top(number) === top(mark))?.textContent),
          );
        });
      return lines.join() === wanted.join();
    });
  const note = (text: string) => waterfall.frame.getByText(text).first();

  it('shows above calls and handlers what this trace spent there', async () => {
    await lensIs(looped, 'this trace: 6 calls, 300 ms');
    const lines = (await window.lenses.visible()).filter(({ texts }) =>
      texts.some((text) => text.startsWith('this trace')),
    );
    assert.deepEqual(
      lines.map(({ line }) => line),
      [looped],
      'a call that costs little has no line above it',
    );
    const hover = await hoverOn(window, 'db.post.findMany({ where: { authorId: user', 'findMany');
    assert.match(hover, /6 calls in this trace: 300 ms on the critical path \(75% of 400 ms\)/);
    assert.match(hover, /Self time: 300 ms \(75%\)/);
    await window.screenshot('trace-lens');
    await window.page.keyboard.press('Escape');
    await window.openFile(controller);
    await lensIs(8, 'this trace: 400 ms');
  });

  it('marks in the gutter the lines that hold its time, and moves the marks with the text', async () => {
    await marksAre([9]);
    await window.openFile('src/users/users.service.ts');
    await marksAre([looped]);
    await window.screenshot('gutter-heat');
    await window.goToLine(1);
    await window.page.keyboard.press('Home');
    await window.page.keyboard.press('Enter');
    await lensIs(looped + 1, 'this trace: 6 calls, 300 ms');
    await marksAre([looped + 1]);
    await window.page.keyboard.press('Control+z');
    await lensIs(looped, 'this trace: 6 calls, 300 ms');
    await marksAre([looped]);
    const hover = await hoverOn(window, 'db.post.findMany({ where: { authorId: user', 'findMany');
    assert.match(hover, /Marks in the gutter: at least 3%, 15% or 40% self time/);
    await window.page.keyboard.press('Escape');
  });

  it('shows the line of a span that is selected by a key, and keeps the keyboard', async () => {
    await openLooped();
    await waterfall.focusTree();
    await waterfall.press('Home');
    await beside('UsersController');
    assert.equal(await waterfall.frame.evaluate(() => document.hasFocus()), true);
    await window.screenshot('key-reveals');
    await waterfall.press('End');
    await beside('PrismaService');
    const { label } = await waterfall.waitForSelected(() => true);
    assert.match(label, /post\.findMany/, 'what is shown selects nothing');
  });

  it('selects the spans of the line at a click on its lens', async () => {
    await window.page.keyboard.press('Control+2'); // the code beside
    await window.until('the code beside', async () => (await window.cursor()) !== undefined);
    await window.openFile('src/users/users.service.ts');
    await window.lenses.click(looped, 'this trace: 6 calls');
    await window.step('what is selected', () => note('Spans of users.service.ts:18').waitFor());
    await waterfall.waitForSelected(({ label }) => label.includes('post.findMany'));
    await window.screenshot('trace-lens-clicked');
  });

  it('selects the spans of the line with the cursor, and leaves the keyboard in the code', async () => {
    await openLooped();
    await window.goToLine(first);
    await window.step('the call', () => note('Spans of users.service.ts:16').waitFor());
    await waterfall.waitForSelected(({ label }) => label.includes('user.findMany'));
    await window.page.keyboard.press('ArrowDown');
    await window.step('the method around a line without calls', () =>
      note('Spans of UsersService.nPlusOne').waitFor(),
    );
    assert.equal(await waterfall.frame.evaluate(() => document.hasFocus()), false);
    await window.waitForCursor({ file: 'users.service.ts', line: first + 1 });
    await window.screenshot('cursor-selects');
    await window.goToLine(otherMethod);
    await window.goToLine(looped);
    await window.step('another line', () => note('Spans of users.service.ts:18').waitFor());
  });

  it('keeps the selected span where its line is opened from the waterfall', async () => {
    const start = await openLooped();
    await window.page.keyboard.press('ArrowUp');
    await window.step('the method around it', () =>
      note('Spans of UsersService.nPlusOne').waitFor(),
    );
    assert.equal(startOf(await waterfall.waitForSelected(() => true)), start);
  });

  it('is gone from the code with the waterfall', async () => {
    await waterfall.focusTree();
    await window.runCommand('View: Close Editor');
    await window.openFile(controller);
    await window.until('no lens of the trace', async () =>
      (await window.lenses.visible()).every(({ texts }) =>
        texts.every((text) => !text.startsWith('this trace')),
      ),
    );
  });
});

/** Tells a row from others of its call. */
const startOf = ({ label }: { readonly label: string }): string =>
  /starts at [^,]+/.exec(label)?.[0] ?? '';
