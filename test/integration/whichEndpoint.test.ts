import assert from 'node:assert/strict';

import {
  epochFromMilliseconds,
  epochMicroseconds,
  microseconds,
} from '../../src/core/base/units.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { makeSpan } from '../support/span.ts';
import { behindTraefik } from '../support/traefik.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, receives, shopLine } from './stage.ts';

const question = 'Which Endpoint Is This?';
const command = `Spanhop: ${question}`;
const lens = shopLine(ordersController, "@Delete(':id')");
const remove = shopLine(ordersController, 'async remove(');

describe('which endpoint is this', () => {
  const opened = openedHere();
  let window: EditorWindow;

  before(async function () {
    this.timeout(240_000);
    const port = await freePort();
    const receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, await opened.browser(), shopFolder);
    await window.openFile(ordersController);
    await receives(receiver);
    await sendOtlp(receiver, requests().flat());
    await window.runCommand('Spanhop: Refresh');
    await window.lenses.above(lens);
    await window.closeEditors();
  });

  // A picker that a failed test left open would take what the next one types.
  afterEach(() => window.quickInput.close());

  /** What is behind an answer; the question of the step before begins with the same words. */
  const endpointsOf = (asked: string) =>
    window.quickInput.entries(
      `${question} ${asked}`,
      ([first]) => first?.includes('request') === true,
    );
  const ask = async (asked: string) => {
    await window.ask(command, question);
    await window.quickInput.entries(question, (texts) =>
      texts.some((text) => text.includes('GET')),
    );
    await window.quickInput.fill(question, asked);
    await window.quickInput.entries(question, ([first]) => first?.includes(asked) === true);
    await window.quickInput.press('Enter');
    return endpointsOf(asked);
  };

  it('offers methods, failed requests, routers and services that were seen, with what costs most of each', async () => {
    await window.ask(command, question);
    const texts = await window.quickInput.entries(question, (all) => all.length > 3);
    await window.screenshot('which-endpoint-questions');
    for (const part of ['DELETE', '5xx', 'shop@file', 'web'])
      assert.ok(
        texts.some((text) => text.includes(part)),
        `${part} in\n${texts.join('\n')}`,
      );
    assert.match(
      texts.find((text) => text.includes('DELETE'))!,
      /DELETE \/api\/v1\/orders\/:id is 9\d(\.\d)?% of the time/,
    );
    await window.quickInput.close();
  });

  it('lists what is behind a method by what it costs, and opens the line', async () => {
    const texts = await ask('DELETE');
    await window.screenshot('which-endpoint-delete');
    assert.match(
      texts[0]!,
      /DELETE \/api\/v1\/orders\/:id.*9\d(\.\d)?% of the time · p95 2\.4\d s · 3 requests · 33\.3% errors.*OrdersController\.remove · apps\/shop-api\/src\/orders\/orders\.controller\.ts:\d+/s,
    );
    assert.ok(texts[1]!.includes('/carts/:id'));
    await window.quickInput.press('Enter');
    await window.waitForCursor({ file: 'orders.controller.ts', line: remove });
  });

  it("leads from a router of Traefik to its handlers, and to the slowest trace with the router's name", async () => {
    await window.closeEditors();
    await ask('shop@file');
    await window.screenshot('which-endpoint-router');
    const first = window.quickInput.rows.first();
    await first.hover();
    await first.locator('[aria-label="Open Slowest Trace"]').click();
    const waterfall = await WaterfallPage.shown(window);
    const rows = await waterfall.rows();
    await window.screenshot('which-endpoint-trace');
    assert.deepEqual(
      rows.map(({ operation }) => operation),
      [
        'DELETE /api/orders/7 · Traefik entry point web',
        'Router shop@file: PathPrefix(`/api`)',
        'Middleware StripPrefix strip@file',
        'Service shop@file',
        'ReverseProxy DELETE 127.0.0.1:18080/api/orders/7',
        'DELETE /api/v1/orders/:id',
      ],
    );
  });
});

/** Requests of shop-api in the last minute: deletes of orders behind Traefik, one failed, and others that it didn't see. */
function requests(): readonly (readonly RawSpan[])[] {
  const behind = [
    request('1', 'DELETE', '/api/v1/orders/:id', 2_450),
    request('2', 'DELETE', '/api/v1/orders/:id', 1_900),
    request('3', 'DELETE', '/api/v1/orders/:id', 800, 500),
    request('4', 'GET', '/api/v1/orders/:id', 40),
  ];
  const direct = [
    request('5', 'DELETE', '/api/v1/carts/:id', 12),
    request('6', 'GET', '/api/v1/carts/:id', 3),
  ];
  return [...behind.map(routed), ...direct.map((one) => [one])];
}

const minute = 60_000_000;

function request(id: string, method: string, route: string, milliseconds: number, status = 200) {
  return makeSpan({
    id: id.padStart(16, 'e'),
    traceId: id.padStart(32, 'e'),
    name: `${method} ${route}`,
    kind: 'server',
    start: epochFromMilliseconds(Date.now()) - minute,
    duration: milliseconds * 1_000,
    status: status === 500 ? 'error' : 'unset',
    scope: '@opentelemetry/instrumentation-http',
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
    },
  });
}

/** In a trace of its own behind the recorded Traefik, whose spans last as long. */
function routed(behind: RawSpan): readonly RawSpan[] {
  const spans = behindTraefik([behind]);
  const begin = Math.min(
    ...spans.filter(({ scope }) => scope.includes('traefik')).map(({ start }) => start),
  );
  return spans.map((span) => {
    if (span.spanId === behind.spanId) return { ...span, traceId: behind.traceId };
    const early = behind.start - 500 + (span.start - begin);
    return {
      ...span,
      traceId: behind.traceId,
      start: epochMicroseconds(early),
      duration: microseconds(behind.duration + 1_000 - (span.start - begin)),
    };
  });
}
