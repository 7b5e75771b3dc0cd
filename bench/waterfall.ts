import type { Page } from 'playwright-core';
import { WaterfallView } from '../test/webview/pageObject.ts';
import { WaterfallPages } from '../test/webview/waterfallPage.ts';

const size = 100_000;

/** Prints, for the built page in Chromium with 100,000 spans, each step's time and its longest frame. */
export async function benchWaterfall(): Promise<void> {
  const pages = await WaterfallPages.start();
  try {
    const begun = performance.now();
    const page = await pages.open({ trace: { kind: 'large', size } });
    const opened = performance.now() - begun;
    console.log(`  ${size.toLocaleString('en-US')} spans made, built and shown in ${ms(opened)}`);
    const view = new WaterfallView(page);
    await report(page, 'scroll through in 200 steps', () => scrollThrough(page));
    await report(page, 'type "step 12" into the filter', async () => {
      await view.filter.focus();
      await page.keyboard.type('step 12', { delay: 40 });
    });
    await report(page, 'show only matches', () =>
      view.button('Show only matches and their parents').click(),
    );
    await report(page, 'clear the filter', () => view.filter.fill(''));
    await report(page, 'fold all, unfold all', () => view.press('c', '*'));
    await report(page, 'zoom in five times', () => view.press('+', '+', '+', '+', '+'));
    await report(page, 'go down 100 rows', async () => {
      await view.tree.focus();
      for (let row = 0; row < 100; row++) await page.keyboard.press('ArrowDown');
    });
    console.log(`  elements in the page: ${await view.nodeCount()}`);
  } finally {
    await pages.close();
  }
}

/** Runs a step while the page measures each frame: from its first callback until layout and paint are done. */
async function report(page: Page, name: string, step: () => Promise<unknown>): Promise<void> {
  await page.evaluate(() => {
    const seen = { frames: 0, longest: 0, busy: 0, stop: false };
    Object.assign(window, { seen });
    const channel = new MessageChannel();
    let began = 0;
    channel.port1.onmessage = () => {
      const work = performance.now() - began;
      seen.busy += work;
      seen.longest = Math.max(seen.longest, work);
    };
    const onFrame = () => {
      if (seen.stop) return;
      seen.frames += 1;
      began = performance.now();
      channel.port2.postMessage(0);
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
  const begun = performance.now();
  await step();
  const total = performance.now() - begun;
  const { frames, longest, busy } = await page.evaluate(() => {
    const { seen } = window as unknown as {
      seen: { frames: number; longest: number; busy: number; stop: boolean };
    };
    seen.stop = true;
    return seen;
  });
  const mean = busy / Math.max(1, frames);
  console.log(
    `  ${name}: ${ms(total)}, ${frames} frames, longest ${ms(longest)}, mean ${ms(mean)}`,
  );
}

const scrollThrough = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const tree = document.querySelector('[role=tree]');
        let step = 0;
        const next = () => {
          if (!tree || step > 200) {
            resolve();
            return;
          }
          tree.scrollTop = (tree.scrollHeight * step++) / 200;
          requestAnimationFrame(next);
        };
        next();
      }),
  );

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
