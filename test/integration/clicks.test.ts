import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { receives } from './stage.ts';

const minute = 60_000_000;

describe('a click on a span', () => {
  const opened = openedHere();
  let folder = '';
  let outside = '';
  let receiver = '';
  let window: EditorWindow;
  let waterfall: WaterfallPage;

  before(async function () {
    this.timeout(240_000);
    folder = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-clicks-')));
    outside = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-outside-')));
    await cp(fileURLToPath(new URL('../fixtures/apps/users', import.meta.url)), folder, {
      recursive: true,
    });
    await writeFile(join(folder, 'src/long.ts'), `const far = [${'0, '.repeat(2_000)}];\n`);
    await writeFile(join(outside, 'helper.ts'), 'export const helper = 1;\n');
    await symlink(join(outside, 'helper.ts'), join(folder, 'src/linked.ts'));
    const port = await freePort();
    receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, await opened.browser(), folder);
    await window.openFile('src/users/users.controller.ts');
    await receives(receiver);
    await sendOtlp(receiver, requestTo(folder, '1'));
    await sendOtlp(receiver, requestTo(folder, '2'));
  });
  beforeEach(async () => {
    await window.closeEditors();
    waterfall = await WaterfallPage.openTrace(window, traceIdOf('1'));
  });
  after(async () => {
    for (const made of [folder, outside]) await rm(made, { recursive: true, force: true });
  });

  const groups = () => window.page.locator('.editor-group-container');
  const tab = (name: string) => window.page.locator('.tab', { hasText: name });
  const row = (operation: string) =>
    waterfall.frame.locator('.row:not([hidden])', { hasText: operation }).first();
  const hasKeyboard = async () => {
    const before = (await waterfall.selected())?.label;
    await waterfall.press('ArrowDown');
    await waterfall.waitForSelected(({ label }) => label !== before);
  };

  it('previews its line beside, keeps the keyboard, and the next click takes the same tab', async () => {
    await row('find the user').click();
    await window.step('the preview', () => tab('users.service.ts').waitFor());
    await window.until('a tab of a preview', () =>
      tab('users.service.ts').evaluate((element) => element.querySelector('.italic') !== null),
    );
    assert.equal(await groups().count(), 2);
    await hasKeyboard();
    await window.screenshot('click-preview');
    await row('answer the request').click();
    await window.step('the next preview', () => tab('users.controller.ts').waitFor());
    await window.until('one preview', async () => !(await tab('users.service.ts').isVisible()));
    await hasKeyboard();
  });

  it('is of a trace whose tab is not like that of another request of its route', async () => {
    await WaterfallPage.openTrace(window, traceIdOf('2'));
    await window.step('the first tab', () => tab('GET /users/:id · 40 ms').waitFor());
    await window.step('the second tab', () => tab('GET /users/:id · 40.5 ms').waitFor());
    await window.screenshot('two-traces');
  });

  it('opens its line for good with Enter, and with a double click where there was one column', async () => {
    await row('find the user').dblclick();
    await window.waitForCursor({ file: 'users.service.ts', line: 9 });
    await window.until('a tab that stays', () =>
      tab('users.service.ts').evaluate((element) => element.querySelector('.italic') === null),
    );
    await waterfall.focusTree();
    await waterfall.select('answer the request');
    await waterfall.press('Enter');
    await window.waitForCursor({ file: 'users.controller.ts', line: 9 });
    assert.ok(await tab('users.service.ts').isVisible());
  });

  it('does not scroll the code sideways to a column far to the right', async () => {
    await row('far to the right').dblclick();
    await window.waitForCursor({ file: 'long.ts', line: 1 });
    const text = window.page.locator('.editor-group-container.active .lines-content').first();
    assert.equal(await text.evaluate((lines) => getComputedStyle(lines).left), '0px');
  });

  it('asks nothing about a file that leads out of the workspace; Enter does', async () => {
    await row('of another place').click();
    const said = waterfall.frame.locator('.notification');
    await window.step('why nothing is shown', () =>
      said.filter({ hasText: 'is outside the workspace. Press Enter' }).waitFor(),
    );
    const question = window.page.locator('.monaco-dialog-box');
    assert.equal(await question.count(), 0);
    assert.deepEqual(await window.notifications(), []);
    await window.screenshot('click-outside');
    await waterfall.press('Enter');
    await window.step('the question', () => question.waitFor());
    await waterfall.press('Escape');
    await window.step('its answer', () => said.filter({ hasText: "wasn't opened" }).waitFor());
  });
});

const traceIdOf = (request: string) => request.padStart(32, 'c');

/** A request with spans that name a place each. */
function requestTo(folder: string, request: string) {
  const start = Date.now() * 1_000 - minute;
  const places: readonly (readonly [string, string, number, number])[] = [
    ['answer the request', join(folder, 'src/users/users.controller.ts'), 9, 3],
    ['find the user', join(folder, 'src/users/users.service.ts'), 9, 3],
    ['far to the right', join(folder, 'src/long.ts'), 1, 4_000],
    ['of another place', join(folder, 'src/linked.ts'), 1, 1],
  ];
  const root = randomBytes(8).toString('hex');
  return [
    makeSpan({
      id: root,
      traceId: traceIdOf(request),
      service: 'users',
      name: 'GET /users/:id',
      kind: 'server',
      start,
      duration: request === '1' ? 40_000 : 40_500,
      attributes: { 'http.request.method': 'GET' },
    }),
    ...places.map(([name, path, line, column], index) =>
      makeSpan({
        id: randomBytes(8).toString('hex'),
        parent: root,
        traceId: traceIdOf(request),
        service: 'users',
        name,
        start: start + 1_000 * (index + 1),
        duration: 5_000,
        attributes: {
          'code.file.path': path,
          'code.line.number': line,
          'code.column.number': column,
        },
      }),
    ),
  ];
}
