import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { extensionId } from '../../src/core/extensionId.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import type { EditorServer } from '../support/editor/startEditorServer.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { shopFolder } from '../support/shop.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere, type Opened } from './openedHere.ts';
import { ordersController, shopLine } from './stage.ts';

const run = promisify(execFile);

/** One request of each length, to a handler of its own. */
export const known = [
  { text: '250 ms', micros: 250_000, method: 'GET', route: '/api/v1/orders', code: '@Get()' },
  {
    text: '258 ms',
    micros: 257_800,
    method: 'GET',
    route: '/api/v1/orders/:id',
    code: "@Get(':id')",
  },
  { text: '3 µs', micros: 3, method: 'POST', route: '/api/v1/orders', code: '@Post()' },
  {
    text: '2 min',
    micros: 120_000_000,
    method: 'DELETE',
    route: '/api/v1/orders/:id',
    code: "@Delete(':id')",
  },
] as const;

/** A whole second, ten minutes ago: every trace starts then. */
const start = Math.floor(Date.now() / 1_000 - 600) * 1_000_000;
const startText = new Date(start / 1_000).toLocaleString('en-US', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});
const traceId = (index: number) => `${String(index + 1).repeat(8)}0af7651916cd43dd8448eb21`;
export const spans: readonly RawSpan[] = known.map(({ micros, method, route }, index) =>
  makeSpan({
    id: `00f067aa0ba902b${String(index)}`,
    traceId: traceId(index),
    name: `${method} ${route}`,
    kind: 'server',
    start,
    duration: micros,
    scope: '@opentelemetry/instrumentation-http',
    attributes: { 'http.request.method': method, 'http.route': route },
  }),
);

/** A source that holds the spans of known length, and a window on it. */
export interface KnownSpans {
  readonly server: EditorServer;
  readonly window: EditorWindow;
  /** How the command line is told of the source. */
  readonly flags: readonly string[];
}

/** Reads the lengths and the start in every place of the editor and on the command line. */
export function describeExactUnits(
  source: string,
  open: (opened: Opened) => Promise<KnownSpans>,
): void {
  describe(`spans of 250 ms, 258 ms, 3 µs and 2 min out of ${source}`, () => {
    const opened = openedHere();
    let server: EditorServer;
    let window: EditorWindow;
    let flags: readonly string[] = [];
    before(async function () {
      this.timeout(180_000);
      ({ server, window, flags } = await open(opened));
      await window.openFile(ordersController);
      await window.runCommand('Spanhop: Refresh');
    });

    it('are these in the lenses', async () => {
      for (const { text, code } of known) {
        const line = shopLine(ordersController, code);
        const [lens = ''] = await window.lenses.above(line);
        assert.match(lens, new RegExp(`^(slow · )?p50 ${text} · p95 ${text} · 1 in 1 h$`));
      }
    });

    it('are these in the Endpoints view', async () => {
      await window.views.openContainer('Spanhop');
      for (const { text, method, route } of known) {
        const row = window.views.rows('Endpoints', `${method} ${route}, `);
        await window.step(`${method} ${route} in Endpoints`, () => row.waitFor());
        assert.match((await row.getAttribute('aria-label')) ?? '', new RegExp(`, p95 ${text},`));
      }
    });

    it('are these in the Traces view, at their time', async () => {
      await window.views.collapse('Endpoints');
      for (const name of known) {
        const row = traceRow(window, name);
        await window.step(`${name.route} of ${name.text} in Traces`, () => row.waitFor());
        assertBeganAtStart((await row.getAttribute('aria-label')) ?? '');
      }
    });

    it('are these in the waterfall, at their time', async () => {
      for (const name of known) {
        await traceRow(window, name).click();
        const waterfall = await WaterfallPage.shown(window);
        assert.equal(await waterfall.duration(), name.text);
        assert.deepEqual(
          (await waterfall.rows()).map(({ duration }) => duration),
          [name.text],
        );
        const began = waterfall.frame.locator('.summary-facts', { hasText: startText });
        await window.step(`that it began at ${startText}`, () => began.waitFor());
        await window.closeEditors();
      }
    });

    it('are these on the command line', async () => {
      await commandLineShows(server, flags, (index) => [traceId(index), ...flags]);
    });
  });
}

/** The age is of when the row was drawn: at most some minutes less than it is now. */
function assertBeganAtStart(label: string): void {
  const [, minutes = ''] = / (\d+) min ago$/.exec(label) ?? [];
  const shown = Number(minutes) * 60;
  const now = Date.now() / 1_000 - start / 1_000_000;
  assert.ok(minutes !== '' && shown <= now && shown > now - 360, `${label}, and not ${now} s ago`);
}

const traceRow = (window: EditorWindow, { method, route, text }: (typeof known)[number]) =>
  window.views.rows('Traces', `${method} ${route}, shop-api, ${text}, `);

/** The table of endpoints and each trace print the lengths, and `map --json` the microseconds. */
export async function commandLineShows(
  server: EditorServer,
  source: readonly string[],
  trace: (index: number) => readonly string[],
): Promise<void> {
  const table = await commandLine(server, ['endpoints', ...source]);
  const json = JSON.parse(await commandLine(server, ['endpoints', ...source, '--json'])) as unknown;
  for (const [index, { text, micros, method, route }] of known.entries()) {
    const row = table.split('\n').find((line) => line.includes(`${method} ${route} `));
    assert.ok(row?.includes(text), `${method} ${route} of ${text} in\n${table}`);
    assert.ok(JSON.stringify(json).includes(`"max":${String(micros)}`), JSON.stringify(json));
    const waterfall = await commandLine(server, ['trace', ...trace(index)]);
    assert.ok(waterfall.includes(text), waterfall);
  }
}

/** Runs the packed `spanhop` of the installed extension. */
export async function commandLine(server: EditorServer, args: readonly string[]): Promise<string> {
  const [cli] = globSync(`extensions/${extensionId}-*/dist/cli.cjs`, { cwd: server.dataFolder });
  assert.ok(cli !== undefined, 'the package holds the command line');
  const program = join(server.dataFolder, cli);
  const all = [program, ...args, '--dir', shopFolder];
  const { stdout } = await run(process.execPath, all, { timeout: 60_000, maxBuffer: 1 << 24 });
  return stdout;
}
