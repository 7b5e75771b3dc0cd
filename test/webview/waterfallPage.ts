import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { waterfallHtml } from '../../src/protocol/waterfallHtml.ts';
import { launchChromium } from '../support/chromium.ts';
import { pageScript } from '../support/pageScript.ts';
import type { FakeHostSettings } from './page/fakeHost.ts';
import { themes, type ThemeName } from './themes.ts';

export interface OpenOptions {
  readonly trace?: FakeHostSettings['trace'];
  readonly theme?: ThemeName;
  /** As a user opens it, and not with a line for each span. */
  readonly asOpened?: boolean;
  readonly notices?: readonly string[];
  readonly preview?: FakeHostSettings['preview'];
  /** The page's language; English by itself. */
  readonly messages?: FakeHostSettings['messages'];
  readonly other?: FakeHostSettings['other'];
  readonly width?: number;
  readonly height?: number;
  readonly context?: BrowserContextOptions;
}

/** The built page in a real browser, each time with a fake host of its own. */
export class WaterfallPages {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #fakeHost: string;
  /** What the pages logged as errors: violations of the policy among them. */
  readonly errors: string[] = [];

  private constructor(browser: Browser, server: Server, fakeHost: string) {
    this.#browser = browser;
    this.#server = server;
    this.#fakeHost = fakeHost;
  }

  static async start(): Promise<WaterfallPages> {
    const fakeHost = await pageScript(new URL('page/fakeHost.ts', import.meta.url));
    const server = await serve();
    return new WaterfallPages(await launchChromium(), server, fakeHost);
  }

  /** Opens a page and waits for its rows (or, when the trace never comes, for the page alone). */
  async open(options: OpenOptions = {}): Promise<Page> {
    const trace = options.trace ?? { kind: 'story' };
    const settings: FakeHostSettings = {
      theme: themes[options.theme ?? 'dark'],
      trace,
      asOpened: options.asOpened ?? false,
      notices: options.notices ?? [],
      ...(options.preview && { preview: options.preview }),
      ...(options.messages && { messages: options.messages }),
      ...(options.other && { other: options.other }),
    };
    const context = await this.#browser.newContext({
      viewport: { width: options.width ?? 1200, height: options.height ?? 760 },
      locale: 'en-US',
      timezoneId: 'UTC',
      ...options.context,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    await page.addInitScript({
      content: `window.fakeHostSettings = ${JSON.stringify(settings)};\n${this.#fakeHost}`,
    });
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    const isShown = trace.kind !== 'failing' && trace.kind !== 'silent';
    await page.waitForSelector(isShown ? '.row:not([hidden])' : '.waiting');
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

/** Where the built page is: `dist`, or the folder that SPANHOP_DIST names (that of an unpacked package). */
const dist = process.env['SPANHOP_DIST'] ?? new URL('../../dist', import.meta.url).pathname;
const nonce = 'test-page-nonce';

function serve(): Promise<Server> {
  const files = new Map<string, Buffer>(
    ['waterfall.js', 'waterfall.css'].map((name) => {
      const file = join(dist, name);
      if (!existsSync(file))
        throw new Error(`${file} is missing: run "npm run build", then this again.`);
      return [`/${name}`, readFileSync(file)] as const;
    }),
  );
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const file = files.get(pathname);
    if (file) {
      const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/css';
      response.writeHead(200, { 'content-type': type }).end(file);
    } else if (pathname === '/') {
      const html = waterfallHtml({
        scriptUri: '/waterfall.js',
        styleUri: '/waterfall.css',
        cspSource: "'self'",
        nonce,
        title: 'Waterfall',
        traceId: '0af7651916cd43dd8448eb211c80319c',
        language: 'en',
      });
      response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    } else response.writeHead(204).end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
