import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';

import type { EditorWindow } from '../support/editor/editorWindow.ts';
import type { EditorServer } from '../support/editor/startEditorServer.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/freePort.ts';
import {
  installShop,
  runTraffic,
  shopFolder,
  startShop,
  type RunningShop,
  type TrafficReport,
} from '../support/shop.ts';
import { openedHere } from './openedHere.ts';

/** Everything real: the editor with the packed extension on samples/shop, and the shop's own traces. */
export interface Stage {
  readonly server: EditorServer;
  readonly browser: Browser;
  /** On samples/shop, with its traces in the embedded store. */
  readonly window: EditorWindow;
  readonly shop: RunningShop;
  readonly traffic: TrafficReport;
  /** Of the embedded store: `http://127.0.0.1:port`. */
  readonly receiver: string;
}

const opened = openedHere();
let started: Promise<Stage> | undefined;

/** The one stage of all integration tests, set up by the first that asks; with no editor open, whoever used it before. */
export async function stage(): Promise<Stage> {
  const all = await (started ??= setUp());
  await all.window.closeEditors();
  return all;
}

async function setUp(): Promise<Stage> {
  const port = await freePort();
  const receiver = `http://127.0.0.1:${String(port)}`;
  await installShop();
  const browser = await opened.browser();
  const server = await opened.server({ 'spanhop.localStore.port': port });
  const window = await opened.window(server, browser, shopFolder);
  await window.openFile(ordersController);
  await receives(receiver);
  const shop = await startShop({ otlpEndpoint: receiver });
  opened.closes(() => shop.stop());
  const traffic = await runTraffic(shop, { seed: 7, rate: 3, seconds: 12 });
  await shop.flush();
  await window.runCommand('Spanhop: Refresh');
  return { server, browser, window, shop, traffic, receiver };
}

let asked = 0;

/** Sends shop-api a request beside its traffic, as part of the trace `traceId`. */
export function askShop({ shop }: Stage, path: string, traceId: string): Promise<Response> {
  asked += 1;
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  return fetch(`${shop.urls.shop}${path}`, { headers: { traceparent } });
}

/** How many requests `askShop` has sent. */
export const askedOfShop = (): number => asked;

/** The receiver of a window is there: it answers, be it with a refusal. */
export async function receives(receiver: string): Promise<void> {
  await eventually(
    `a receiver on ${receiver}`,
    () => fetch(receiver),
    () => true,
    30_000,
  );
}

export const ordersController = 'apps/shop-api/src/orders/orders.controller.ts';

/** The line of samples/shop, counted from 1, that holds `text`; the only one, or the first after `from`. */
export function shopLine(path: string, text: string, after = ''): number {
  const lines = readFileSync(join(shopFolder, path), 'utf8').split('\n');
  const begin = after === '' ? 0 : lines.findIndex((line) => line.includes(after));
  const index = lines.findIndex((line, at) => at >= begin && line.includes(text));
  if (index < 0 || begin < 0) throw new Error(`${path} has no line with ${text}`);
  return index + 1;
}

/** Requests of one route that were sent, by the report of the traffic. */
export function sentTo(traffic: TrafficReport, method: string, ...routes: string[]) {
  const sent = traffic.routes.filter((one) => one.method === method && routes.includes(one.route));
  return {
    count: sent.reduce((sum, { count }) => sum + count, 0),
    maxMs: Math.max(...sent.map(({ maxMs }) => maxMs)),
    meanMs: Math.max(...sent.map(({ meanMs }) => meanMs)),
  };
}
