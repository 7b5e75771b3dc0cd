import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';

import { extensionId } from '../../../src/core/extensionId.ts';
import { LensReader } from './lenses.ts';

/** Generous: two cores build, trace and draw at once. A wait ends when it is met. */
const actionTimeoutMs = 45_000;
const startTimeoutMs = 90_000;
/** A browser window writes which editors are open every five seconds. */
const stateSavedMs = 8_000;

/** Of all windows: each failure's screenshot has a name of its own. */
let failures = 0;

export interface WindowOptions {
  readonly browser: Browser;
  /** From `EditorServer.address`. */
  readonly address: string;
  /** Folder of this window's screenshots. */
  readonly screenshots: string;
  /** `EditorServer.extensionLog`, for what a failure says. */
  readonly extensionLog?: () => string;
  readonly size?: { readonly width: number; readonly height: number };
  /** The display language the window reports, as with an installed language pack: `ko`. */
  readonly language?: string;
  /** 2 for the README's pictures. */
  readonly pixelRatio?: number;
}

/** Where the cursor is: the file's name, the line and the column, counted from 1. */
export interface CursorPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One window of the real editor, driven as a user would: keys, clicks and what is on the screen.
 * Every wait is bounded; its failure names what was waited for and leaves a screenshot.
 */
export class EditorWindow {
  readonly page: Page;
  readonly lenses: LensReader;
  readonly #context: BrowserContext;
  readonly #options: WindowOptions;

  private constructor(context: BrowserContext, page: Page, options: WindowOptions) {
    this.#context = context;
    this.page = page;
    this.#options = options;
    this.lenses = new LensReader(this);
  }

  static async open(options: WindowOptions): Promise<EditorWindow> {
    mkdirSync(options.screenshots, { recursive: true });
    const context = await options.browser.newContext({
      viewport: options.size ?? { width: 1440, height: 900 },
      deviceScaleFactor: options.pixelRatio ?? 1,
      permissions: ['clipboard-read', 'clipboard-write'],
      locale: 'en-US',
      timezoneId: 'UTC',
    });
    context.setDefaultTimeout(actionTimeoutMs);
    const { language } = options;
    if (language !== undefined) {
      await context.addInitScript((code) => {
        Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: code });
      }, language);
    }
    const window = new EditorWindow(context, await context.newPage(), options);
    await window.page.goto(options.address, { timeout: startTimeoutMs });
    await window.ready();
    return window;
  }

  /** Waits for the workbench and its connection to the extension host. */
  async ready(): Promise<void> {
    const { page } = this;
    await this.step('the workbench', () =>
      page.locator('.monaco-workbench').waitFor({ timeout: startTimeoutMs }),
    );
    await this.step('the explorer or an editor', () =>
      page
        .locator('.explorer-folders-view .monaco-list-row, .editor-instance, .pane-body')
        .first()
        .waitFor({ timeout: startTimeoutMs }),
    );
  }

  async reload(): Promise<void> {
    await this.page.waitForTimeout(stateSavedMs);
    await this.page.reload({ timeout: startTimeoutMs });
    await this.ready();
  }

  /** Opens a file of the folder by its relative path, as Ctrl+P does. */
  async openFile(path: string): Promise<void> {
    await this.quickOpen(path);
    const first = this.page.locator('.quick-input-list .monaco-list-row').first();
    await this.step(`${path} in quick open`, () =>
      first.filter({ hasText: basename(path) }).waitFor(),
    );
    await this.page.keyboard.press('Enter');
    await this.step(`an editor of ${path}`, () =>
      this.#activeGroup('.tab.active')
        .filter({ hasText: basename(path) })
        .first()
        .waitFor(),
    );
    await this.step(`the text of ${path}`, () =>
      this.#activeGroup('.editor-instance .view-line').first().waitFor(),
    );
  }

  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await this.until('no editor', async () => (await this.page.locator('.tab').count()) === 0);
  }

  async goToLine(line: number): Promise<void> {
    await this.until(`a text editor to go to line ${String(line)} in`, () => this.#asksForLine());
    await this.#quickInput().fill(`:${String(line)}`);
    await this.page.keyboard.press('Enter');
    await this.#quickInput().waitFor({ state: 'hidden' });
    await this.until(`the cursor on line ${String(line)}`, async () => {
      return (await this.cursor())?.line === line;
    });
  }

  /** Runs a command by its title in the palette: the whole title, category included. */
  async runCommand(title: string): Promise<void> {
    await this.openPalette();
    // What ends in the editor meanwhile can take the focus, and the palette with it.
    await this.until(`the palette with "${title}"`, async () => {
      if (!(await this.hasQuickInput())) await this.openPalette();
      const typed = this.#quickInput().fill(`>${title}`, { timeout: 2_000 });
      return typed.then(
        () => true,
        () => false,
      );
    });
    const entry = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: title })
      .first();
    await this.step(`the command "${title}" in the palette`, () => entry.waitFor());
    await entry.click();
  }

  /** Takes a color theme by its name in the picker, and waits for the workbench to be drawn in its kind: `hc-light`. */
  async useTheme(name: string, kind: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.fillInput(name);
    await this.pick(name);
    await this.step(`the workbench in ${name}`, () =>
      this.page.locator(`.monaco-workbench.${kind}`).waitFor(),
    );
  }

  async openPalette(): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.step('the command palette', () => this.#quickInput().waitFor());
  }

  /** Whether the quick input (palette, quick open, picker) is on the screen. */
  async hasQuickInput(): Promise<boolean> {
    return this.#quickInput().isVisible();
  }

  /** What a quick pick offers, top to bottom. */
  async quickPickEntries(): Promise<string[]> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await this.step('entries of the picker', () => rows.first().waitFor());
    return rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  async pick(text: string): Promise<void> {
    const entry = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: text })
      .first();
    await this.step(`the entry "${text}"`, () => entry.waitFor());
    await entry.click();
  }

  /** Waits for the input box or picker with that title: where several follow each other, for the right one. */
  async quickInputTitled(title: string): Promise<void> {
    const shown = this.page.locator('.quick-input-title').filter({ hasText: title });
    await this.step(`a question titled "${title}"`, () => shown.waitFor());
  }

  /** Replaces what an input box holds. */
  async fillInput(text: string): Promise<void> {
    await this.step(`an input for ${text}`, () => this.#quickInput().fill(text));
  }

  /** What an input box says below its field. */
  async inputMessage(): Promise<string> {
    return this.page.locator('.quick-input-widget .quick-input-message').innerText();
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Asks again where a page that has just been drawn took the focus, which closes it. */
  async quickOpen(text: string): Promise<void> {
    await this.until('quick open', async () => {
      await this.page.keyboard.press('Control+p');
      const input = this.#quickInput();
      return input.fill(text, { timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** The file and line that have the focus; undefined without a text editor. */
  async cursor(): Promise<CursorPlace | undefined> {
    const selection = this.page.locator('[id="status.editor.selection"]');
    if (!(await selection.isVisible())) return undefined;
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec(await selection.innerText()) ?? [];
    const tab = this.page.locator('.editor-group-container.active .tab.active').first();
    if (line === undefined || !(await tab.isVisible())) return undefined;
    const file = (await tab.getAttribute('data-resource-name')) ?? '';
    return { file, line: Number(line), column: Number(column) };
  }

  /** With a column, waits for that too: where the line had the cursor already. */
  async waitForCursor(place: Omit<CursorPlace, 'column'> & Partial<CursorPlace>): Promise<void> {
    const { file, line, column } = place;
    const wanted = [file, line, column].filter((part) => part !== undefined).join(':');
    let seen: CursorPlace | undefined;
    await this.until(
      `the cursor at ${wanted}`,
      async () => {
        seen = await this.cursor();
        const isThere = seen?.file === file && seen.line === line;
        return isThere && (column === undefined || seen?.column === column);
      },
      () =>
        seen === undefined
          ? 'no text editor has the focus'
          : `it is at ${seen.file}:${String(seen.line)}:${String(seen.column)}`,
    );
  }

  /** The status bar's text of one extension's items, left to right. */
  async statusTexts(extensionId: string): Promise<string[]> {
    const items = this.page.locator(`.statusbar-item[id^="${extensionId}"]`);
    return (await items.allInnerTexts()).map((text) => text.trim());
  }

  statusItem(extensionId: string): Locator {
    return this.page.locator(`.statusbar-item[id^="${extensionId}"]`).first();
  }

  /** Clicks the status bar item of an extension and waits for the menu it opens. */
  async openStatusMenu(extensionId: string): Promise<string[]> {
    await this.statusItem(extensionId).click();
    return this.quickPickEntries();
  }

  /** The text of the hovers that come for a word in the first line with `text`. */
  async hover(text: string, word: string): Promise<string> {
    const line = this.page.locator('.editor-group-container.active .view-line', { hasText: text });
    const at = line.first().locator('span > span', { hasText: word }).first();
    const hovers = this.page.locator('.monaco-editor .monaco-hover', { hasText: 'Spanhop' });
    let shown = '';
    // A lens that comes above the line moves the word away from the pointer, and the hover goes.
    await this.until(`a hover of Spanhop on ${word}`, async () => {
      await this.page.mouse.move(0, 0);
      await at.hover();
      const coming = hovers.first().waitFor({ timeout: 5_000 });
      shown = await coming.then(
        () => hovers.first().innerText(),
        () => '',
      );
      return shown !== '';
    });
    return shown;
  }

  /** Opens an activity bar container by its title. */
  async openContainer(title: string): Promise<void> {
    const icon = this.page
      .locator(`.activitybar .action-item:has([aria-label^="${title}"])`)
      .first();
    await this.step(`"${title}" in the activity bar`, () => icon.waitFor());
    const checked = await icon.getAttribute('aria-selected');
    if (checked !== 'true') await icon.click();
    await this.step(`the view container "${title}"`, () =>
      this.page
        .locator('.sidebar .composite.title')
        .filter({ hasText: new RegExp(title, 'i') })
        .waitFor(),
    );
  }

  /** Drags the side bar's edge to this many pixels from the left. */
  async widenSideBar(right: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('There is no side bar on the screen.');
    await this.page.mouse.move(box.x + box.width, 400);
    await this.page.mouse.down();
    await this.page.mouse.move(right, 400, { steps: 5 });
    await this.page.mouse.up();
  }

  /** The rows of a tree view on the screen; `title` is the view's, `spoken` how the rows begin. */
  viewRows(title: string, spoken = ''): Locator {
    return this.page
      .locator(`.pane:has(.pane-header[aria-label^="${title}"])`)
      .locator(spoken === '' ? '.monaco-list-row' : `.monaco-list-row[aria-label^="${spoken}"]`);
  }

  /** Folds a view of the side bar to its title, so that others have its room. */
  async collapseView(title: string): Promise<void> {
    await this.#foldView(title, 'true');
  }

  async expandView(title: string): Promise<void> {
    await this.#foldView(title, 'false');
  }

  /** What each row of a tree view on the screen says to a screen reader, top to bottom. */
  async viewLabels(title: string): Promise<string[]> {
    return this.viewRows(title).evaluateAll((rows) =>
      rows
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((row) => row.getAttribute('aria-label') ?? ''),
    );
  }

  /** The sentence above the rows of a view, or its welcome text where it has no rows; empty without either. */
  async viewMessage(title: string): Promise<string> {
    const pane = this.page.locator(`.pane:has(.pane-header[aria-label^="${title}"])`);
    const texts = await pane
      .locator('.tree-explorer-viewlet-tree-view .message, .welcome-view-content')
      .allInnerTexts();
    return texts.join('\n').trim();
  }

  /** Clicks a button in the title of a view: those are there while the pointer is. */
  async clickViewAction(title: string, action: string): Promise<void> {
    const pane = this.page.locator(`.pane:has(.pane-header[aria-label^="${title}"])`);
    await this.step(`"${action}" of ${title}`, async () => {
      await pane.locator('.pane-header').hover();
      await this.#viewAction(title, action).click();
    });
  }

  /** Whether a view offers the action now. */
  async hasViewAction(title: string, action: string): Promise<boolean> {
    return (await this.#viewAction(title, action).count()) > 0;
  }

  /** The webview document that holds `selector`, once it is there. */
  async webview(selector: string): Promise<Frame> {
    let found: Frame | undefined;
    await this.until(`a webview with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        if (frame === this.page.mainFrame()) continue;
        const count = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (count === 0) continue;
        found = frame;
        return true;
      }
      return false;
    });
    if (found === undefined) throw new Error(`No webview with ${selector}`);
    return found;
  }

  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  async screenshot(name: string): Promise<string> {
    const path = join(this.#options.screenshots, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Runs one bounded action; a failure says what it was and keeps a screenshot. */
  async step<T>(what: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw await this.#failure(what, error instanceof Error ? error.message : String(error));
    }
  }

  /** Polls until `condition` holds; `state` says in the failure what was seen instead. */
  async until(
    what: string,
    condition: () => Promise<boolean>,
    state: () => string = () => '',
    timeoutMs = actionTimeoutMs,
  ): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await condition())) {
      if (Date.now() > deadline) throw await this.#failure(what, state());
      await this.page.waitForTimeout(100);
    }
  }

  /** Leaves as a user does: a page that just dies is waited for by the server. */
  async close(): Promise<void> {
    if (this.page.isClosed()) return;
    await this.page.goto('about:blank').catch(() => undefined); // The browser itself may be gone.
    await this.#context.close();
  }

  /** False: no text editor has the focus yet. */
  async #asksForLine(): Promise<boolean> {
    await this.page.keyboard.press('Control+g');
    await this.#quickInput().waitFor();
    const label = (await this.#quickInput().getAttribute('aria-label')) ?? '';
    if (!label.startsWith('Open a text editor first')) return true;
    await this.page.keyboard.press('Escape');
    return false;
  }

  #viewAction(title: string, action: string): Locator {
    return this.page
      .locator(`.pane:has(.pane-header[aria-label^="${title}"])`)
      .locator(`.pane-header .action-label[aria-label^="${action}"]`)
      .first();
  }

  /** Each group has an active tab: only one is the window's. */
  #activeGroup(selector: string): Locator {
    return this.page.locator(`.editor-group-container.active ${selector}`);
  }

  async #foldView(title: string, expanded: 'true' | 'false'): Promise<void> {
    const header = this.page.locator(`.pane-header[aria-label^="${title}"]`);
    if ((await header.getAttribute('aria-expanded')) === expanded)
      await header.click({ position: { x: 10, y: 10 } });
  }

  #quickInput(): Locator {
    return this.page.locator('.quick-input-widget input').first();
  }

  async #failure(what: string, detail: string): Promise<Error> {
    failures += 1;
    const shot = await this.screenshot(`failure-${String(process.pid)}-${String(failures)}`).catch(
      () => 'no screenshot: the window is gone',
    );
    const told = await this.#told().catch(() => 'nothing: the window is gone');
    const log = this.#options.extensionLog?.() ?? '';
    return new Error(
      `Not seen: ${what}. ${detail}\nThe window told: ${told}\nScreenshot: ${shot}\n${log}`,
    );
  }

  async #told(): Promise<string> {
    return JSON.stringify([
      ...(await this.statusTexts(extensionId)),
      ...(await this.notifications()),
    ]);
  }
}
