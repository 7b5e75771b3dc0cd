import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { pageHtml } from '../../src/protocol/pageHtml.ts';
import { launchChromium } from '../support/chromium.ts';
import { pageScript } from '../support/pageScript.ts';
import type { FakeDurationsSettings } from './page/fakeDurations.ts';
import { themes, type ThemeName } from './themes.ts';

export interface OpenDurations extends Partial<Omit<FakeDurationsSettings, 'theme'>> {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly context?: BrowserContextOptions;
}

const dist = process.env['SPANHOP_DIST'] ?? new URL('../../dist', import.meta.url).pathname;

/** The built Durations page in a real browser, with a fake host. */
export class DurationsPages {
  readonly #browser: Browser;
  readonly #fakeHost: string;
  /** What the pages logged as errors: violations of the policy among them. */
  readonly errors: string[] = [];

  private constructor(browser: Browser, fakeHost: string) {
    this.#browser = browser;
    this.#fakeHost = fakeHost;
  }

  static async start(): Promise<DurationsPages> {
    const fakeHost = await pageScript(new URL('page/fakeDurations.ts', import.meta.url));
    return new DurationsPages(await launchChromium(), fakeHost);
  }

  async open({ theme, width, height, context, ...rest }: OpenDurations): Promise<Page> {
    const settings: FakeDurationsSettings = {
      theme: themes[theme ?? 'dark'],
      traces: rest.traces ?? [],
      hasMore: rest.hasMore ?? false,
      messages: rest.messages ?? {},
      delayMs: rest.delayMs ?? 0,
    };
    const opened = await this.#browser.newContext({
      viewport: { width: width ?? 340, height: height ?? 140 },
      ...context,
    });
    const page = await opened.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    await page.addInitScript({
      content: `window.fakeDurationsSettings = ${JSON.stringify(settings)};\n${this.#fakeHost}`,
    });
    await page.route('http://view/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html() });
      else await route.fulfill(fileOf(pathname));
    });
    await page.goto('http://view/');
    await page.locator('.summary').first().waitFor();
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

const html = () =>
  pageHtml({
    scriptUri: '/durations.js',
    styleUri: '/durations.css',
    cspSource: "'self'",
    nonce: 'test-page-nonce',
    title: 'Durations',
    language: 'en',
    root: 'durations',
  });

function fileOf(pathname: string) {
  const isScript = pathname.endsWith('.js');
  if (!isScript && !pathname.endsWith('.css')) return { status: 204 };
  const contentType = isScript ? 'text/javascript' : 'text/css';
  return { contentType, body: readFileSync(join(dist, pathname.slice(1))) };
}
