import type { Browser, Frame, Mouse, Page } from 'playwright-core';
import { themes } from '../../test/webview/themes.ts';
import type { PageKind } from './pageKinds.ts';
import { installProbe } from './probe.ts';

/** What a page does while it is used; times in ms. */
export interface UseFigures {
  /** From the press of the mouse to painted details. */
  readonly clickMs: number;
  /** In five seconds of turning the wheel. */
  readonly frames: number;
  readonly over50Share: number;
  readonly longestTaskMs: number;
  /** An attribute is looked for, from the last input to the painted count. */
  readonly filterMs: number;
  readonly nameFilterMs: number;
}

/** What a page did with a trace; times in ms. */
export interface PageFigures extends UseFigures {
  /** From navigation to painted rows. */
  readonly rowsMs: number;
  /** From the columns in the page to painted rows; undefined where a page has none. */
  readonly firstRowsMs: number | undefined;
  /** When the columns were there, in ms since 1970. */
  readonly columnsAt: number | undefined;
  /** Of the page's script, MB. */
  readonly pageHeapMB: number;
}

export interface PageWanted {
  readonly url: string;
  /** Runs before the page's own; empty: none. */
  readonly script: string;
  readonly namePart: string;
}

const wheelMs = 5_000;
const clicks = 5;
/** Between the pointer's arrival and the press: people take longer. */
const aimMs = 150;
const opening = 180_000;

/** Opens a page in a context of its own and uses it. @throws an Error that says what didn't come */
export async function measurePage(
  browser: Browser,
  kind: PageKind,
  { url, script, namePart }: PageWanted,
): Promise<PageFigures> {
  const context = await browser.newContext({
    viewport: { width: 1_200, height: 760 },
    bypassCSP: true,
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message.slice(0, 200)));
    await page.addInitScript(installProbe, kind);
    if (script) await page.addInitScript({ content: script });
    await page.goto(url, { waitUntil: 'commit' });
    const opened = await Promise.race([
      page
        .waitForFunction(() => window.probe.rowsAt !== undefined, undefined, { timeout: opening })
        .then(() => ''),
      page.waitForEvent('pageerror', { timeout: opening + 1_000 }).then(({ message }) => message),
    ]).catch(() => failures[0] ?? 'no rows');
    if (opened !== '') throw new Error(opened.slice(0, 200));
    if (kind.page === 'spanhop') await page.evaluate(applyTheme, themes.dark);
    const { rowsAt, columnsAt, origin } = await page.evaluate(() => ({
      rowsAt: window.probe.rowsAt ?? 0,
      columnsAt: window.columnsAt,
      origin: performance.timeOrigin,
    }));
    const used = await usePage(page, page.mouse, kind, namePart);
    return {
      ...used,
      rowsMs: rowsAt,
      firstRowsMs: columnsAt === undefined ? undefined : rowsAt - columnsAt,
      columnsAt: columnsAt === undefined ? undefined : origin + columnsAt,
      pageHeapMB: await heapOf(page),
    };
  } finally {
    await context.close();
  }
}

/** Clicks rows, turns the wheel and filters in a page, or a frame of one, whose rows are there. */
export async function usePage(
  page: Page | Frame,
  mouse: Mouse,
  kind: PageKind,
  namePart: string,
): Promise<UseFigures> {
  const fewest = clicks + 2;
  if (kind.showAll && (await page.locator(kind.clicked).count()) < fewest)
    await page.locator(kind.scrolled).first().press(kind.showAll);
  const clickMs = await clickRows(page, kind);
  const frames = await turnWheel(page, mouse, kind);
  const filterMs = await filter(page, kind, kind.byAttribute);
  const nameFilterMs = await filter(page, kind, kind.byName + namePart);
  return {
    clickMs,
    frames: frames.length,
    over50Share: frames.filter((ms) => ms > 50).length / Math.max(1, frames.length),
    longestTaskMs: await page.evaluate(() => window.probe.longestTask),
    filterMs,
    nameFilterMs,
  };
}

const applyTheme = ({ classes, variables }: typeof themes.dark): void => {
  document.body.classList.add(...classes);
  for (const [name, value] of Object.entries(variables))
    document.documentElement.style.setProperty(name, value);
};

/** The middle one of several clicks, each on another row, where the pointer has been for a moment. */
async function clickRows(page: Page | Frame, kind: PageKind): Promise<number> {
  const times: number[] = [];
  const at = { position: { x: 5, y: 5 }, force: true };
  for (let click = 0; click < clicks; click += 1) {
    const row = page.locator(kind.clicked).nth(click + 2);
    await row.hover(at);
    await page.waitForTimeout(aimMs);
    await page.evaluate(() => window.probe.arm('details'));
    await row.click(at);
    times.push(await took(page, 'details'));
    if (kind.page === 'jaeger-ui') await row.click(at);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(clicks / 2)] ?? 0;
}

async function took(page: Page | Frame, what: string): Promise<number> {
  const answer = await page
    .waitForFunction(() => window.probe.tookMs(), undefined, { polling: 50 })
    .catch(() => {
      throw new Error(`no ${what}`);
    });
  return (await answer.jsonValue()) ?? 0;
}

/** Turns the wheel as fast as a hand does; how long each frame took. */
async function turnWheel(
  page: Page | Frame,
  mouse: Mouse,
  kind: PageKind,
): Promise<readonly number[]> {
  await page
    .locator(kind.scrolled)
    .first()
    .hover({ force: true, position: { x: 40, y: 10 } });
  const counted = page.evaluate((ms) => window.probe.countFrames(ms), wheelMs);
  const end = performance.now() + wheelMs;
  while (performance.now() < end) {
    const turned = mouse.wheel(0, 240);
    await page.waitForTimeout(16);
    await turned;
  }
  return counted;
}

async function filter(page: Page | Frame, kind: PageKind, text: string): Promise<number> {
  const field = page.locator(kind.filter).first();
  await field.fill('');
  await page.waitForTimeout(500);
  await page.evaluate(() => window.probe.arm('count'));
  await field.fill(text);
  return took(page, 'count of matches');
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 1e6);
}
