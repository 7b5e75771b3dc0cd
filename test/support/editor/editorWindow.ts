import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';

import { cursorOf, isKeyboardInText, type CursorPlace } from './cursor.ts';
import { LensReader } from './lenses.ts';
import { QuickAccess } from './quickAccess.ts';
import { QuickInput } from './quickInput.ts';
import { SideBarViews } from './sideBarViews.ts';
import { webviewWith } from './webviews.ts';
import { windowState } from './windowState.ts';

/** Generous: two cores build, trace and draw at once. A wait ends when it is met. */
const actionTimeoutMs = 45_000;
const startTimeoutMs = 90_000;
/** Code that a click shows beside waits for a second click. */
const editorComesMs = 500;
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

/**
 * One window of the real editor, driven as a user would: keys, clicks and what is on the screen.
 * Every wait is bounded; its failure names what was waited for and leaves a screenshot.
 */
export class EditorWindow {
  readonly page: Page;
  readonly lenses = new LensReader(this);
  readonly quickInput = new QuickInput(this);
  readonly views = new SideBarViews(this);
  readonly #quickAccess = new QuickAccess(this);
  readonly #context: BrowserContext;
  readonly #options: WindowOptions;

  private constructor(context: BrowserContext, page: Page, options: WindowOptions) {
    this.#context = context;
    this.page = page;
    this.#options = options;
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

  /** Opens a file of the folder by its relative path, as Ctrl+P does; the keyboard is in its text. */
  async openFile(path: string): Promise<void> {
    await this.#quickAccess.openFile(path);
    await this.step(`the text of ${path}`, () =>
      this.page.locator('.editor-group-container.active .view-line').first().waitFor(),
    );
    await this.until(
      `the keyboard in ${path}`,
      async () =>
        (await this.cursor())?.file === basename(path) && (await isKeyboardInText(this.page)),
    );
  }

  /** Also those that a click before still opens. */
  async closeEditors(): Promise<void> {
    await this.until('no editor', async () => {
      await this.runCommand('View: Close All Editors');
      await this.page.waitForTimeout(editorComesMs);
      return (await this.page.locator('.tab').count()) === 0;
    });
  }

  /** Puts the cursor at the start of a line of the text editor that has the focus. */
  async goToLine(line: number): Promise<void> {
    await this.#quickAccess.goToLine(line);
    await this.until(`the cursor at the start of line ${String(line)}`, async () => {
      const cursor = await this.cursor();
      return cursor?.line === line && cursor.column === 1 && (await isKeyboardInText(this.page));
    });
  }

  /** Runs a command by its title in the palette: the whole title, category included; its `…` may be left out. */
  async runCommand(title: string): Promise<void> {
    await this.#quickAccess.runCommand(title);
  }

  /** Runs a command that asks something, and waits for the question. */
  async ask(command: string, question: string): Promise<void> {
    await this.runCommand(command);
    this.quickInput.askedBy(() => this.runCommand(command));
    await this.quickInput.asked(question);
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** The file and place that have the focus; undefined without a text editor. */
  async cursor(): Promise<CursorPlace | undefined> {
    return cursorOf(this.page);
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
  async openStatusMenu(extensionId: string): Promise<readonly string[]> {
    const click = () => this.statusItem(extensionId).click();
    await click();
    this.quickInput.askedBy(click);
    return this.quickInput.entries('Spanhop');
  }

  /** The document of the webview on the screen that holds `selector`, once it is there. */
  async webview(selector: string): Promise<Frame> {
    let found: Frame | undefined;
    await this.until(`a webview with ${selector}`, async () => {
      found = await webviewWith(this.page, selector);
      return found !== undefined;
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

  async #failure(what: string, detail: string): Promise<Error> {
    failures += 1;
    const state = await windowState(this);
    const shot = await this.screenshot(`failure-${String(process.pid)}-${String(failures)}`).catch(
      () => 'no screenshot: the window is gone',
    );
    const log = this.#options.extensionLog?.() ?? '';
    return new Error(`Not seen: ${what}. ${detail}\n${state}\nScreenshot: ${shot}\n${log}`);
  }
}
